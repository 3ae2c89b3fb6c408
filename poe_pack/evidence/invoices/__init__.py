"""Reads what an invoice file says of itself and compares it with what a claim says of the invoice.

`reading`, `text_layer` and `e_invoice` open files and run in the child process only; all else is pure
and runs anywhere.
"""
