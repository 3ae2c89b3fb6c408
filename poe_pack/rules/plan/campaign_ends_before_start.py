"""A campaign ends no earlier than it starts.

## What it checks
`start_date` of a campaign is not after its `end_date`.

## Why
Claims must be dated inside their campaign; inside such a campaign there is no day.

## Example
`start_date: "2026-11-30"` and `end_date: "2026-09-01"`.

## How to fix
Correct the date that is wrong.

## Source
R09: Microsoft, Prepare your proof of execution (implied by its rule on dates).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Plan
from poe_pack.rules.base import Hit, Place, PlanContext

CODE = "POE203"
NAME = "campaign-ends-before-start"
SEVERITY = Severity.ERROR
READS = ("/campaigns",)


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    for index, campaign in enumerate(plan.campaigns):
        start, end = campaign.start_date, campaign.end_date
        if start is not None and end is not None and end < start:
            values = {"campaign": campaign.id, "start": start, "end": end}
            related = (Place(plan.file, f"/campaigns/{index}/start_date"),)
            yield Hit(f"/campaigns/{index}/end_date", values, related=related)
