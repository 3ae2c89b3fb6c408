"""Dates, numbers and money in four languages: exact, and as readers there write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.languages import Words
from poe_pack.languages.formats import LocaleFormat
from poe_pack.model import DateRange, Money, Period

LANGUAGES = ("en", "fr", "sv", "zh")
NARROW, HARD = "\u202f", "\u00a0"


def ways(language: str) -> LocaleFormat:
    return LocaleFormat(language)


@pytest.mark.parametrize(
    ("language", "long", "short", "day"),
    [
        ("en", "17 September 2026", "17 Sep 2026", "17 Sep"),
        ("fr", "17 septembre 2026", "17 sept. 2026", "17 sept."),
        ("sv", "17 september 2026", "17 sep. 2026", "17 sep."),
        ("zh", "2026年9月17日", "2026年9月17日", "9月17日"),
    ],
)
def test_dates(language: str, long: str, short: str, day: str) -> None:
    on = date(2026, 9, 17)
    way = ways(language)
    assert (way.long_date(on), way.short_date(on), way.short_day(on)) == (long, short, day)
    assert way.short_date(datetime(2026, 9, 17, 23, 59, tzinfo=UTC)) == short


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 9, 1), date(2026, 11, 30), "1 Sep to 30 Nov 2026"),
        (date(2026, 9, 1), date(2026, 9, 30), "1 to 30 Sep 2026"),
        (date(2026, 12, 1), date(2027, 1, 31), "1 Dec 2026 to 31 Jan 2027"),
        (date(2026, 9, 1), date(2026, 9, 1), "1 Sep 2026"),
        (date(2026, 9, 1), None, "from 1 Sep 2026"),
        (None, date(2026, 9, 1), "until 1 Sep 2026"),
        (None, None, "no dates"),
    ],
)
def test_spans_say_once_what_both_ends_share(first: date | None, last: date | None, text: str) -> None:
    assert ways("en").date_range(first, last) == text
    assert ways("en").value(DateRange(first, last)) == text


def test_spans_where_the_year_comes_first() -> None:
    text = ways("zh").date_range(date(2026, 9, 1), date(2026, 11, 30))
    assert text.startswith("2026年9月1日")
    assert text.endswith("11月30日")
    assert text.count("2026") == 1


@pytest.mark.parametrize(
    ("language", "money"),
    [
        ("en", "USD 9,141.12"),
        ("fr", f"9{NARROW}141,12 USD"),
        ("sv", f"9{HARD}141,12 USD"),
        ("zh", "USD 9,141.12"),
    ],
)
def test_money(language: str, money: str) -> None:
    assert ways(language).value(Money(Decimal("9141.12"), "USD")) == money


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("9141.1", "USD", "9,141.10"),
        ("9141", "JPY", "9,141"),
        ("9141.5", "KWD", "9,141.500"),
        ("9141.125", "USD", "9,141.125"),
        ("0", "USD", "0.00"),
        ("-12.5", "USD", "-12.50"),
    ],
)
def test_amounts_have_the_digits_of_their_currency_and_lose_none(amount: str, currency: str, text: str) -> None:
    assert ways("en").amount(Decimal(amount), currency) == text


@given(st.decimals(-(10**15), 10**15, places=4), st.sampled_from(LANGUAGES))
def test_numbers_lose_no_digit(number: Decimal, language: str) -> None:
    shown = ways(language).number(number)
    separators = {"en": (",", "."), "zh": (",", "."), "fr": (NARROW, ","), "sv": (HARD, ",")}
    thousands, point = separators[language]
    plain = shown.replace(thousands, "").replace(point, ".").replace("\u2212", "-")
    assert Decimal(plain) == number


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (9_940, "9.9 kB"),
        (180_000, "180 kB"),
        (1_200_000, "1.2 MB"),
        (25_000_000, "25 MB"),
        (2_500_000_000, "2.5 GB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert ways("en").bytes(size) == text


@pytest.mark.parametrize(("share", "digits", "text"), [("0.25", 0, "25"), ("0.125", 1, "12.5"), ("0.005", 0, "1")])
def test_shares_are_rounded_half_up(share: str, digits: int, text: str) -> None:
    assert ways("en").percent(Decimal(share), digits).startswith(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("text", "text"),
        (True, "yes"),
        (4200, "4,200"),
        (Decimal("0.1058"), "0.1058"),
        (date(2026, 9, 17), "17 Sep 2026"),
        (("a", 1200), "a, 1,200"),
        (Period("FY27 H1", date(2026, 7, 1), date(2026, 12, 31)), "1 Jul to 31 Dec 2026"),
        (Words(names={"en": "Name", "sv": "Namn"}), "Name"),
    ],
)
def test_any_value(value: object, text: str) -> None:
    assert ways("en").value(value) == text


def test_values_inside_messages() -> None:
    way = ways("en")
    values = {"amount": Money(Decimal("9414.12"), "USD"), "cost": Money(Decimal("9141.12"), "USD")}
    text = way.fill("POE402", {**values, "difference": Money(Decimal(273), "USD")})
    assert text == "USD 9,414.12 is claimed, but the cost behind it is USD 9,141.12: USD 273.00 too much"
    assert way.text("POE403.compared", count=1) == "1 line"
    assert way.say(Words("POE403.compared", {"count": 3})) == "3 lines"


def test_a_language_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="there is no language 'de'"):
        LocaleFormat("de")


def test_on_pages_no_line_breaks_inside_a_date_or_a_sum() -> None:
    on, sum = date(2026, 9, 17), Decimal("9141.12")
    english, french = LocaleFormat("en", unbroken=True), LocaleFormat("fr", unbroken=True)
    assert english.long_date(on) == f"17{HARD}September{HARD}2026"
    assert english.money(sum, "USD") == f"USD{HARD}9,141.12"
    assert french.money(sum, "USD") == f"9{NARROW}141,12{HARD}USD"
    assert french.date_range(on, date(2026, 10, 1)) == f"du 17{HARD}sept. au 1er{HARD}oct.{HARD}2026"


@pytest.mark.parametrize(
    ("language", "parted", "labelled"),
    [
        ("en", "E-mail, SMS; Web", "Photo: Web"),
        ("fr", f"E-mail, SMS{HARD}; Web", f"Photo{HARD}: Web"),
        ("sv", "E-mail, SMS; Web", "Photo: Web"),
        ("zh", "E-mail, SMS；Web", "Photo：Web"),
    ],
)
def test_punctuation_is_of_the_language(language: str, parted: str, labelled: str) -> None:
    way = ways(language)
    assert way.parted(("E-mail, SMS", "", "Web")) == parted
    assert way.labelled("Photo", "Web") == labelled
    assert way.labelled("Photo", None) == "Photo"
