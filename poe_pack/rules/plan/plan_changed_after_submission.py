"""A plan that was handed in stays as it was handed in.

## What it checks
In git, the content of a plan that is submitted, under review, approved or rejected is that of the commit which first
held its last submission. Status, history, the portal's number and the limit that the vendor sets do not count.

## Why
Claims are paid for what was planned and approved, not for what the file says later.

## Example
A campaign's `end_date` is moved by a month after the plan was approved.

## How to fix
Put the plan back, or have it set to editing in the portal, record that in `history`, change it and submit it again.

## Source
R05: Create your plan; a submitted plan cannot be edited until it is returned.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import CLOSED, Plan
from poe_pack.model.frozen import first_change
from poe_pack.rules.base import Hit, PlanContext

CODE = "POE207"
NAME = "plan-changed-after-submission"
SEVERITY = Severity.ERROR
READS = ("",)


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    submitted = ctx.history.handed_in() if plan.status in CLOSED else None
    if submitted is None:
        return
    key = first_change(submitted.data, ctx.history.now)
    if key is not None:
        yield Hit(f"/{key}", {"key": key, "commit": submitted.commit[:12]}, at_key=True)
