"""Takes the text off a PDF's pages, with the place of each piece. Runs in the child process only.

The order in which a PDF draws its text says little about rows and columns, so that they are put together from where
each character stands.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from poe_pack.evidence.invoices.facts import Cell, Row
from poe_pack.evidence.invoices.wire import MAX_CELLS, shown

MAX_CHARACTERS = 50_000
"""Characters of a file that are read; an invoice of three pages has some 4,000, a page of small print 6,000."""

_BLANK = 0.18  # of a character's height: a narrower gap is between letters
_GAP = 0.95  # a wider one is between columns
_SAME_LINE = 0.35
_QUARTER = 4


class _Piece(Struct):
    """Characters that follow one another on one line; `blank` is set while one is to come before the next."""

    left: float
    right: float
    bottom: float
    top: float
    text: str
    blank: bool = False

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def read_text(stream: BinaryIO) -> tuple[tuple[tuple[Row, ...], ...], bool]:
    """Rows of each page, and whether every page has text and all of it was read. Raises PdfiumError."""
    pages: list[tuple[Row, ...]] = []
    left, cells, whole = MAX_CHARACTERS, MAX_CELLS, True
    with pypdfium2.PdfDocument(stream) as document:
        for page in document:
            text = page.get_textpage()
            count = text.count_chars()
            rows = _rows(list(_pieces(text, min(count, left), page.get_rotation())))
            text.close()
            page.close()
            cells -= sum(map(len, rows))
            whole = whole and bool(rows) and count <= left and cells >= 0
            left -= min(count, left)
            if cells < 0:
                break
            pages.append(rows)
            if not left:
                whole = whole and len(pages) == len(document)
                break
    return tuple(pages), whole


def _pieces(text: pypdfium2.PdfTextPage, count: int, turned: int) -> Iterator[_Piece]:
    """What stands together, in the order of the file."""
    piece: _Piece | None = None
    box = pdfium.FS_RECTF()
    quarters = turned // 90 % _QUARTER
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        character = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
        if character in "\r\n":
            if character and piece is not None:
                yield piece
                piece = None
            continue
        if character.isspace():
            if piece is not None:
                piece.blank = True
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        placed = _turned((box.left, box.bottom, box.right, box.top), quarters)
        if piece is not None and _goes_on(piece, placed):
            _add(piece, character, placed)
            continue
        if piece is not None:
            yield piece
        piece = _Piece(*(placed[0], placed[2], placed[1], placed[3]), character)
    if piece is not None:
        yield piece


def _turned(box: tuple[float, float, float, float], quarters: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top as a reader sees them on a page that is shown turned clockwise."""
    left, bottom, right, top = box
    for _ in range(quarters):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top


def _goes_on(piece: _Piece, box: tuple[float, float, float, float]) -> bool:
    left, bottom, _, top = box
    same_line = abs((bottom + top) / 2 - piece.middle) < _SAME_LINE * piece.height
    return same_line and -piece.height < left - piece.right < _GAP * piece.height


def _add(piece: _Piece, character: str, box: tuple[float, float, float, float]) -> None:
    blank = piece.blank or box[0] - piece.right > _BLANK * piece.height
    piece.text += f" {character}" if blank else character
    piece.right = max(piece.right, box[2])
    piece.blank = False


def _rows(pieces: Sequence[_Piece]) -> tuple[Row, ...]:
    """Pieces put into lines from top to bottom, and in each from left to right."""
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.middle, piece.left)):
        line = lines[-1] if lines else []
        if line and abs(line[0].middle - piece.middle) < _SAME_LINE * min(line[0].height, piece.height):
            line.append(piece)
        else:
            lines.append([piece])
    found = (tuple(_cells(sorted(line, key=lambda piece: piece.left))) for line in lines)
    return tuple(row for row in found if row)


def _cells(line: Sequence[_Piece]) -> Iterator[Cell]:
    whole: _Piece | None = None
    for piece in line:
        if whole is not None and piece.left - whole.right < _GAP * min(whole.height, piece.height):
            gap = piece.left - whole.right > _BLANK * whole.height or whole.blank
            whole.text += f" {piece.text}" if gap else piece.text
            whole.right = max(whole.right, piece.right)
            whole.blank = piece.blank
            continue
        if whole is not None:
            yield from _cell(whole)
        whole = piece
    if whole is not None:
        yield from _cell(whole)


def _cell(piece: _Piece) -> Iterator[Cell]:
    text = shown(piece.text)
    if text:
        yield Cell(round(piece.left, 1), round(piece.right, 1), text)
