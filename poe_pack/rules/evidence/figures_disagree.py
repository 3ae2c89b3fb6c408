"""Figures of success agree with each other.

## What it checks
A figure that is a part of another is not larger than it: attendees against registered guests, successful contacts
against calls, names on a list against attendees. A figure that stands in the claim's own field and under `metrics` is
the same in both.

## Why
Reviewers compare them, and figures that cannot be true make the rest doubtful.

## Example
`metrics: {registered_guest_count: 118, attendee_count: 130}`

## How to fix
Correct the one that is wrong.

## Source
R75: partners' guides to proof of execution: the audience agrees with plan and evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE521"
NAME = "figures-disagree"
SEVERITY = Severity.WARNING
READS = ("/metrics", "/estimated_impressions")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for id, value in claim.metrics.items():
        entry = ctx.book.entry("metrics", id) or {}
        whole, part = entry.get("at_most", ""), _count(value)
        most = _count(claim.metrics.get(whole))
        if part is not None and most is not None and part > most:
            values = {**_names(ctx, metric=id, whole=whole), "value": part, "most": most}
            yield Hit(f"/metrics/{id}", values, related=(Place(claim.file, f"/metrics/{whole}"),))
        field = entry.get("claim_field")
        own = _count(getattr(claim, field, None)) if field is not None else None
        if part is not None and own is not None and part != own:
            values = {**_names(ctx, metric=id), "field": field, "value": part, "own": own}
            yield Hit(f"/metrics/{id}", values, "field", related=(Place(claim.file, f"/{field}"),))


def _count(value: object) -> int | None:
    """A whole number, or how many are on a list; None where neither is given."""
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, int) else None


def _names(ctx: ClaimContext, **ids: str) -> dict[str, object]:
    return {key: ctx.book.name("metrics", id) for key, id in ids.items()}
