"""What the reviewer asks is answered soon.

## What it checks
While a claim stands on action required, no question asked since it was last handed in has been without an answer for
more than `answer_days` of poe.yaml. Besides, it is said when the day is near by which claims must be approved.

## Why
The claim waits until somebody answers, and other programmes reject what stays unanswered. What is not approved in
time is lost.

## Example
Asked on 1 November 2026, and no `answer` on 9 November.

## How to fix
Answer, correct the claim and hand it in again.

## Source
R103: practice of other programmes; the days to answer are the house's, the last day for approvals a partner's word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import last_day, window

CODE = "POE710"
NAME = "request-unanswered"
SEVERITY = Severity.WARNING
READS = ("/flow", "/date", "/usage_period", "/status", "/history", "/submissions", "/requests")
CLOCK = True
KIND = "claim_approval"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if claim.status is not Status.ACTION_REQUIRED:
        return
    waiting = list(_unanswered(claim, ctx))
    for path, asked in waiting:
        last = asked + timedelta(days=ctx.settings.answer_days)
        if ctx.today > last:
            values = {"day": asked, "last": last, "days": (ctx.today - last).days}
            yield Hit(path, values, at_key=path != "/status")
    if waiting:
        yield from _near_the_last_approval(claim, ctx)


def _unanswered(claim: Claim, ctx: ClaimContext) -> Iterator[tuple[str, date]]:
    """Place and day of each open question of this round; what older ones lack is told by another rule."""
    handed_in = claim.submitted_at
    rounds = [
        (index, request, request.at)
        for index, request in enumerate(claim.requests)
        if request.at is not None and (handed_in is None or request.at >= handed_in)
    ]
    for index, request, at in rounds:
        if request.answer is None and request.answered_on is None:
            yield f"/requests/{index}/answered_on", ctx.day(at)
    moment = claim.entered(Status.ACTION_REQUIRED)
    if not rounds and moment is not None:
        yield "/status", ctx.day(moment)


def _near_the_last_approval(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    found = window(ctx)
    last = last_day(claim, ctx, KIND, found[0].last if found is not None else None)
    if last is None:
        return
    days = (last.day - ctx.today).days
    if 0 <= days <= ctx.settings.reminder_days:
        source = last.value.judged_by(ctx.judged_on)
        yield Hit("/status", {"last": last.day, "days": days}, "deadline", severity=Severity.INFO, judged_by=source)
