"""A place in a text."""

from typing import NamedTuple


class Position(NamedTuple):
    """A span of text. Lines and columns count code points from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE = Position(1, 1, 1, 1)
"""The start of a file: for faults that concern a file as a whole."""
