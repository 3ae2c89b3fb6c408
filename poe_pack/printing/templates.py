"""Jinja2 for what people look at. Templates come from the package alone; every value is escaped."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from poe_pack.languages.formats import LocaleFormat
from poe_pack.languages.visible import visible
from poe_pack.printing.paper import PAPERS
from poe_pack.printing.shapes import shape, shape_picture
from poe_pack.resources import resource

_BEFORE_CUT = " \u00a0\u202f,;:，；：、"
"""What does not stay before the … of a text that is cut."""


def shorten(text: str, width: int) -> str:
    """The text in at most `width` columns, cut between words where it can be, with … for what is left out."""
    columns = 0
    for place, character in enumerate(text):
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if columns > width:
            head = text[: max(1, place - 1)]
            words, space, rest = head.rpartition(" ")
            return (words if space and len(rest) < width // 3 else head).rstrip(_BEFORE_CUT) + "…"
    return text


def style_sheet(name: str) -> Markup:
    """One of our own style sheets, such as `look/screen.css`, as text for a `style` element."""
    return Markup((resource("templates") / name).read_text(encoding="utf-8"))


@cache
def environment(language: str, paper: str = "A4") -> Environment:
    """Templates that speak one language, for `A4` or `letter`.

    Filters: `t` (a message key with its values), `say` (Words), `long_date`, `short_date`, `short_day`,
    `number`, `amount(currency)`, `money(currency)`, `percent`, `bytes`, `value` (anything of these),
    `shorten(columns)`. Globals: `date_range`, `shape`, `shape_picture`, `paper`, `language`.
    Printing None, a Decimal or an undefined name is an error.
    """
    speech = LocaleFormat(language)
    made = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        shorten=shorten,
        t=speech.text,
        say=speech.say,
        value=speech.value,
        long_date=speech.long_date,
        short_date=speech.short_date,
        short_day=speech.short_day,
        number=speech.number,
        amount=speech.amount,
        money=speech.money,
        percent=speech.percent,
        bytes=speech.bytes,
    )
    made.globals.update(
        date_range=speech.date_range,
        shape=shape,
        shape_picture=shape_picture,
        paper=PAPERS[paper],
        language=speech.tag,
    )
    return made


def _finalize(value: Any) -> Any:
    """What every printed expression passes: nothing unseen, nothing missing, no unformatted number."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return visible(value)
    if value is None or isinstance(value, float | Decimal):
        raise TypeError(f"a template printed the bare value {value!r}")
    return value
