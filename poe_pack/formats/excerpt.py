"""The line of a document that a finding is about, with carets under the place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from poe_pack.documents.showable import Showable, read_showable
from poe_pack.findings import NOWHERE, Position
from poe_pack.languages.visible import visible
from poe_pack.languages.width import cells as width

WIDEST = 100
_TAB = 4
_AROUND = 150
_LEFT_OUT = "…"


class Excerpt(Struct, frozen=True):
    """A line as it may be shown, `marks` with carets under it, and the line's number for a gutter."""

    number: int
    text: str
    marks: str


class Excerpts:
    """Excerpts from the documents below a folder; the last document asked for is kept."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._file: str | None = None
        self._document: Showable | None = None

    def at(self, file: str, position: Position) -> Excerpt | None:
        """The excerpt at a place, None where there is nothing to show: the fault concerns the file as a whole."""
        if position == NOWHERE:
            return None
        if file != self._file:
            self._file, self._document = file, read_showable(self._base / file)
        line = None if self._document is None else self._document.line(position.line)
        return None if line is None else excerpt(line, position)


def excerpt(line: Sequence[str | None], position: Position) -> Excerpt | None:
    """Show the code points of a line (None: not to be shown) with carets; None if nothing would be left to see."""
    cut = max(0, min(position.column - 1, len(line)) - _AROUND)
    whole = len(line) <= cut + 2 * _AROUND
    # Of a line as long as a book only what may be near the place is looked at: a document may have thousands of them.
    line = line if cut == 0 and whole else line[cut : cut + 2 * _AROUND]
    position = position._replace(
        column=position.column - cut,
        end_column=position.end_column - cut if position.end_line == position.line else position.end_column,
    )
    cells, widths = _cells(line)
    start = min(position.column - 1, len(cells))
    end = position.end_column - 1 if position.end_line == position.line else len(cells)
    end = max(start, min(end, len(cells)))
    if not "".join(cells).strip(f" {_LEFT_OUT}"):
        return None
    first, last = _window(widths, start, end)
    head = _LEFT_OUT if first or cut else ""
    tail = _LEFT_OUT if last < len(cells) or not whole else ""
    before = sum(widths[first:start])
    marked = sum(widths[start : min(end, last)])
    text = (head + "".join(cells[first:last]) + tail).rstrip()
    text = text.removesuffix(f" #{_LEFT_OUT}").rstrip()  # a comment, hidden
    return Excerpt(position.line, text, " " * (width(head) + before) + "^" * max(1, marked))


def _cells(line: Sequence[str | None]) -> tuple[list[str], list[int]]:
    """What stands on the screen for each code point, and its columns; a run of hidden ones is one sign."""
    cells: list[str] = []
    widths: list[int] = []
    column, hidden = 0, False
    for character in line:
        if character is None:
            cell, columns = ("", 0) if hidden else (_LEFT_OUT, 1)
        elif " " <= character <= "~":
            cell, columns = character, 1
        else:
            cell = " " * (_TAB - column % _TAB) if character == "\t" else visible(character)
            columns = width(cell)
        hidden = character is None
        cells.append(cell)
        widths.append(columns)
        column += columns
    return cells, widths


def _window(widths: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Which cells to show: all of a short line, else as many around the place as fit."""
    room = WIDEST - 2 * width(_LEFT_OUT)
    if sum(widths) <= WIDEST:
        return 0, len(widths)
    first = last = start
    used = 0
    while last < end and used + widths[last] <= room:  # the place itself, or as much of it as fits
        used += widths[last]
        last += 1
    while True:  # then what is around it, alternately
        grown = False
        if first > 0 and used + widths[first - 1] <= room:
            first, used, grown = first - 1, used + widths[first - 1], True
        if last < len(widths) and used + widths[last] <= room:
            last, used, grown = last + 1, used + widths[last], True
        if not grown:
            return first, last
