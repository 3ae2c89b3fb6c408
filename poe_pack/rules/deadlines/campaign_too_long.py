"""A campaign ends while its proof can still be handed in.

## What it checks
The end of each campaign is not after the last day for proof that the rulebook counts from its start.

## Why
Proof is counted from the campaign's first day. Whatever runs after the last day can never be claimed.

## Example
A campaign from 1 September 2026 to 30 June 2027.

## How to fix
Plan it as several campaigns, each with its own start.

## Source
R98: follows from R97, Partner Center help on the status of a proof of execution.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Plan
from poe_pack.rules.base import Hit, Place, PlanContext

CODE = "POE705"
NAME = "campaign-too-long"
SEVERITY = Severity.WARNING
READS = ("/campaigns",)
KIND = "plan_claim"


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    for index, campaign in enumerate(plan.campaigns):
        start, end = campaign.start_date, campaign.end_date
        if start is None or end is None:
            continue
        last = ctx.calendar.last_day(KIND, start, start)
        if last is not None and end > last.day:
            values = {"campaign": campaign.id, "start": start, "end": end, "last": last.day}
            values |= {"days": (end - last.day).days}
            path = f"/campaigns/{index}"
            related = (Place(plan.file, f"{path}/start_date"),)
            yield Hit(f"{path}/end_date", values, related=related, judged_by=last.value.judged_by(start))
