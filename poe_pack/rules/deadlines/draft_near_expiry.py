"""A draft is handed in before its last day is near.

## What it checks
For a draft, more days than `reminder_days` of poe.yaml are left until its claim window closes or, where that is
earlier, until the last day for proof under its plan. The last day itself counts as 0 days left.

## Why
An expired draft is money lost, and the portal only shows an icon.

## Example
A draft of FY27 H1 on 5 February 2027: ten days are left.

## How to fix
Complete the claim and hand it in.

## Source
R99: Partner Center help on the status of a proof of execution. How many days before is the house's to decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import closing

CODE = "POE706"
NAME = "draft-near-expiry"
SEVERITY = Severity.WARNING
READS = ("/flow", "/usage_period", "/date", "/campaign", "/plan", "/status", "plan:/campaigns")
CLOCK = True


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    closes = closing(claim, ctx)
    if closes is None or claim.status is not Status.EDITING:
        return
    days = (closes.day - ctx.today).days
    if 0 <= days <= ctx.settings.reminder_days:
        yield Hit("/status", {"last": closes.day, "days": days}, judged_by=closes.judged_by)
