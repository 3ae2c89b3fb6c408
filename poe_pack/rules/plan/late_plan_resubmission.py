"""A plan is handed in again within the days that follow its programme year.

## What it checks
Each submission after the first is not after the last day that the rulebook counts from the end of the programme year.
A plan that the partner has opened again, or was asked to change, has expired after that day. A plan whose first
submission lies outside the year has that finding instead.

## Why
After that day the portal takes no change of the plan, and what it holds then is what is paid.

## Example
A plan of FY26, sent back by Microsoft in June and handed in again on 29 September 2026.

## How to fix
Hand in earlier. A plan that is too late stays as it was approved; ask the partner manager.

## Source
R04: Microsoft, Create your plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import OPEN_TO_PARTNER, Plan
from poe_pack.rules.base import Hit, PlanContext
from poe_pack.rules.plan._year import RESUBMISSION, handed_in, last_day, year_of

CODE = "POE206"
NAME = "late-plan-resubmission"
SEVERITY = Severity.ERROR
READS = ("/program_year", "/status", "/history")


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    year = year_of(plan, ctx.calendar)
    last = None if year is None else last_day(RESUBMISSION, year, ctx.calendar)
    submissions = handed_in(plan, ctx)
    if year is None or last is None or not submissions or submissions[0][1] not in year:
        return
    values, source = {"year": year.label, "last": last.day}, last.value.judged_by(year.first)
    for index, day in submissions[1:]:
        if day > last.day:
            yield Hit(f"/history/{index}/at", {**values, "day": day}, judged_by=source)
    if plan.status in OPEN_TO_PARTNER and ctx.today > last.day:
        yield Hit("/status", values, "expired", judged_by=source)
