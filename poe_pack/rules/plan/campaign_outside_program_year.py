"""A campaign lies within the programme year of its plan.

## What it checks
`start_date` and `end_date` of each campaign lie within `program_year`. A campaign that ends before it starts has that
finding instead.

## Why
A plan is paid from the money of its year; what takes place outside it belongs into another year's plan.

## Example
A campaign from 30 June 2026 in a plan of FY27, which begins on 1 July.

## How to fix
Correct the dates, or move the campaign, or the part of it that lies outside, to the other year's plan.

## Source
R10: practice, inferred; no page says so in as many words, so this warns.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Plan
from poe_pack.rules.base import Hit, Place, PlanContext
from poe_pack.rules.plan._year import year_of

CODE = "POE209"
NAME = "campaign-outside-program-year"
SEVERITY = Severity.WARNING
READS = ("/program_year", "/campaigns")


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    year = year_of(plan, ctx.calendar)
    if year is None:
        return
    for index, campaign in enumerate(plan.campaigns):
        start, end = campaign.start_date, campaign.end_date
        if start is None or end is None or end < start:
            continue
        values = {"campaign": campaign.id, "year": year.label, "first": year.first, "last": year.last}
        related = (Place(plan.file, "/program_year"),)
        if start not in year:
            yield Hit(f"/campaigns/{index}/start_date", {**values, "day": start}, related=related)
        elif end not in year:
            yield Hit(f"/campaigns/{index}/end_date", {**values, "day": end}, "end", related=related)
