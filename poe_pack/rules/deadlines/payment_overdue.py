"""An approved claim is paid in time.

## What it checks
While no payment of an approved claim has arrived, the day is not over by which the rulebook says that it is paid: as
counted from the approval, or from the approval of the tax invoice where one was sent. A tax invoice that is not
approved yet holds the payment back. A payment that failed is none.

## Why
Payments get stuck in bank and tax profiles, and nobody tells.

## Example
Approved on 1 September 2026, and no payment by the middle of November.

## How to fix
Look at bank and tax profile in the portal; then ask with a support ticket.

## Source
R102: Microsoft, Manage co-op claims; Create your plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rulebook import LastDay
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import last_day, overdue
from poe_pack.rules.workflow._payments import was_made

CODE = "POE709"
NAME = "payment-overdue"
SEVERITY = Severity.INFO
READS = ("/flow", "/date", "/status", "/history", "/approval", "/payments")
CLOCK = True
KINDS = ("tax_invoice_payment", "co_op_payment", "plan_payment")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if any(was_made(payment, ctx.book) for payment in claim.payments):
        return
    found = _last_day(claim, ctx)
    if found is None:
        return
    last, day = found
    values = overdue(claim, ctx, last)
    if values is not None:
        path = "/status" if claim.approval is None else "/approval"
        variant = "tax_invoice" if last.kind == KINDS[0] else ""
        source = last.value.judged_by(ctx.judged_on)
        yield Hit(path, {**values, "day": day}, variant, at_key=claim.approval is not None, judged_by=source)


def _last_day(claim: Claim, ctx: ClaimContext) -> tuple[LastDay, date] | None:
    """The last day for the payment and the day that it is counted from."""
    invoice = claim.approval.tax_invoice if claim.approval is not None else None
    if invoice is not None and invoice.approved_on is None:
        return None
    anchors = (invoice.approved_on if invoice is not None else None, *[_approved_on(claim, ctx)] * 2)
    for kind, anchor in zip(KINDS, anchors, strict=True):
        last = last_day(claim, ctx, kind, anchor)
        if last is not None and anchor is not None:
            return last, anchor
    return None


def _approved_on(claim: Claim, ctx: ClaimContext) -> date | None:
    if claim.approval is not None:
        return claim.approval.on
    moment = claim.entered(Status.APPROVED)
    return None if moment is None else ctx.day(moment)
