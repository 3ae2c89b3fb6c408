"""In the plan flow, proof is handed in within the days that follow the campaign's start.

## What it checks
The first submission, or for a draft today, is not after the last day that the rulebook counts from the campaign's
first day. What is handed in again because the reviewer asked is not late.

## Why
After that day the portal takes no proof of execution for the campaign.

## Example
A campaign that started on 1 September 2026 and proof handed in on 1 March 2027.

## How to fix
Hand in earlier; plan long campaigns in parts.

## Source
R97: Partner Center help on the status of a proof of execution.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Status
from poe_pack.rulebook import LastDay
from poe_pack.rules.base import ClaimContext, Hit, Place
from poe_pack.rules.deadlines._days import handed_in_first, last_day

CODE = "POE702"
NAME = "late-for-plan"
SEVERITY = Severity.ERROR
READS = ("/flow", "/date", "/campaign", "/plan", "/status", "/history", "/submissions", "plan:/campaigns")
CHECKLIST = "dates"
KIND = "plan_claim"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    last, handed_in = _last_day(claim, ctx), handed_in_first(claim, ctx)
    if last is None or handed_in is None or ctx.plan is None or ctx.campaign is None:
        return
    path, day = handed_in
    if day > last.day:
        index = ctx.plan.campaigns.index(ctx.campaign)
        values = {"last": last.day, "campaign": ctx.campaign.id, "start": ctx.campaign.start_date}
        if claim.status is not Status.EDITING:
            values["day"] = day
        related = (Place(ctx.plan.file, f"/campaigns/{index}/start_date"),)
        variant = "expired" if claim.status is Status.EDITING else ""
        path = path if claim.submissions else "/status"
        yield Hit(path, values, variant, related=related, judged_by=last.value.judged_by(ctx.judged_on))


def _last_day(claim: Claim, ctx: ClaimContext) -> LastDay | None:
    return None if ctx.campaign is None else last_day(claim, ctx, KIND, ctx.campaign.start_date)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    last = _last_day(claim, ctx)
    return None if last is None else Words("POE702.compared", {"last": last.day})
