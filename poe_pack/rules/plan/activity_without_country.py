"""A planned activity names the countries it takes place in.

## What it checks
In a plan past `editing`, each activity has at least one of `countries`.

## Why
The portal asks where an activity takes place; a plan of which that is unknown here was not copied whole.

## Example
`{id: seminar, name: Seminar, activity_type: customer_seminar_bootcamp}`

## How to fix
Add `countries:` with the two capital letters of each.

## Source
R11: Microsoft, Create your plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Plan, Status
from poe_pack.rules.base import Hit, PlanContext
from poe_pack.rules.plan._year import principle, year_of

CODE = "POE211"
NAME = "activity-without-country"
SEVERITY = Severity.WARNING
READS = ("/campaigns", "/program_year", "/status")


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    if plan.status in (None, Status.EDITING):
        return
    year = year_of(plan, ctx.calendar)
    source = None if year is None else principle(ctx.book, year, "plan_countries")
    for c, campaign in enumerate(plan.campaigns):
        for a, activity in enumerate(campaign.activities):
            if not activity.countries:
                path = f"/campaigns/{c}/activities/{a}/countries"
                yield Hit(path, {"activity": activity.id, "campaign": campaign.id}, at_key=True, judged_by=source)
