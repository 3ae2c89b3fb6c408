"""Finds days in text, however a country writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache, lru_cache

from msgspec import Struct

from poe_pack.evidence.invoices.folding import REMEMBERED, folded, plain

# Languages whose names of months are known. Where two mean different months by one word, both are possible.
_LANGUAGES = "en de fr sv da nb fi nl es it pt pl cs".split()
_CENTURY = 2000
_YEARS = range(1990, 2100)

_ISO = re.compile(r"(?<![\d.,/-])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?![\d/-])(?![.,]\d)")
_NUMERIC = re.compile(
    r"(?<![\d.,/-])(\d{1,2})(?:(\. ?)|([-/ ]))(\d{1,2})(?:\2|\3)(?P<year>\d{4}|\d{2})(?![\d/-])(?![.,]\d)"
)
_EAST = re.compile(r"(?<!\d)(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]")
_COMPACT = re.compile(r"(?<![\w.,/-])(20\d\d)([01]\d)([0-3]\d)(?![\w/-])(?![.,]\d)")
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|[.ºª])?"
_OF = r"(?:(?:de|of|di)\s|d')?"
_DAY_FIRST = re.compile(
    rf"(?<![\w.,/-]){_DAY}[\s-]?{_OF}\s?([^\W\d_]{{3,12}})\.?[,\s-]\s?(?:de\s)?(\d{{4}})(?!\d)", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"(?<![^\W_])([^\W\d_]{{3,12}})\.?\s?{_DAY},?\s(\d{{4}})(?!\d)", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"(?<![\w.,/-])(\d{{4}})[\s-]([^\W\d_]{{3,12}})\.?[\s-]{_DAY}(?![\w])", re.IGNORECASE)


class Day(Struct, frozen=True):
    """A day at `start` to `end` of the plain text. `days` are all that it may be; `by_order` says of a numeric one
    which day it is by each order of its parts that gives one: "dmy", "mdy" or "ymd".
    """

    days: frozenset[dt.date]
    start: int
    end: int
    by_order: tuple[tuple[str, dt.date], ...] = ()


@lru_cache(REMEMBERED)
def days_in(text: str) -> tuple[Day, ...]:
    """Days in a text, from left to right. Places count in `plain(text)`."""
    text = plain(text)
    found = sorted(_found(text), key=lambda day: (day.start, -day.end))
    apart: list[Day] = []
    for day in found:
        if not apart or day.start >= apart[-1].end:
            apart.append(day)
    return tuple(apart)


def _found(text: str) -> Iterator[Day]:
    for match in (*_ISO.finditer(text), *_EAST.finditer(text), *_COMPACT.finditer(text)):
        year, month, day = (int(part) for part in match.groups() if part.isdigit())
        yield from _day(match, _dates([(year, month, day)]))
    for match in _NUMERIC.finditer(text):
        yield from _numeric(match)
    for pattern, (day, month, year) in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3)), (_YEAR_FIRST, (3, 2, 1))):
        for match in pattern.finditer(text):
            named = months().get(folded(match[month]), ())
            yield from _day(match, _dates((int(match[year]), number, int(match[day])) for number in named))


def _numeric(match: re.Match[str]) -> Iterator[Day]:
    first, second, last = int(match[1]), int(match[4]), int(match["year"])
    year = last if len(match["year"]) == 4 else _CENTURY + last
    orders = {"dmy": (year, second, first)}
    if match[2] is None:  # nobody writes the month first with full stops
        orders["mdy"] = (year, first, second)
        if len(match["year"]) == 2 and match[3] == "-":
            orders["ymd"] = (_CENTURY + first, second, last)
    known = {order: day for order, parts in orders.items() for day in _dates([parts])}
    if match[3] == " " and len(match["year"]) == 2:
        return  # 45 67 89: a telephone number
    open_ones = tuple(known.items()) if len(set(known.values())) > 1 or len(known) == 1 else ()
    yield from _day(match, known.values(), open_ones)


def _day(
    match: re.Match[str], days: Iterable[dt.date], by_order: tuple[tuple[str, dt.date], ...] = ()
) -> Iterator[Day]:
    known = frozenset(days)
    if known:
        yield Day(known, match.start(), match.end(), by_order)


def _dates(parts: Iterable[tuple[int, int, int]]) -> Iterator[dt.date]:
    for year, month, day in parts:
        with suppress(ValueError):
            if year in _YEARS:
                yield dt.date(year, month, day)


@cache
def months() -> dict[str, tuple[int, ...]]:
    """Folded names and short names of months, without a full stop, and which months each may be."""
    from babel.dates import get_month_names

    named: dict[str, set[int]] = {"sept": {9}}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    named.setdefault(folded(name).rstrip("."), set()).add(number)
    return {name: tuple(sorted(numbers)) for name, numbers in named.items()}
