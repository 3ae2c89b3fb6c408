"""The programme's calendar: fiscal halves, claim windows, last days. Every figure comes from the rulebook."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from poe_pack.languages import Words
from poe_pack.model import Period
from poe_pack.rulebook.book import Dated, Rulebook, UnknownValue

_LABEL = re.compile(r"FY([0-9]{2}) H([12])\Z")
_MONTHS_PER_HALF = 6
_MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)  # where a rulebook does not say


@dataclass(frozen=True, slots=True)
class LastDay:
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

    def period(self, label: str) -> Period | None:
        """The fiscal half of a label such as `FY27 H1`, or None for a label of another form."""
        match = _LABEL.match(label)
        if match is None:
            return None
        year, half = 2000 + int(match[1]), int(match[2])
        start = self._fiscal_start(year)
        first = add_months(start, _MONTHS_PER_HALF * (half - 1))
        return Period(label, first, add_months(first, _MONTHS_PER_HALF) - timedelta(days=1))

    def period_of(self, day: date) -> Period:
        """The fiscal half that a day lies in."""
        year = next(y for y in (day.year, day.year + 1) if self._fiscal_start(y) <= day < self._fiscal_start(y + 1))
        half = 1 if day < add_months(self._fiscal_start(year), _MONTHS_PER_HALF) else 2
        period = self.period(f"FY{year % 100:02d} H{half}")
        assert period is not None, "a label made here has the form that is read here"
        return period

    def program_year(self, label: str) -> Period | None:
        """The fiscal year of a label such as `FY27`."""
        first, second = self.period(f"{label} H1"), self.period(f"{label} H2")
        return None if first is None or second is None else Period(label, first.first, second.last)

    def usage_period(self, earned: Period) -> Period:
        """The half in which what was earned in a half is used. Raises UnknownValue where no source says."""
        return self.period_of(add_months(earned.first, self._usage_offset(earned.first)))

    def earning_period(self, usage: Period) -> Period:
        """The half in which was earned what is used in a half. Raises UnknownValue where no source says."""
        return self.period_of(add_months(usage.first, -self._usage_offset(usage.first)))

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

    def _add_business_days(self, day: date, count: int) -> date:
        weekdays = self._weekdays(day)
        while count:
            day += timedelta(days=1)
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
        """Months between the halves of earning and of use."""
        halves: int = self._book.value(day, "calendar", "usage_period").fields["halves_after_earning"]
        return _MONTHS_PER_HALF * halves

    def _window_day(self, usage: Period, fields: Mapping[str, Any]) -> date:
        start = usage.first if fields["half"] == "usage" else usage.last + timedelta(days=1)
        return add_months(start, fields["month"] - 1).replace(day=fields["day"])

    def _fiscal_start(self, year: int) -> date:
        """First day of the fiscal year of that number: it begins in the calendar year before."""
        value = self._book.value(date(year - 1, 12, 31), "calendar", "fiscal_year")
        return date(year - 1, value.fields["month"], value.fields["day"])


def add_months(day: date, months: int) -> date:
    """The same day some months later, clipped to the month's end."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
