"""A fuzz target: documents and whole repositories made from seeds, and what must hold of every one of them."""
