"""Proof documents, their files, core elements and metrics."""
