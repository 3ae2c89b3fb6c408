"""Money is exact: rounded half up, per currency, and never mixed."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.model import Money, fits_currency, minor_digits, round_money

DIGITS = {"USD": 2, "SEK": 2, "EUR": 2, "JPY": 0, "ISK": 0, "KRW": 0, "KWD": 3, "BHD": 3, "TND": 3, "XXX": 2}
currencies = st.sampled_from(sorted(DIGITS))
amounts = st.decimals(-(10**12), 10**12, places=6)


@pytest.mark.parametrize(("currency", "digits"), DIGITS.items())
def test_minor_digits(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("1.005", "USD", "1.01"),
        ("1.015", "USD", "1.02"),
        ("1.025", "USD", "1.03"),
        ("1.0049", "USD", "1.00"),
        ("-1.005", "USD", "-1.01"),
        ("0.5", "JPY", "1"),
        ("1.5", "JPY", "2"),
        ("2.5", "JPY", "3"),
        ("1.0005", "KWD", "1.001"),
        ("7617.6", "USD", "7617.60"),
    ],
)
def test_half_up(amount: str, currency: str, rounded: str) -> None:
    assert str(round_money(Decimal(amount), currency)) == rounded


@given(amounts, currencies)
def test_rounding_law(amount: Decimal, currency: str) -> None:
    unit = Decimal(1).scaleb(-DIGITS[currency])
    rounded = round_money(amount, currency)
    # Half up of the size: the nearest whole number of units, and away from zero in the middle.
    size = ((abs(amount) / unit) + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * unit
    assert abs(rounded) == size
    assert abs(rounded - amount) <= unit / 2
    assert rounded.as_tuple().exponent == -DIGITS[currency]
    assert round_money(rounded, currency) == rounded
    assert fits_currency(amount, currency) == (rounded == amount)


@given(st.integers(1, 10**29).map(Decimal), currencies)
def test_very_large_amounts_are_rounded_too(amount: Decimal, currency: str) -> None:
    assert round_money(amount, currency) == amount


def test_text_has_the_digits_of_the_currency_and_hides_none() -> None:
    assert str(Money(Decimal("9141.1"), "USD")) == "9141.10 USD"
    assert str(Money(Decimal("9141.125"), "USD")) == "9141.125 USD"
    assert str(Money(Decimal(9141), "JPY")) == "9141 JPY"
    assert str(Money(Decimal("1E+3"), "USD")) == "1000.00 USD"


@given(amounts, amounts, currencies)
def test_sums_and_differences(one: Decimal, other: Decimal, currency: str) -> None:
    total = Money(one, currency) + Money(other, currency)
    assert total == Money(one + other, currency)
    assert total - Money(other, currency) == Money(one, currency)


def test_currencies_never_mix() -> None:
    with pytest.raises(ValueError, match="cannot combine USD and SEK"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "SEK")
    with pytest.raises(ValueError, match="cannot combine"):
        Money(Decimal(1), "USD") - Money(Decimal(1), "SEK")
