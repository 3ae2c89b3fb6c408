"""Values that may be missing: a dash stands for what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from poe_pack.languages.formats import LocaleFormat
from poe_pack.model import DateRange, Period

DASH = "–"


def say_day(speech: LocaleFormat, day: date | None) -> str:
    return DASH if day is None else speech.long_date(day)


def say_money(speech: LocaleFormat, amount: Decimal | None, currency: str) -> str:
    return DASH if amount is None else speech.money(amount, currency)


def say_number(speech: LocaleFormat, number: int | Decimal | None) -> str:
    return DASH if number is None else speech.number(number)


def say_days(speech: LocaleFormat, days: DateRange | Period | None, *, long: bool = False) -> str:
    return DASH if days is None else speech.date_range(days.first, days.last, long=long)
