"""A place in a text."""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """A span of text. Lines and columns count code points from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    def after_mark(self) -> Position:
        """The place in the same text behind a byte order mark, which takes the first column of its first line."""
        line, column, end_line, end_column = self
        return Position(line, column + (line == 1), end_line, end_column + (end_line == 1))


NOWHERE = Position(1, 1, 1, 1)
"""The start of a file: for faults that concern a file as a whole."""
