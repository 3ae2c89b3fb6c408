"""A claim names a plan, campaign and planned activity that exist.

## What it checks
`plan`, `campaign` and `activity` of a claim are ids of a plan of the same partner, of a campaign in it and of an
activity in that.

## Why
In Plan Management a claim is added to a planned activity. Dates and limits come from there.

## Example
`campaign: azure-migration-autum` where the plan has `azure-migration-autumn`.

## How to fix
Use an id that the message names, or add the campaign or activity to the plan.

## Source
R25 and the steps of Microsoft, Prepare your proof of execution.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE210"
NAME = "unknown-plan"
SEVERITY = Severity.ERROR
READS = ("/plan", "/campaign", "/activity", "plan:/campaigns")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if claim.plan is None or not ctx.plan_is_readable:
        return  # in other flows a plan is refused already
    if ctx.plan is None:
        yield Hit("/plan", {"id": claim.plan})
    elif ctx.campaign is None:
        yield Hit("/campaign", _values(claim.campaign, (c.id for c in ctx.plan.campaigns)), "campaign")
    elif ctx.activity is None:
        yield Hit("/activity", _values(claim.activity, (a.id for a in ctx.campaign.activities)), "activity")


def _values(id: str | None, known: Iterable[str]) -> dict[str, object]:
    expected = tuple(sorted(known))
    nearest = difflib.get_close_matches(id or "", expected)
    return {"id": id or "", "expected": expected or ("none",), "nearest": nearest[0] if nearest else ""}
