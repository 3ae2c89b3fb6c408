"""Sheets of paper and where text stands on them, in millimetres.

The text is 168 mm wide on both papers, so that every column keeps its width; margins take up the difference.
"""

from __future__ import annotations

from msgspec import Struct


class Paper(Struct, frozen=True):
    """A sheet with its margins: on the left wide enough for punching, above and below with running text."""

    name: str
    width: float
    height: float
    left: float
    top: float
    bottom: float

    @property
    def right(self) -> float:
        return round(self.width - self.left - TEXT_WIDTH, 3)


TEXT_WIDTH = 168.0

PAPERS = {
    "A4": Paper("A4", width=210, height=297, left=24, top=33, bottom=24),
    "letter": Paper("letter", width=215.9, height=279.4, left=26, top=30, bottom=21.5),
}
