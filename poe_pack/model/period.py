"""Spans of days, both ends included."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class DateRange(Struct, frozen=True):
    """From one day to another, both included; an end that was not given is None."""

    first: date | None
    last: date | None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class Period(Struct, frozen=True):
    """A named span of the programme's calendar, such as the usage period `FY27 H1`."""

    label: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last
