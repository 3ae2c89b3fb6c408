"""Amounts and widths of text in a terminal."""

from __future__ import annotations

from decimal import Decimal

from poe_pack.languages.width import cells
from poe_pack.model import round_money

_ELLIPSIS = "…"


def plain_amount(amount: Decimal, currency: str, *, grouped: bool = False) -> str:
    """`9141.12` or `9,141.12`: the digits of the currency, or more where the amount has them; none is lost."""
    rounded = round_money(amount, currency)
    return f"{rounded if rounded == amount else amount:{',' if grouped else ''}f}"


def shorten(text: str, width: int) -> str:
    """Cut to at most `width` columns; a text that was cut ends in an ellipsis."""
    if cells(text) <= width:
        return text
    kept: list[str] = []
    room = width - cells(_ELLIPSIS)
    for character in text:
        room -= cells(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + _ELLIPSIS if width > 0 else ""


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill up with spaces to `width` columns, in front where numbers are set."""
    space = " " * max(0, width - cells(text))
    return space + text if right else text + space
