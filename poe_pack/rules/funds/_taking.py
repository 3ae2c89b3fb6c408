"""What claims take from their fund, and in which order."""

from __future__ import annotations

from decimal import Decimal

from poe_pack.model import Period, Status
from poe_pack.rules.base import ClaimContext
from poe_pack.rules.deadlines._days import window


def draws_on(context: ClaimContext) -> tuple[str, str, str]:
    """Program, location and usage period that a claim draws on; the period follows from the date if not written."""
    claim, period = context.claim, context.usage_period
    return (claim.program, claim.location or "", period.label if period else "")


def takes(context: ClaimContext) -> Decimal:
    """What a claim takes, in its currency: a draft its amount while it can still be handed in, others what counts."""
    claim = context.claim
    if claim.status is not Status.EDITING:
        return claim.counted_amount
    return Decimal(0) if is_expired(context) else claim.amount or Decimal(0)


def is_open_draft(context: ClaimContext) -> bool:
    """Whether this is a draft that can still be handed in."""
    return context.claim.status is Status.EDITING and not is_expired(context)


def is_expired(context: ClaimContext) -> bool:
    """Whether this is a draft whose claim window has closed."""
    if context.claim.status is not Status.EDITING:
        return False
    window = claim_window(context)
    return window is not None and context.today > window.last


def claim_window(context: ClaimContext) -> Period | None:
    """When the claim may be handed in, or None where that is not known."""
    found = window(context)
    return None if found is None else found[0]
