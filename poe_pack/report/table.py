"""Tables for a terminal: columns that align, and are cut or left out where room is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from poe_pack.languages.width import cells
from poe_pack.report.text import pad, shorten

BOLD, DIM, RED, GREEN = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m"
_RESET = "\x1b[0m"
_GAP = "  "
_LEAST = 6


class Column(Struct, frozen=True):
    """`least` is the width down to which a column is cut with comfort (None: never cut). `rank` above 0 says that it
    is left out where room is short, the highest first and all of one rank together. `styles` holds a terminal
    style per cell.
    """

    title: str
    cells: tuple[str, ...]
    right: bool = False
    least: int | None = None
    rank: int = 0
    styles: tuple[str, ...] = ()

    @property
    def natural(self) -> int:
        return max((cells(text) for text in (self.title, *self.cells)), default=0)

    @property
    def smallest(self) -> int:
        return self.natural if self.least is None else min(self.natural, self.least)


def table(columns: Sequence[Column], width: int, color: bool, *, head: bool = True) -> Iterator[str]:
    """The lines of a table, at most `width` columns wide unless what must not be cut needs more."""
    kept = _that_fit(columns, width)
    widths = _widths(kept, width)
    if head:
        titles = [pad(shorten(c.title, w), w, right=c.right) for c, w in zip(kept, widths, strict=True)]
        yield styled(_GAP.join(titles).rstrip(), BOLD, color)
    for number in range(len(kept[0].cells)):
        texts = []
        for column, room in zip(kept, widths, strict=True):
            text = pad(shorten(column.cells[number], room), room, right=column.right)
            texts.append(styled(text, column.styles[number] if column.styles else "", color))
        yield _GAP.join(texts).rstrip()


def _that_fit(columns: Sequence[Column], width: int) -> list[Column]:
    kept = list(columns)
    while sum(c.smallest for c in kept) + len(_GAP) * (len(kept) - 1) > width:
        rank = max(column.rank for column in kept)
        if rank == 0:
            break
        kept = [column for column in kept if column.rank < rank]
    return kept


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    """Natural widths, less what is too much: down to what is comfortable, then as far as it must be."""
    widths = [column.natural for column in columns]
    for least in ([column.smallest for column in columns], [min(c.smallest, _LEAST) for c in columns]):
        excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
        for _ in range(max(0, excess)):
            slack = [
                0 if column.least is None else room - low
                for column, room, low in zip(columns, widths, least, strict=True)
            ]
            if max(slack) <= 0:
                break
            widths[slack.index(max(slack))] -= 1
    return widths


def styled(text: str, style: str, color: bool) -> str:
    """Text in a style, where colour is wanted; the spaces at its end stay plain."""
    if not color or not style:
        return text
    bare = text.rstrip()
    return f"{style}{bare}{_RESET}{text[len(bare) :]}"
