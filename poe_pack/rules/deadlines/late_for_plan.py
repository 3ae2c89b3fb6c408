"""In the plan flow, proof is handed in within the days that follow the campaign's start.

## What it checks
The last submission, or for a draft today, is not after the last day that the rulebook counts from the campaign's
first day.

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
from poe_pack.model import Claim, Flow
from poe_pack.rulebook.calendar import LastDay
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE702"
NAME = "late-for-plan"
SEVERITY = Severity.ERROR
READS = ("/flow", "/date", "/campaign", "/plan", "/status", "/history", "/submissions", "plan:/campaigns")
CHECKLIST = "dates"
KIND = "plan_claim"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    last = _last_day(claim, ctx)
    if last is None or ctx.plan is None or ctx.campaign is None:
        return
    day = ctx.handed_in_on if claim.is_closed else ctx.today
    if day is not None and day > last.day:
        index = ctx.plan.campaigns.index(ctx.campaign)
        values = {"last": last.day, "campaign": ctx.campaign.id, "start": ctx.campaign.start_date}
        path = f"/submissions/{len(claim.submissions) - 1}/at" if claim.is_closed and claim.submissions else "/status"
        related = (Place(ctx.plan.file, f"/campaigns/{index}/start_date"),)
        if claim.is_closed:
            values["day"] = day
        variant = "" if claim.is_closed else "expired"
        yield Hit(path, values, variant, related=related, judged_by=last.value.judged_by(ctx.judged_on))


def _last_day(claim: Claim, ctx: ClaimContext) -> LastDay | None:
    if claim.flow is not Flow.PLAN_MANAGEMENT or ctx.campaign is None or ctx.campaign.start_date is None:
        return None
    days = ctx.calendar.last_days(ctx.judged_on, claim.flow.value, {"campaign_start": ctx.campaign.start_date})
    return next((last for last in days if last.kind == KIND), None)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    last = _last_day(claim, ctx)
    return None if last is None else Words("POE702.compared", {"last": last.day})
