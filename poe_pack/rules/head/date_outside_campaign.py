"""The date of execution lies inside the campaign.

## What it checks
In the plan flow, `date` is not before the campaign's first day and not after its last.

## Why
The portal refuses any other date.

## Example
`date: "2026-12-01"` under a campaign that ends on 30 November 2026.

## How to fix
Correct the date, or move the claim to the campaign in which the activity took place.

## Source
R16: Microsoft, Prepare your proof of execution.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, DateRange
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE301"
NAME = "date-outside-campaign"
SEVERITY = Severity.ERROR
READS = ("/flow", "/date", "/plan", "/campaign", "plan:/campaigns")
CHECKLIST = "dates"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    campaign = ctx.campaign
    if campaign is None or ctx.plan is None or claim.date is None:
        return
    start, end = campaign.start_date, campaign.end_date
    if start is not None and end is not None and start > end:
        return  # no day is inside; the plan has that finding
    if claim.date not in DateRange(start, end):
        index = ctx.plan.campaigns.index(campaign)
        values = {"date": claim.date, "campaign": campaign.id, "start": start, "end": end}
        related = (Place(ctx.plan.file, f"/campaigns/{index}/start_date"),)
        yield Hit("/date", values, related=related, judged_by=ctx.source("principles", "claim_form"))


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    if ctx.campaign is None:
        return None
    return Words("POE301.compared", {"start": ctx.campaign.start_date, "end": ctx.campaign.end_date})
