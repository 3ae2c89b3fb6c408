"""Payments fit the approval.

## What it checks
Payments in the claim's currency add up to no more than was approved, and none is older than the approval. A claim
that is not approved has no payment. Payments that failed or were taken back do not count.

## Why
Money that was paid by mistake is taken back, often from the next claim.

## Example
Approved 4,977.89, paid 5,406.38.

## How to fix
Compare with the portal's payments; a payment for another claim belongs there.

## Source
R90 and R102: Microsoft, View your co-op funds and Manage co-op claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.model import Approval, Claim, Money, Payment, Status
from poe_pack.rules.base import ClaimContext, Hit, Place
from poe_pack.rules.workflow._payments import was_made

CODE = "POE809"
NAME = "payment-differs"
SEVERITY = Severity.WARNING
READS = ("/currency", "/status", "/approval", "/payments")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    made = [(index, payment) for index, payment in enumerate(claim.payments) if was_made(payment, ctx.book)]
    if claim.approval is not None:
        yield from _beyond(claim, claim.approval, made)
        yield from _early(claim, claim.approval, made)
    elif made and claim.status is not None and claim.status is not Status.APPROVED:
        values = {"status": claim.status.value}
        yield Hit(f"/payments/{made[0][0]}/amount", values, "not_approved", severity=Severity.ERROR)


def _beyond(claim: Claim, approval: Approval, made: list[tuple[int, Payment]]) -> Iterator[Hit]:
    """The payment with which more is paid than was approved."""
    paid = Decimal(0)
    for index, payment in made:
        if payment.currency not in (None, claim.currency) or payment.amount is None or approval.amount is None:
            continue
        paid += payment.amount
        if paid > approval.amount:
            values = {"paid": Money(paid, claim.currency), "approved": Money(approval.amount, claim.currency)}
            related = (Place(claim.file, "/approval/amount"),)
            yield Hit(f"/payments/{index}/amount", values, "more", related=related)
            return


def _early(claim: Claim, approval: Approval, made: list[tuple[int, Payment]]) -> Iterator[Hit]:
    for index, payment in made:
        if payment.on is not None and approval.on is not None and payment.on < approval.on:
            values = {"day": payment.on, "approved_on": approval.on}
            related = (Place(claim.file, "/approval/date"),)
            yield Hit(f"/payments/{index}/date", values, "early", related=related)
