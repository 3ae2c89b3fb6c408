"""Exact amounts of money."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from msgspec import Struct

# ISO 4217 minor units; every currency that is not listed has two digits.
_MINOR_DIGITS = {
    **dict.fromkeys(
        ("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF").split(),
        0,
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}

# More digits than any product of two amounts that can be read.
_WIDE = Context(prec=120)


def minor_digits(currency: str) -> int:
    """Number of decimals in which amounts of this ISO 4217 currency are written."""
    return _MINOR_DIGITS.get(currency, 2)


def round_money(amount: Decimal, currency: str) -> Decimal:
    """Round half up to the currency's minor unit."""
    return amount.quantize(Decimal(1).scaleb(-minor_digits(currency)), rounding=ROUND_HALF_UP, context=_WIDE)


def fits_currency(amount: Decimal, currency: str) -> bool:
    """Whether the amount has no more decimals than its currency."""
    return amount == round_money(amount, currency)


class Money(Struct, frozen=True):
    """An amount in a currency (ISO 4217). Different currencies never mix."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        """`9141.12 USD`: plain digits, the same in every locale; more decimals than the currency has are kept."""
        exact = fits_currency(self.amount, self.currency)
        amount = round_money(self.amount, self.currency) if exact else self.amount
        return f"{amount:f} {self.currency}"

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise ValueError(f"cannot combine {self.currency} and {other.currency}")
        return other.amount
