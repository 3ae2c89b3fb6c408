"""Geometry of the report's two charts, in percent of their width: what the templates draw."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from msgspec import Struct

from poe_pack.report.facts import ClaimRow, FundRow

_HUNDRED = Decimal(100)
_PLACES = Decimal("0.01")
_INSET = Decimal(2)
_FULL = Decimal("0.995")  # the longest bar leaves room for the line on its right edge

# Least distance of ticks, so that their labels do not touch; the first label begins at its tick.
_ROOM, _ROOM_WITH_YEARS = Decimal(25), Decimal(45)
_FIRST_LABEL = Decimal(3)

# Days and months between two ticks, from fine to coarse.
_DAY_STRIDES = (1, 2, 3, 4, 7, 14)
_MONTH_STRIDES = (1, 2, 3, 6, 12, 24, 60, 120)


class Segment(Struct, frozen=True):
    """Part of a bar: where it starts and how wide it is, in percent of the longest bar."""

    kind: str
    start: Decimal
    width: Decimal

    @property
    def end(self) -> Decimal:
        return self.start + self.width


class Bar(Struct, frozen=True):
    """`limit` marks the funds available where more than that was claimed; else None."""

    segments: tuple[Segment, ...]
    limit: Decimal | None

    @property
    def end(self) -> Decimal:
        return self.segments[-1].end if self.segments else Decimal(0)


def fund_scale(rows: Iterable[FundRow]) -> Decimal:
    """The amount that fills the width of a bar, so that all bars of a currency share one scale."""
    return max((max(row.available, _used(row)) for row in rows), default=Decimal(0))


def fund_bar(row: FundRow, scale: Decimal) -> Bar:
    """Bar of an account: approved, in review, drafts, then free or lapsed; empty parts are left out."""
    parts = (
        ("approved", row.approved),
        ("review", row.in_review),
        ("drafts", row.drafts),
        ("free", row.free),
        ("lapsed", row.lapsed),
    )
    segments: list[Segment] = []
    amount, start = Decimal(0), Decimal(0)
    for kind, part in parts:
        amount += max(part, Decimal(0))
        end = _percent(amount * _FULL, scale)
        if end > start:
            segments.append(Segment(kind, start, end - start))
            start = end
    return Bar(tuple(segments), _percent(row.available * _FULL, scale) if row.over > 0 else None)


def _used(row: FundRow) -> Decimal:
    return row.approved + row.in_review + row.drafts + row.free + row.lapsed


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    if whole <= 0:
        return Decimal(0)
    share = (part * _HUNDRED / whole).quantize(_PLACES, rounding=ROUND_HALF_UP)
    return min(max(share, Decimal(0)), _HUNDRED)


class Tick(Struct, frozen=True):
    day: date
    at: Decimal


class Axis(Struct, frozen=True):
    """A span of days over a chart's width. `has_years` says that days alone would be ambiguous."""

    first: date
    last: date

    @property
    def has_years(self) -> bool:
        return (self.last - self.first).days >= 365

    def at(self, day: date) -> Decimal:
        """Where a day lies, in percent; a day outside the span lies at its end.

        Both ends are moved in a little, so that a dot there is whole.
        """
        share = _percent(Decimal((day - self.first).days), Decimal((self.last - self.first).days))
        return (_INSET + share * (_HUNDRED - 2 * _INSET) / _HUNDRED).quantize(_PLACES)

    def ticks(self) -> tuple[Tick, ...]:
        """First and last day and, counted back from the last, days between with room for their labels."""
        room = _ROOM_WITH_YEARS if self.has_years else _ROOM
        for days in self._strides():
            places = [(day, self.at(day)) for day in days]
            gaps = [later[1] - earlier[1] for later, earlier in pairwise(places)]
            if all(gap >= room for gap in gaps):
                inner = [Tick(day, at) for day, at in reversed(places[1:]) if at >= room + _FIRST_LABEL]
                return (self._tick(self.first), *inner, self._tick(self.last))
        return (self._tick(self.first), self._tick(self.last))

    def _tick(self, day: date) -> Tick:
        return Tick(day, self.at(day))

    def _strides(self) -> Iterator[list[date]]:
        """Days from the last one back, by ever wider strides."""
        span = (self.last - self.first).days
        for stride in _DAY_STRIDES:
            if span <= 5 * stride:
                yield [self.last - timedelta(days) for days in range(0, span + 1, stride)]
        for stride in _MONTH_STRIDES:
            if span <= 5 * 31 * stride:
                months = range(0, span // 28 + 1, stride)
                back = (_months_before(self.last, number) for number in months)
                yield [day for day in back if day >= self.first]


def time_axis(as_of: date, rows: Sequence[ClaimRow]) -> Axis | None:
    """From the report's day to the latest last day of these claims; None where none has one."""
    days = [day for row in rows for day in (row.deadline, row.advised) if day is not None]
    if not days:
        return None
    return Axis(as_of, max(*days, as_of + timedelta(days=7)))


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
