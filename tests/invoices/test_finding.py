"""Amounts and days are found again in whatever form Babel writes them, and nothing else is taken for them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.evidence.invoices.amounts import amounts_in
from poe_pack.evidence.invoices.dates import days_in
from poe_pack.evidence.invoices.folding import plain
from tests.invoices.papers import wide

NAMED = "en_US en_GB de_DE fr_FR sv_SE da_DK nb_NO fi_FI nl_NL es_ES it_IT pl_PL pt_PT cs_CZ".split()
LOCALES = [*NAMED, "de_CH", "de_AT", "fr_CH", "zh_CN"]

amounts = st.decimals(min_value="0.01", max_value="99999999.99", places=2)
days = st.dates(dt.date(2000, 1, 1), dt.date(2098, 12, 31))


@given(amounts, st.sampled_from(LOCALES))
def test_an_amount_is_found_as_babel_writes_it(amount: Decimal, locale: str) -> None:
    (found,) = amounts_in(format_decimal(amount, "#,##0.00", locale=locale))
    assert found.value == amount
    assert found.is_money


@given(amounts, st.sampled_from(LOCALES), st.sampled_from("SEK EUR USD CNY GBP CHF JPY NOK".split()))
def test_so_it_is_with_its_currency(amount: Decimal, locale: str, currency: str) -> None:
    text = format_currency(amount, currency, "#,##0.00 ¤¤", locale=locale, currency_digits=False)
    (found,) = amounts_in(text)
    assert (found.value, found.currencies) == (amount, frozenset({currency}))
    (signed,) = amounts_in(format_currency(amount, currency, "¤#,##0.00", locale=locale, currency_digits=False))
    assert signed.value == amount


@given(amounts, st.sampled_from(["en_US", "zh_CN", "sv_SE", "de_DE"]))
def test_full_width_digits_are_digits(amount: Decimal, locale: str) -> None:
    (found,) = amounts_in(wide(format_decimal(amount, "#,##0.00", locale=locale)))
    assert found.value == amount


@given(days, st.sampled_from(NAMED))
def test_a_day_is_found_with_the_name_of_its_month(day: dt.date, locale: str) -> None:
    for pattern in ("d MMMM y", "d. MMMM y", "d MMM y"):
        text = format_date(day, pattern, locale=locale)
        assert [found.days for found in days_in(f"X, {text}.")] == [frozenset({day})], text
    for pattern in ("MMMM d, y", "MMM d, y"):
        text = format_date(day, pattern, locale="en_US")
        assert [found.days for found in days_in(text)] == [frozenset({day})], text


@given(days)
def test_a_day_is_found_in_figures(day: dt.date) -> None:
    for form in (
        f"{day.isoformat()}",
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert [found.days for found in days_in(form)] == [frozenset({day})], form
        assert [found.days for found in days_in(wide(form))] == [frozenset({day})], form
    both = {day, dt.date(day.year, day.day, day.month)} if day.day <= 12 else {day}
    for form in (f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}"):
        (found,) = days_in(form)
        assert found.days == both


@pytest.mark.parametrize(
    "text",
    [
        "SE559087654301",
        "559087-6543",
        "25 %",
        "25,00 %",
        "NV-2026-04",
        "28.09.2026",
        "2026-09-28",
        "1.2.3.4",
        "A4.50",
        "12.5%",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert [found for found in amounts_in(text) if found.is_money] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 234,50 kr", ["1234.50"]),
        ("1.234,50-", ["-1234.50"]),
        ("(1,234.50)", ["-1234.50"]),
        ("500:-", ["500"]),
        ("Fr. 1’234.50", ["1234.50"]),
        ("12 × 15.00", ["12", "15.00"]),
        ("1,23,456.00", ["123456.00"]),
        ("1234.5", ["1234.5"]),
        ("17 sep 52 000,00", ["17", "52000.00"]),
        ("97 400,00 SEK (10 305,00 EUR)", ["97400.00", "10305.00"]),
        ("¥97,400.00元", ["97400.00"]),
    ],
)
def test_amounts_among_other_things(text: str, values: list[str]) -> None:
    assert [found.value for found in amounts_in(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    "text",
    ["031-390 06 50", "17 sep 52 000,00", "12.30.4567", "32.01.2026", "2026-13-01", "Version 1.2.26.4", "10482/2026"],
)
def test_what_is_no_day(text: str) -> None:
    assert not days_in(text)


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    places = [(one.start, one.end) for one in amounts_in(text)] + [(one.start, one.end) for one in days_in(text)]
    assert all(0 <= start < end <= len(plain(text)) for start, end in places)
