"""Statuses and history."""
