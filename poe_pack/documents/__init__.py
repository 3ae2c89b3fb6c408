"""Text on disk to data with positions: strict YAML, JSON Schema, and the repository's documents."""
