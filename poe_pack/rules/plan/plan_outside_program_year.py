"""A plan is handed in for the first time within its programme year.

## What it checks
The first submission in `history` lies within `program_year`, in the repository's time zone. A draft that was never
handed in has expired when that year is over.

## Why
After the programme year the portal takes no new plan for it, and without a plan there is no claim under it.

## Example
A plan of FY26 (July 2025 to June 2026) handed in for the first time on 1 July 2026.

## How to fix
Correct the programme year, or plan the campaigns in the year that runs now.

## Source
R03: Microsoft, Create your plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Plan, Status
from poe_pack.rules.base import Hit, PlanContext
from poe_pack.rules.plan._year import SUBMISSION, handed_in, last_day, year_of

CODE = "POE205"
NAME = "plan-outside-program-year"
SEVERITY = Severity.ERROR
READS = ("/program_year", "/status", "/history")


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    year = year_of(plan, ctx.calendar)
    last = None if year is None else last_day(SUBMISSION, year, ctx.calendar)
    if year is None or last is None:
        return
    values = {"year": year.label, "first": year.first, "last": last.day}
    submissions = handed_in(plan, ctx)
    if not submissions:
        if plan.status is Status.EDITING and ctx.today > last.day:
            yield Hit("/status", values, "expired", judged_by=last.value.judged_by(year.first))
        return
    index, day = submissions[0]
    if day < year.first or day > last.day:
        variant = "early" if day < year.first else ""
        source = last.value.judged_by(year.first)
        yield Hit(f"/history/{index}/at", {**values, "day": day}, variant, judged_by=source)
