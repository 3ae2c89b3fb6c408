"""The portal's field for people reached is filled where reach is what counts.

## What it checks
`estimated_impressions` is given where the activity type asks for the estimated reach and the claim gives that only
under `metrics`.

## Why
The portal has one field for it, and a reviewer looks there.

## Example
`metrics: {estimated_reach: 4200}` without `estimated_impressions: 4200`.

## How to fix
Add `estimated_impressions`.

## Source
R19: Microsoft, Prepare your proof of execution; Core requirements (metrics).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE305"
NAME = "missing-impressions"
SEVERITY = Severity.WARNING
READS = ("/estimated_impressions", "/metrics", "/activity_type", "/date")
FIELD = "estimated_impressions"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.needs is None or claim.estimated_impressions is not None:
        return
    for need in ctx.needs.metrics or ():
        for id in need.ids:
            entry = ctx.book.entry("metrics", id) or {}
            if entry.get("claim_field") == FIELD and id in claim.metrics:
                source = ctx.needs.activity.judged_by(ctx.judged_on, "metrics")
                yield Hit(f"/{FIELD}", {"metric": id}, judged_by=source)
