"""A plan that is handed in holds campaigns with activities.

## What it checks
A plan past `editing` has at least one campaign, and each campaign at least one activity.

## Why
The portal asks for a campaign and an activity before a plan can be submitted.

## Example
`status: submitted` with `campaigns: []`.

## How to fix
Add the campaign or activity, or set the plan back to `editing`.

## Source
R08: Microsoft, Create your plan (order of its steps).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Plan, Status
from poe_pack.rules.base import Hit, PlanContext

CODE = "POE202"
NAME = "empty-plan"
SEVERITY = Severity.ERROR
READS = ("/campaigns", "/status")


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    if plan.status in (None, Status.EDITING):
        return
    if not plan.campaigns:
        yield Hit("/campaigns", at_key=True)
    for index, campaign in enumerate(plan.campaigns):
        if not campaign.activities:
            yield Hit(f"/campaigns/{index}/activities", {"campaign": campaign.id}, "activities", at_key=True)
