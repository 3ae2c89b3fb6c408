"""How wide text is where every letter has the same width: on a terminal."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """Columns that visible text takes: two for wide East Asian letters, none for marks that sit on a letter."""
    return len(text) if text.isascii() else sum(map(_character_cells, text))


def _character_cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
