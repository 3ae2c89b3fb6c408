"""What the status of a payment says."""

from __future__ import annotations

from poe_pack.model import Payment
from poe_pack.rulebook import Rulebook


def was_made(payment: Payment, book: Rulebook) -> bool:
    """Whether money arrived: so it is with a status that says so, and with one that the rulebook does not know."""
    status = _folded(payment.status or "")
    for id in book.ids("payment_statuses"):
        entry = book.entry("payment_statuses", id) or {}
        if status in {_folded(name) for name in entry["names"].values()}:
            return bool(entry.get("paid"))
    return True


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
