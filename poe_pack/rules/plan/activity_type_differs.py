"""A claim is filed under the activity type that was planned.

## What it checks
`activity_type` of a claim equals that of its planned activity. A type that the rulebook does not know, in the claim or
in the plan, has a finding of its own.

## Why
Filing under the wrong activity is among the most frequent grounds for refusal.

## Example
The plan says `customer_seminar_bootcamp`, the claim `digital_advertising`.

## How to fix
Correct the claim, or plan the activity under its right type.

## Source
R12 and R25; Microsoft, help on co-op claims (refusal grounds).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE213"
NAME = "activity-type-differs-from-plan"
SEVERITY = Severity.ERROR
READS = ("/activity_type", "/date", "/plan", "/campaign", "/activity", "plan:/campaigns")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.activity is None or ctx.needs is None:
        return
    planned = ctx.activity.activity_type
    if planned != claim.activity_type and planned in ctx.book.ids("activity_types"):
        yield Hit("/activity_type", {"type": claim.activity_type, "planned": planned})
