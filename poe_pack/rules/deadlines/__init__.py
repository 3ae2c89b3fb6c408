"""Last days."""
