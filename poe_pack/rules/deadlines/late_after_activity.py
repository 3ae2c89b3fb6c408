"""A claim is handed in soon after its activity.

## What it checks
The first submission, or for a draft today, is not after the day that the rulebook advises from the date of the
activity. Once the claim cannot be handed in at all, POE701 or POE702 says so instead.

## Why
The programme's help asks for claims soon after the activity; later ones are looked at more closely, and proof is
harder to come by.

## Example
A seminar of 17 September 2026 whose claim is still a draft on 2 November 2026.

## How to fix
Hand in the claim. It is not refused for that alone.

## Source
R96: Partner Center help on the status of a proof of execution.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import closing, handed_in_first, last_day

CODE = "POE704"
NAME = "late-after-activity"
SEVERITY = Severity.WARNING
READS = (
    *("/flow", "/usage_period", "/date", "/campaign", "/plan", "/status", "/history", "/submissions"),
    "plan:/campaigns",
)
KIND = "advised_claim"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    last, closes, handed_in = last_day(claim, ctx, KIND, claim.date), closing(claim, ctx), handed_in_first(claim, ctx)
    if last is None or handed_in is None:
        return
    path, day = handed_in
    if day > last.day and (closes is None or day <= closes.day):
        is_draft = claim.status is Status.EDITING
        values: dict[str, Any] = {"date": claim.date, "last": last.day}
        values |= {"days": (day - last.day).days} if is_draft else {"day": day}
        source = last.value.judged_by(ctx.judged_on)
        yield Hit("/date" if is_draft else path, values, "draft" if is_draft else "", judged_by=source)
