"""A claim is made under a plan that was approved.

## What it checks
In the plan flow, the plan was approved at some time; for a claim that was handed in, before it was. A plan that was
approved and is edited again, as for a higher limit, has been approved.

## Why
Only what stands in an approved plan is paid.

## Example
A claim handed in on 8 July 2026 under a plan that was approved on 20 July.

## How to fix
Hand the plan in and wait for its approval before the claim. If it was approved, add that to the plan's history.

## Source
R14: Microsoft, Create your plan (payments follow approval); that no claim may be made before is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Flow, Plan, Status
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE214"
NAME = "plan-not-approved"
SEVERITY = Severity.WARNING
READS = ("/flow", "/plan", "/status", "/history", "/submissions", "plan:/status", "plan:/history")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    plan = ctx.plan
    if claim.flow is not Flow.PLAN_MANAGEMENT or plan is None or plan.status is None:
        return
    source = ctx.source("statuses", "plan")
    approved = next((e.at for e in plan.history if e.status is Status.APPROVED and e.at is not None), None)
    if approved is None:
        if plan.status is not Status.APPROVED:  # else its history does not tell since when
            state = {"plan": plan.id, "status": plan.status.value}
            yield Hit("/plan", state, related=_see(plan, "/status"), judged_by=source)
        return
    moment = claim.submitted_at if claim.is_closed else None
    if moment is not None and moment < approved:
        days = {"plan": plan.id, "day": ctx.day(moment), "approved": ctx.day(approved)}
        yield Hit("/plan", days, "later", related=_see(plan, "/history"), judged_by=source)


def _see(plan: Plan, path: str) -> tuple[Place, ...]:
    return (Place(plan.file, path),)
