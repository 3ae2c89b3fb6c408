"""A dispute is decided in time.

## What it checks
While a claim is disputed, the day is not over by which the rulebook says that a dispute is decided. It is counted
from `dispute.at` or else from the history; business days leave out the `holidays` of poe.yaml.

## Why
A dispute that nobody looks at is as good as lost.

## Example
Disputed on 6 November 2026, and no decision on 16 November.

## How to fix
Ask with a support ticket that names the portal's number of the claim.

## Source
R101: Microsoft, Manage co-op claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import last_day, overdue

CODE = "POE708"
NAME = "dispute-overdue"
SEVERITY = Severity.INFO
READS = ("/flow", "/date", "/status", "/history", "/dispute")
CLOCK = True
KIND = "dispute_review"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    moment = claim.dispute.at if claim.dispute is not None else claim.entered(Status.DISPUTED)
    day = None if moment is None else ctx.day(moment)
    last = last_day(claim, ctx, KIND, day)
    values = overdue(claim, ctx, last)
    if last is not None and values is not None:
        yield Hit("/status", {**values, "day": day}, judged_by=last.value.judged_by(ctx.judged_on))
