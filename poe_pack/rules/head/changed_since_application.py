"""The activity took place as it was applied for.

## What it checks
Where the rulebook says that a change takes a new application, the claim's activity type, first day, place and audience
equal those under `pre_approval: applied_for`. What either side leaves out is not compared.

## Why
An approval holds for the activity that was described; another one was never approved.

## Example
Applied for a workshop in Johannesburg that begins on 10 September 2026; held in Pretoria on 17 September.

## How to fix
Apply again before the activity, and copy the new application and its approval. Correct what was copied wrongly.

## Source
Huawei Cloud, Submitting an MDF application (page apb_060001).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import AppliedFor, Claim
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE326"
NAME = "changed-since-application"
SEVERITY = Severity.ERROR
READS = ("/date", "/execution_period", "/activity_type", "/event", "/pre_approval")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    value = ctx.value("amendments")
    applied = claim.pre_approval.applied_for if claim.pre_approval is not None else None
    if value is None or applied is None:
        return
    for field in value.fields["fields"]:
        path, planned, actual = _sides(field, applied, claim, ctx)
        if planned is not None and actual is not None and _folded(planned) != _folded(actual):
            related = (Place(claim.file, f"/pre_approval/applied_for/{field}"),)
            values = {"planned": planned, "actual": actual}
            yield Hit(path, values, field, related=related, judged_by=value.judged_by(ctx.judged_on))


def _sides(
    field: str, applied: AppliedFor, claim: Claim, ctx: ClaimContext
) -> tuple[str, str | date | None, str | date | None]:
    """Where the claim says a field, what was applied for, and what the claim says."""
    if field == "activity_type":
        return "/activity_type", applied.activity_type, claim.activity_type
    if field == "start_date":
        path = "/date" if claim.execution_period is None else "/execution_period/from"
        return path, applied.start_date, ctx.first_day
    if field == "place":
        return "/event/place", applied.place, claim.event.place if claim.event is not None else None
    return "/event/audience", applied.audience, claim.event.audience if claim.event is not None else None


def _folded(value: str | date) -> str:
    return " ".join(str(value).casefold().split())
