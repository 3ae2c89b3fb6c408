"""An activity is applied for long enough before it begins.

## What it checks
Where the rulebook says how long before the activity its application must be there, `pre_approval: requested_on` is not
later, or `late_reason` says why. Business days leave out the `holidays` of poe.yaml.

## Why
A late application without a reason is turned down, and what was not approved is not paid.

## Example
Applied for on 7 September 2026 for a workshop that began on 17 September, with ten business days asked for.

## How to fix
Apply earlier. If there was a reason, write it as the portal has it under `late_reason`.

## Source
Huawei Cloud, Submitting an MDF application (page apb_060001).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim
from poe_pack.rulebook import LastDay
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE714"
NAME = "late-application"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/date", "/execution_period", "/pre_approval")
CHECKLIST = "dates"
KIND = "application"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    last, approval = _last(ctx), claim.pre_approval
    if last is None or approval is None:
        return
    path, source = "/pre_approval/requested_on", last.value.judged_by(ctx.judged_on)
    values = {"begins": ctx.first_day, "last": last.day}
    if approval.requested_on is None:
        yield Hit(path, values, "missing", at_key=True, judged_by=source)
    elif approval.requested_on > last.day and not approval.late_reason:
        yield Hit(path, {**values, "day": approval.requested_on}, judged_by=source)


def _last(ctx: ClaimContext) -> LastDay | None:
    begins = ctx.first_day
    return None if begins is None else ctx.calendar.lead_day(KIND, ctx.judged_on, begins)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    last = _last(ctx)
    return None if last is None or claim.pre_approval is None else Words("POE714.compared", {"last": last.day})
