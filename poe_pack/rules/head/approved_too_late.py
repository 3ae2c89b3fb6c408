"""Where Microsoft must approve material first, it did so before the activity.

## What it checks
Each stage that the rulebook asks for lies before the first day of the activity (or, where the rulebook says so,
before the claim was handed in). The same day is too late.

## Why
Approval afterwards does not count: the material was already out.

## Example
`final_review_on: "2026-10-05"` for a spot that ran from 5 October 2026.

## How to fix
Correct the day if it was copied wrongly. Otherwise the activity cannot be claimed.

## Source
R32: Microsoft, Core requirements (TV/radio: approval and final review before the activity).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, Place
from poe_pack.rules.head._stages import stages_of

CODE = "POE321"
NAME = "approved-too-late"
SEVERITY = Severity.ERROR
READS = ("/activity_type", "/date", "/execution_period", "/pre_approval", "/history", "/submissions")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.needs is None or ctx.needs.pre_approval is None:
        return
    path, day = _first_day(claim)
    # The rulebook names the day that approval must come before as it names the days of its deadlines.
    day = {"activity_date": day, "submitted": ctx.handed_in_on}.get(ctx.needs.pre_approval.before)
    if day is None:
        return
    source = ctx.needs.activity.judged_by(ctx.judged_on, "pre_approval")
    for key, passed in stages_of(claim, ctx):
        if passed is not None and passed >= day:
            values = {"key": key, "passed": passed, "day": day}
            yield Hit(f"/pre_approval/{key}", values, related=(Place(claim.file, path),), judged_by=source)


def _first_day(claim: Claim) -> tuple[str, date | None]:
    """First day of the activity and its place in the claim."""
    if claim.execution_period is not None and claim.execution_period.first is not None:
        return "/execution_period/from", claim.execution_period.first
    return "/date", claim.date
