"""An activity has taken place when it is claimed.

## What it checks
`date`, and the last day of `execution_period`, are not after the day of the last submission, nor in a draft after
today. In a draft it may still be open. A date outside its campaign or usage period has that finding instead.

## Why
The date is that of execution: Microsoft pays what was done, not what is planned.

## Example
`date: "2026-10-23"` in a claim that was handed in on 22 October 2026.

## How to fix
Correct the date, or hand in when the activity is over.

## Source
R17: practice; Microsoft, Prepare your proof of execution, calls it the date of execution.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import Claim, DateRange, Flow
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE306"
NAME = "date-in-future"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = (
    *("/flow", "/date", "/execution_period", "/usage_period", "/status", "/history", "/submissions"),
    *("/plan", "/campaign", "plan:/campaigns"),
)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    limit = ctx.handed_in_on if claim.is_closed else ctx.today
    if claim.date is None or limit is None or _is_misplaced(claim.date, ctx):
        return
    path, done = "/date", claim.date
    over = claim.execution_period.last if claim.execution_period is not None else None
    if over is not None and over > done:
        path, done = "/execution_period/to", over
    if done > limit:
        source = ctx.source("principles", "claim_form")
        if claim.is_closed:
            yield Hit(path, {"date": done, "limit": limit}, judged_by=source)
        else:  # without the day it is: tomorrow this is still the same finding
            yield Hit(path, {"date": done}, "draft", judged_by=source)


def _is_misplaced(day: date, ctx: ClaimContext) -> bool:
    """Whether the date lies outside the campaign or usage period: what is wrong with it is said there."""
    if ctx.claim.flow is Flow.CO_OP_MANAGEMENT:
        return ctx.usage_period is not None and day not in ctx.usage_period
    campaign = ctx.campaign
    return campaign is not None and day not in DateRange(campaign.start_date, campaign.end_date)
