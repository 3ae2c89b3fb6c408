"""Labels over values on a form of three columns."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from poe_pack.packet.exhibits import Exhibit

COLUMNS = 3


class Field(Struct, frozen=True):
    """A label with its value, `span` columns wide. `style` is a class of the style sheet: mono or amount."""

    label: str
    value: str
    span: int = 1
    style: str = ""
    exhibits: tuple[Exhibit, ...] = ()


def rows_of(fields: Iterable[Field], columns: int = COLUMNS) -> tuple[tuple[Field, ...], ...]:
    """Fill rows from left to right; the last field of a row takes what is left of it."""
    rows: list[list[Field]] = []
    free = 0
    for field in fields:
        if field.span > free:
            rows.append([])
            free = columns
        rows[-1].append(field)
        free -= field.span
    return tuple(tuple(_stretched(row, columns)) for row in rows)


def _stretched(row: list[Field], columns: int) -> list[Field]:
    left = columns - sum(field.span for field in row)
    return [*row[:-1], replace(row[-1], span=row[-1].span + left)]
