"""Across claims: ids, folders, invoices that appear twice."""
