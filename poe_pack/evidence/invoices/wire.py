"""How a reading travels from the child process to its parent: one JSON object on one line.

As with facts of a probe, the answer is checked like any other input.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from poe_pack.evidence.facts import ProbeState
from poe_pack.evidence.invoices.facts import Cell, EInvoice, InvoiceReading, Row
from poe_pack.evidence.wire import one_line

MAX_CELLS = 20_000
"""Cells of a file that are read; a page of small print has some 200."""

MAX_CELL = 500
"""Characters of a cell that are read."""

_MAX_NAMES = 10
_MAX_DIGITS = 36
_BLANKS = frozenset({"Cc", "Zl", "Zp", "Zs"})
_HIDDEN = frozenset({"Cf", "Cs"})

_T = TypeVar("_T")


def encode(reading: InvoiceReading) -> bytes:
    """Return `reading` as one line of ASCII JSON that ends with a line feed."""
    answer = {
        "state": reading.state,
        "detail": reading.detail,
        "e_invoice": None if reading.e_invoice is None else _stated(reading.e_invoice),
        "pages": [[[[c.left, c.right, c.text] for c in row] for row in page] for page in reading.pages],
        "is_whole": reading.is_whole,
    }
    return json.dumps(answer, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> InvoiceReading:
    """Return the reading of `line`. Raises ValueError where it does not hold exactly what `encode` makes."""
    try:
        answer = json.loads(line)
        stated = answer["e_invoice"]
        whole = answer["is_whole"]
        if not isinstance(whole, bool):
            raise TypeError("true or false expected")
        return InvoiceReading(
            ProbeState(answer["state"]),
            one_line(answer["detail"]),
            None if stated is None else _e_invoice(stated),
            tuple(tuple(_rows(page)) for page in answer["pages"]),
            whole,
        )
    except (AttributeError, KeyError, TypeError, RecursionError, InvalidOperation) as error:
        raise ValueError("not an answer of the child process") from error


def shown(text: Any) -> str:
    """`text` on one line and without what hides in it, at most as long as a cell."""
    if not isinstance(text, str):
        raise TypeError("text expected")
    kept = (" " if unicodedata.category(c) in _BLANKS else c for c in text[:MAX_CELL])
    return "".join(c for c in kept if unicodedata.category(c) not in _HIDDEN).strip()


def _stated(invoice: EInvoice) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "date": None if invoice.date is None else invoice.date.isoformat(),
        "seller_names": invoice.seller_names,
        "seller_tax_ids": invoice.seller_tax_ids,
        "currency": invoice.currency,
        "nets": [str(net) for net in invoice.nets],
        "tax": None if invoice.tax is None else str(invoice.tax),
        "total": None if invoice.total is None else str(invoice.total),
    }


def _e_invoice(stated: Any) -> EInvoice:
    return EInvoice(
        _maybe(shown, stated["number"]),
        _maybe(dt.date.fromisoformat, stated["date"]),
        tuple(shown(name) for name in stated["seller_names"][:_MAX_NAMES]),
        tuple(shown(id) for id in stated["seller_tax_ids"][:_MAX_NAMES]),
        _maybe(shown, stated["currency"]),
        tuple(_amount(net) for net in stated["nets"][:_MAX_NAMES]),
        _maybe(_amount, stated["tax"]),
        _maybe(_amount, stated["total"]),
    )


def _maybe(read: Callable[[Any], _T], value: Any) -> _T | None:
    return None if value is None else read(value)


def _amount(text: Any) -> Decimal:
    if not isinstance(text, str) or len(text) > _MAX_DIGITS:
        raise TypeError("digits expected")
    amount = Decimal(text)
    if not amount.is_finite() or amount.adjusted() > _MAX_DIGITS:
        raise ValueError("an amount is finite")
    return amount


def _rows(page: Any) -> Iterator[Row]:
    for row in page:
        yield tuple(Cell(_place(left), _place(right), shown(text)) for left, right, text in row)


def _place(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError("a place on the page expected")
    return float(value)
