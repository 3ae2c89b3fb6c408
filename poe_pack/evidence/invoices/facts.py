"""What an invoice file says, and what came of comparing it: plain values that cross process borders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from poe_pack.evidence.facts import ProbeState


class Cell(Struct, frozen=True):
    """Text of one piece of a row between `left` and `right`, in points from the page's left edge."""

    left: float
    right: float
    text: str


Row = tuple[Cell, ...]
"""Cells on one line, from left to right; a gap wider than a blank parts them."""


class EInvoice(Struct, frozen=True):
    """What an e-invoice states, as it states it; None or empty where it is silent.

    Names of the seller: registered and trading. `nets` holds the sum of the lines and the sum after discounts on the
    whole. Amounts are in `currency`; a credit note states what it gives back without a sign.
    """

    number: str | None = None
    date: dt.date | None = None
    seller_names: tuple[str, ...] = ()
    seller_tax_ids: tuple[str, ...] = ()
    currency: str | None = None
    nets: tuple[Decimal, ...] = ()
    tax: Decimal | None = None
    total: Decimal | None = None


class InvoiceReading(Struct, frozen=True):
    """What was read of an invoice file.

    `state` is `ok` where it could be opened, `unsupported` for a kind that nobody reads an invoice from; `detail` says
    in a short line why it is not `ok`. `rows` is the text of the pages, from top to bottom. `is_whole` is False where
    some page has no text or there was more than is read: then nobody can say what is not in the file.
    """

    state: ProbeState
    detail: str = ""
    e_invoice: EInvoice | None = None
    pages: tuple[tuple[Row, ...], ...] = ()
    is_whole: bool = True

    @property
    def has_text(self) -> bool:
        return any(self.pages)


class Field(StrEnum):
    """What is compared, in the order of an invoice's head and foot."""

    NUMBER = "number"
    DATE = "date"
    VENDOR = "vendor"
    TAX_ID = "tax_id"
    CURRENCY = "currency"
    NET = "net"
    TAX = "tax"
    TOTAL = "total"


class Outcome(StrEnum):
    """What came of comparing one field."""

    AGREES = "agrees"
    DIFFERS = "differs"
    CANNOT_CHECK = "cannot_check"


class Source(StrEnum):
    """What the claim was compared with."""

    E_INVOICE = "e_invoice"
    TEXT = "text"
    NOTHING = "nothing"
    """A scan or a picture, or a file that nobody reads an invoice from."""


class Compared(Struct, frozen=True):
    """One field. `found` is what the file says instead, where the claim differs and it is one value."""

    outcome: Outcome
    found: str | Decimal | dt.date | None = None


AGREES = Compared(Outcome.AGREES)
CANNOT_CHECK = Compared(Outcome.CANNOT_CHECK)


def differs(found: str | Decimal | dt.date | None = None) -> Compared:
    """The file says something else."""
    return Compared(Outcome.DIFFERS, found)


class Comparison(Struct, frozen=True):
    """What came of comparing an invoice of a claim with its file.

    `fields` holds those that the claim states. `state` is that of the reading. `text_sha256` is equal for files with
    the same words in the same order, whatever else differs; None where there are too few.
    """

    source: Source
    state: ProbeState
    fields: Mapping[Field, Compared] = field(default_factory=dict)
    text_sha256: str | None = None

    def those(self, outcome: Outcome) -> tuple[Field, ...]:
        """Fields of that outcome, in their order."""
        return tuple(name for name, compared in self.fields.items() if compared.outcome is outcome)


class Claimed(Struct, frozen=True):
    """What a claim says of an invoice; None where it does not say it or where its own figures disagree."""

    number: str
    date: dt.date | None
    vendor: str
    tax_id: str | None
    bill_to: str | None
    currency: str
    net: Decimal | None
    tax: Decimal | None
    total: Decimal | None
    is_credit: bool = False
