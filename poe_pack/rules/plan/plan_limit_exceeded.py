"""The claims under a plan do not exceed its limit.

## What it checks
Claims that name the plan, in its currency: those handed in (approved ones with the approved amount, rejected ones not
at all), then drafts that have not expired in order of their date. The claim that goes beyond `limit` has the finding.

## Why
Payments under a plan end at its limit; what is claimed beyond it is not paid.

## Example
`limit: "36000.00"` and two claims over 20,000.00 each.

## How to fix
Claim less, or have the plan's limit raised: edit the plan, hand it in again and wait for its approval.

## Source
R13: Microsoft, Create your plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.model import Money, Plan, Status
from poe_pack.rulebook import UnknownValue
from poe_pack.rules._order import turn
from poe_pack.rules.base import ClaimContext, Hit, Place, RepositoryContext

CODE = "POE212"
NAME = "plan-limit-exceeded"
SEVERITY = Severity.WARNING
READS = (
    *("/plan", "/campaign", "/amount", "/currency", "/date", "/usage_period", "/status"),
    *("/history", "/submissions", "/approval", "/limit", "plan:/campaigns"),
)
KIND = "plan_claim"


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    for plan in ctx.plans:
        if plan.limit is not None:
            claims = [context for context in ctx.claims if context.plan is not None and context.plan.file == plan.file]
            yield from _beyond(plan, plan.limit, sorted(claims, key=turn))


def _beyond(plan: Plan, limit: Decimal, claims: list[ClaimContext]) -> Iterator[Hit]:
    left = limit
    for context in claims:
        claim = context.claim
        takes = _takes(context)
        if claim.currency != plan.currency or not takes:
            continue
        if takes > left:
            values = {
                "amount": Money(takes, claim.currency),
                "left": Money(max(left, Decimal(0)), plan.currency),
                "limit": Money(limit, plan.currency),
                "plan": plan.id,
            }
            source = context.source("principles", "plan_limit")
            place = Place(plan.file, "/limit")
            yield Hit("/amount", values, file=claim.file, related=(place,), judged_by=source)
        left -= takes


def _takes(context: ClaimContext) -> Decimal:
    """What the claim takes of the limit: a draft all that it wants to claim, unless that can no longer be done."""
    claim = context.claim
    if claim.status is not Status.EDITING:
        return claim.counted_amount
    return Decimal(0) if _has_expired(context) else claim.amount or Decimal(0)


def _has_expired(context: ClaimContext) -> bool:
    campaign, period, calendar = context.campaign, context.usage_period, context.calendar
    if campaign is not None and campaign.start_date is not None:
        last = calendar.last_day(KIND, context.judged_on, campaign.start_date)
        if last is not None and context.today > last.day:
            return True
    if period is None:
        return False
    try:
        return context.today > calendar.claim_window(period)[0].last
    except UnknownValue:
        return False
