"""Invoices and certification service reports: what the money was spent on."""
