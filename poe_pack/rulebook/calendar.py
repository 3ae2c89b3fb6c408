"""The programme's calendar: its year and periods, claim windows, last days. Every figure comes from the rulebook."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from msgspec import Struct

from poe_pack.languages import Words
from poe_pack.model import Period
from poe_pack.rulebook.book import Dated, Rulebook, UnknownValue

_MONTHS_PER_YEAR = 12
_SOME_YEAR = 2027
_DIGITS = {"{yy}": "(?P<yy>[0-9]{2})", "{yyyy}": "(?P<yyyy>[0-9]{4})", "{n}": "(?P<n>[1-9])"}
_MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)  # where a rulebook does not say

# Thousands of claims ask about the same few periods. It keeps a calendar for good, of which a run has one.
_remembered = lru_cache(maxsize=1024)


class LastDay(Struct, frozen=True):
    """A last day of the rulebook's list, as computed for one claim."""

    kind: str
    day: date
    by: str
    advised: bool
    value: Dated


class Calendar:
    """Computes days from a rulebook's calendar; all spans include both ends."""

    def __init__(self, book: Rulebook, holidays: frozenset[date] = frozenset()) -> None:
        self._book = book
        self._holidays = holidays

    @_remembered
    def period(self, label: str) -> Period | None:
        """The period of a label such as `FY27 H1`, or None for a label of another form than the rulebook's.

        Raises UnknownValue where the rulebook has no periods.
        """
        form = self._form
        match = form.label.fullmatch(label)
        if match is None or form.number(match) > form.periods:
            return None
        first = add_months(self._year_start(form.year(match)), form.months * (form.number(match) - 1))
        return Period(label, first, add_months(first, form.months) - timedelta(days=1))

    @_remembered
    def period_of(self, day: date) -> Period:
        """The period that a day lies in. Raises UnknownValue where the rulebook has none then."""
        form = self._form
        year = next(y for y in (day.year, day.year + 1) if self._year_start(y) <= day < self._year_start(y + 1))
        start = self._year_start(year)
        number = max(n for n in range(form.periods) if add_months(start, form.months * n) <= day)
        period = self.period(form.write(year, number + 1))
        assert period is not None, "a label made here has the form that is read here"
        return period

    @property
    def example(self) -> str:
        """The label of some period, to show its form. Raises UnknownValue where the rulebook has no periods."""
        return self._form.write(_SOME_YEAR, 1)

    def program_year(self, label: str) -> Period | None:
        """The programme's year of a label such as `FY27`, or None for a label of another form."""
        match = self._form.year_label.fullmatch(label)
        if match is None:
            return None
        first = self._year_start(self._form.year(match))
        return Period(label, first, add_months(first, _MONTHS_PER_YEAR) - timedelta(days=1))

    @_remembered
    def program_year_of(self, day: date) -> Period:
        """First and last day of the programme's year that a day lies in. Raises UnknownValue where there is none."""
        form = self._form
        year = next(y for y in (day.year, day.year + 1) if self._year_start(y) <= day < self._year_start(y + 1))
        period = self.program_year(form.write_year(year))
        assert period is not None, "a label made here has the form that is read here"
        return period

    def usage_period(self, earned: Period) -> Period:
        """The period in which what was earned in a period is used. Raises UnknownValue where no source says."""
        return self.period_of(add_months(earned.first, self._usage_offset(earned.first)))

    @_remembered
    def earning_period(self, usage: Period) -> Period:
        """The period in which was earned what is used in a period. Raises UnknownValue where no source says."""
        return self.period_of(add_months(usage.first, -self._usage_offset(usage.first)))

    @_remembered
    def claim_window(self, usage: Period) -> tuple[Period, Dated]:
        """When claims for a usage period may be handed in. Raises UnknownValue where no source says."""
        value = self._book.value(usage.first, "calendar", "claim_window")
        opens, closes = (self._window_day(usage, value.fields[end]) for end in ("opens", "closes"))
        return Period(usage.label, opens, closes), value

    def keep_until(self, activity_date: date) -> date:
        """Last day on which originals must be kept. Raises UnknownValue where no source says."""
        value = self._book.value(activity_date, "calendar", "retention")
        return add_months(activity_date, value.fields["months"])

    def last_days(self, judged_on: date, flow: str, anchors: Mapping[str, date]) -> Iterator[LastDay]:
        """Every last day of a flow whose anchor (activity_date, submitted, ...) is known, in the rulebook's order."""
        entries: Mapping[str, Any] = self._book.entry("calendar", "deadlines") or {}
        for kind in entries:
            try:
                value = self._book.value(judged_on, "calendar", "deadlines", kind)
            except UnknownValue:
                continue
            fields = value.fields
            if fields.get("flow", flow) == flow and fields["after"] in anchors:
                yield self._last_day(kind, anchors[fields["after"]], value)

    def last_day(self, kind: str, judged_on: date, anchor: date) -> LastDay | None:
        """One last day counted from its anchor; None where no source knows it on the day that judges."""
        try:
            value = self._book.value(judged_on, "calendar", "deadlines", kind)
        except UnknownValue:
            return None
        return self._last_day(kind, anchor, value)

    def lead_day(self, kind: str, judged_on: date, before: date) -> LastDay | None:
        """The last day on which something is in time that must be done so long before a day; None where unknown."""
        try:
            value = self._book.value(judged_on, "calendar", "lead_times", kind)
        except UnknownValue:
            return None
        ((unit, count),) = value.fields["at_least"].items()
        day = before - timedelta(days=count) if unit == "days" else self._add_business_days(before, count, -1)
        return LastDay(kind, day, value.fields["by"], False, value)

    def name(self, kind: str) -> Words:
        """Name of a last day."""
        entries: Mapping[str, Any] = self._book.entry("calendar", "deadlines") or {}
        return Words(names=entries[kind]["names"])

    def _last_day(self, kind: str, anchor: date, value: Dated) -> LastDay:
        fields = value.fields
        return LastDay(kind, self._after(anchor, fields["within"]), fields["by"], bool(fields.get("advised")), value)

    def _after(self, anchor: date, within: Mapping[str, Any]) -> date:
        """The last day of a span: days, business_days, months, month_end (of the n-th month after) or month_day."""
        ((unit, count),) = within.items()
        if unit == "days":
            return anchor + timedelta(days=count)
        if unit == "business_days":
            return self._add_business_days(anchor, count)
        if unit == "months":
            return add_months(anchor, count)
        if unit == "month_day":
            return add_months(anchor.replace(day=1), count["months"]).replace(day=count["day"])
        month = add_months(anchor.replace(day=1), count)
        return month.replace(day=monthrange(month.year, month.month)[1])

    def _add_business_days(self, day: date, count: int, step: int = 1) -> date:
        weekdays = self._weekdays(day)
        while count:
            day += timedelta(days=step)
            if day.isoweekday() in weekdays and day not in self._holidays:
                count -= 1
        return day

    def _weekdays(self, day: date) -> Collection[int]:
        try:
            found: Collection[int] = self._book.value(day, "calendar", "business_days").fields["weekdays"]
        except UnknownValue:
            return _MONDAY_TO_FRIDAY
        return found

    def _usage_offset(self, day: date) -> int:
        """Months between the periods of earning and of use."""
        halves: int = self._book.value(day, "calendar", "usage_period").fields["halves_after_earning"]
        return self._form.months * halves

    def _window_day(self, usage: Period, fields: Mapping[str, Any]) -> date:
        start = usage.first if fields["half"] == "usage" else usage.last + timedelta(days=1)
        return add_months(start, fields["month"] - 1).replace(day=fields["day"])

    @cached_property
    def _form(self) -> _Form:
        """How periods and years are written: as in the rulebook's newest word on it."""
        return _Form.of(self._book.value(date.max, "calendar", "fiscal_year").fields)

    @_remembered
    def _year_start(self, year: int) -> date:
        """First day of the programme's year of that number: in the calendar year before it, or in the same."""
        value = self._book.value(date(year - 1, 12, 31), "calendar", "fiscal_year")
        same = value.fields.get("begins") == "same_calendar_year"
        return date(year if same else year - 1, value.fields["month"], value.fields["day"])


class _Form(Struct, frozen=True):
    """The labels of a rulebook as patterns and as texts to fill in; `periods` to a year, of `months` each."""

    periods: int
    label: re.Pattern[str]
    year_label: re.Pattern[str]
    texts: tuple[str, str]

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> _Form:
        texts = (fields["label"], fields["year_label"])
        return cls(fields["periods"], re.compile(_pattern(texts[0])), re.compile(_pattern(texts[1])), texts)

    @property
    def months(self) -> int:
        return _MONTHS_PER_YEAR // self.periods

    def year(self, match: re.Match[str]) -> int:
        found = match.groupdict()
        return int(found["yyyy"]) if "yyyy" in found else 2000 + int(found["yy"])

    def number(self, match: re.Match[str]) -> int:
        return int(match.groupdict().get("n", 1))

    def write(self, year: int, number: int) -> str:
        return _filled(self.texts[0], year).replace("{n}", str(number))

    def write_year(self, year: int) -> str:
        return _filled(self.texts[1], year)


def _pattern(label: str) -> str:
    parts = re.split(r"(\{[a-z]+\})", label)
    return "".join(_DIGITS[part] if part in _DIGITS else re.escape(part) for part in parts)


def _filled(label: str, year: int) -> str:
    return label.replace("{yyyy}", f"{year:04d}").replace("{yy}", f"{year % 100:02d}")


def add_months(day: date, months: int) -> date:
    """The same day some months later, clipped to the month's end."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
