"""Dates, numbers and amounts as readers of a language write them.

Babel is imported when the first value is formatted: commands that print no localized value do not pay for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from poe_pack.languages.catalogue import Catalogue, catalogue
from poe_pack.languages.words import Words

if TYPE_CHECKING:
    from babel import Locale


class _Patterns(Struct, frozen=True):
    """Date patterns of Unicode's locale data: year, month and day; month and day; day alone.

    `year_first` says which end of a span can leave out what both ends share. `first` is written for the day 1,
    where a language counts that day as the first. `tag` names the language in HTML and PDF, `gap` stands between
    sentences, `byte` is the letter of the unit.
    """

    locale: str
    long: tuple[str, str, str]
    short: tuple[str, str, str]
    code_first: bool
    year_first: bool = False
    first: str = "d"
    tag: str = ""
    gap: str = " "
    byte: str = "B"


_DAY_FIRST = ("d MMMM y", "d MMMM", "d"), ("d MMM y", "d MMM", "d")
_YEAR_FIRST = ("y年M月d日", "M月d日", "d日")
_PATTERNS = {
    "en": _Patterns("en", *_DAY_FIRST, code_first=True),
    "fr": _Patterns("fr", *_DAY_FIRST, code_first=False, first="d'er'", byte="o"),
    "sv": _Patterns("sv", *_DAY_FIRST, code_first=False),
    "zh": _Patterns("zh_Hans_CN", _YEAR_FIRST, _YEAR_FIRST, code_first=True, year_first=True, tag="zh-CN", gap=""),
}
LANGUAGES = tuple(_PATTERNS)
"""Codes of the languages that packets and reports can speak."""
_UNITS = ((9, "G"), (6, "M"), (3, "k"))


class LocaleFormat:
    """Formats values in one language: en, fr, sv or zh. Raises ValueError for another one.

    Numbers are exact: no digit that a value has is lost, and none goes through a float. `unbroken`: no line
    breaks inside a date or a sum of money, for pages.
    """

    def __init__(self, language: str, *, unbroken: bool = False) -> None:
        if language not in _PATTERNS:
            raise ValueError(f"there is no language {language!r}")
        self.language = language
        self._patterns = _PATTERNS[language]
        self._unbroken = unbroken

    @property
    def catalogue(self) -> Catalogue:
        """The messages of this language."""
        return catalogue(self.language)

    @property
    def tag(self) -> str:
        """The language as HTML and PDF name it."""
        return self._patterns.tag or self.language

    @property
    def gap(self) -> str:
        """What stands between words and between sentences: a space, or nothing."""
        return self._patterns.gap

    # --- words ----------------------------------------------------------------------------------------------

    def text(self, key: str, **values: Any) -> str:
        """A message of the catalogue, filled with values in this language's form."""
        return self.fill(key, values)

    def fill(self, key: str, values: Mapping[str, Any]) -> str:
        """As `text`, with the values as a mapping. `count` chooses between `.one` and `.other`."""
        plain = {name: value if name == "count" else self.value(value) for name, value in values.items()}
        return self.catalogue.fill(key, plain)

    def say(self, words: Words) -> str:
        """Text of `Words`, its values in this language's form."""
        return self.catalogue.say(words) if words.names else self.fill(words.key, words.values)

    def value(self, value: Any) -> str:
        """Any value that a message may hold. Money and spans of days are told by their attributes."""
        if isinstance(value, str):
            return value
        if isinstance(value, Words):
            return self.say(value)
        if isinstance(value, bool):
            return self.text("format.yes" if value else "format.no")
        if isinstance(value, int | Decimal):
            return self.number(value)
        if isinstance(value, date):
            return self.short_date(value)
        if isinstance(value, tuple | list):
            return self.listed(self.value(item) for item in value)
        if hasattr(value, "amount") and hasattr(value, "currency"):
            return self.money(value.amount, value.currency)
        if hasattr(value, "first") and hasattr(value, "last"):
            return self.date_range(value.first, value.last)
        return str(value)

    def listed(self, texts: Iterable[str]) -> str:
        """Texts of one kind, such as names or numbers, one after the other; empty ones are left out."""
        return self.text("format.comma").join(filter(None, texts))

    def joined(self, *texts: str | None) -> str:
        """Parts of one fact, such as a number and a name; what is missing is left out."""
        return self.text("format.aside").join(filter(None, texts))

    def parted(self, texts: Iterable[str]) -> str:
        """Texts that may hold commas, one after the other; empty ones are left out."""
        return self.text("format.apart").join(filter(None, texts))

    def labelled(self, *texts: str | None) -> str:
        """A name before what it says; what is missing is left out."""
        return self.text("format.colon").join(filter(None, texts))

    def told(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other."""
        return self.gap.join(filter(None, sentences))

    # --- dates ----------------------------------------------------------------------------------------------

    def long_date(self, day: date) -> str:
        """17 September 2026. Of an instant, its day as written."""
        return self._date(day, self._patterns.long[0])

    def short_date(self, day: date) -> str:
        """17 Sep 2026. Of an instant, its day as written."""
        return self._date(day, self._patterns.short[0])

    def short_day(self, day: date) -> str:
        """17 Sep, where the year is plain from what stands around it."""
        return self._date(day, self._patterns.short[1])

    def date_range(self, first: date | None, last: date | None, *, long: bool = False) -> str:
        """1 Sep to 30 Nov 2026: what both ends share is said once. An end that is missing leaves it open."""
        patterns = self._patterns.long if long else self._patterns.short
        if first is None or last is None:
            key = "format.range_none" if first is last else f"format.range_{'until' if first is None else 'from'}"
            known = first or last
            return self.text(key, day=self._date(known, patterns[0]) if known else "")
        if first == last:
            return self._date(first, patterns[0])
        same = (first.year == last.year) + (first.year == last.year and first.month == last.month)
        shorter = patterns[same]
        ends = (patterns[0], shorter) if self._patterns.year_first else (shorter, patterns[0])
        return self.text("format.range", first=self._date(first, ends[0]), last=self._date(last, ends[1]))

    # --- numbers --------------------------------------------------------------------------------------------

    def number(self, value: int | Decimal) -> str:
        """4,200 or 0.1058: all digits that the value has."""
        return self._decimal(Decimal(value), _decimals(Decimal(value)))

    def amount(self, value: Decimal, currency: str) -> str:
        """9,141.12: with the digits of the currency, or more where the value has them; without its code."""
        from babel.numbers import get_currency_precision

        own = _decimals(value.normalize())
        usual = get_currency_precision(currency)
        return self._decimal(value, usual if own <= usual else max(own, 2))

    def money(self, value: Decimal, currency: str) -> str:
        """USD 9,141.12, or 9 141,12 USD where the language puts it so."""
        amount = self.amount(value, currency)
        space = "\u00a0" if self._unbroken else " "
        return f"{currency}{space}{amount}" if self._patterns.code_first else f"{amount}{space}{currency}"

    def percent(self, share: Decimal, digits: int = 0) -> str:
        """25 % of `Decimal("0.25")`."""
        whole = (share * 100).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        return self.text("format.percent", number=self._decimal(whole, digits))

    def bytes(self, size: int) -> str:
        """180 kB, 1.2 MB: decimal units, one digit after the point below ten."""
        power, unit = next((entry for entry in _UNITS if size >= 10 ** entry[0]), (0, ""))
        scaled = Decimal(size).scaleb(-power)
        digits = 1 if power and scaled < 10 else 0
        rounded = scaled.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        return f"{self._decimal(rounded, digits)} {unit}{self._patterns.byte}"

    # --- Babel ----------------------------------------------------------------------------------------------

    def _date(self, day: date, pattern: str) -> str:
        from babel.dates import format_date

        plain = day.date() if isinstance(day, datetime) else day
        if plain.day == 1:
            pattern = pattern.replace("d", self._patterns.first, 1)
        said = format_date(plain, pattern, locale=_locale(self._patterns.locale))
        return said.replace(" ", "\u00a0") if self._unbroken else said

    def _decimal(self, value: Decimal, digits: int) -> str:
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, pattern, locale=_locale(self._patterns.locale))


def _decimals(value: Decimal) -> int:
    """How many digits stand after the point."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@cache
def _locale(name: str) -> Locale:
    from babel import Locale

    return Locale.parse(name)
