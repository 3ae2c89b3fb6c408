"""The approval fits what was handed in.

## What it checks
The approved amount and its `reductions` add up to the amount of the last submission. The approval is not older than
that submission. An approval is there when the claim is approved, and only then.

## Why
What was cut without a reason is asked about, and next time avoided; a wrong approved amount makes the fund look
fuller or emptier than it is.

## Example
Handed in for 5,406.38, approved 4,977.89, and a reduction of 400.00.

## How to fix
Copy amount, date and reasons from the portal's decision.

## Source
R90 and R105: Microsoft, View your co-op funds and Manage co-op claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.model import Approval, Claim, Money, Status
from poe_pack.rules.base import ClaimContext, Hit, Place
from poe_pack.rules.workflow._steps import stands_on

CODE = "POE808"
NAME = "approval-differs"
SEVERITY = Severity.ERROR
READS = ("/amount", "/currency", "/status", "/history", "/submissions", "/approval")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if claim.approval is None:
        if stands_on(claim, Status.APPROVED):
            yield Hit("/approval", variant="missing", severity=Severity.WARNING)
        return
    if claim.status is not Status.APPROVED and claim.status is not None:
        yield Hit("/approval", {"status": claim.status.value}, "not_approved", at_key=True)
        return
    yield from _amounts(claim, claim.approval)
    day, handed_in = claim.approval.on, ctx.handed_in_on
    if day is not None and handed_in is not None and day < handed_in:
        yield Hit("/approval/date", {"day": day, "handed_in": handed_in}, "early")


def _amounts(claim: Claim, approval: Approval) -> Iterator[Hit]:
    asked, path = claim.amount, "/amount"
    if claim.submissions:
        asked, path = claim.submissions[-1].amount, f"/submissions/{len(claim.submissions) - 1}/amount"
    if asked is None or approval.amount is None:
        return
    reduced = sum((amount or Decimal(0) for amount, _ in approval.reductions), Decimal(0))
    if approval.amount + reduced != asked:
        values = {
            "approved": Money(approval.amount, claim.currency),
            "reduced": Money(reduced, claim.currency),
            "total": Money(approval.amount + reduced, claim.currency),
            "amount": Money(asked, claim.currency),
        }
        yield Hit("/approval/amount", values, related=(Place(claim.file, path),))
