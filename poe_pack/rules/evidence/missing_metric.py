"""Every figure of success that the activity type demands is there.

## What it checks
Each metric of the rulebook on the claim's date is given under `metrics` (or in the claim's field for it), and is a
whole number where a count is asked for. A metric that the rulebook does not know is a finding too.

## Why
A claim without its figures goes back to the partner.

## Example
A customer seminar without `registered_guest_count`.

## How to fix
Add the metric, for example `metrics: {registered_guest_count: 118}`.

## Source
R74: Microsoft, Core requirements (metrics).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE520"
NAME = "missing-metric"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/metrics", "/estimated_impressions", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    unknown = [id for id in claim.metrics if id not in ctx.book.ids("metrics")]
    for id in unknown:
        known = ctx.book.ids("metrics")
        nearest = difflib.get_close_matches(id, known, n=1)
        values: dict[str, object] = {
            "id": id,
            "expected": tuple(sorted(known)),
            "nearest": nearest[0] if nearest else "",
        }
        yield Hit(f"/metrics/{id}", values, "unknown", at_key=True)
    if ctx.needs is None or ctx.needs.metrics is None or unknown:
        return
    source = ctx.needs.activity.judged_by(ctx.judged_on, "metrics")
    for id, value in claim.metrics.items():
        counts = (ctx.book.entry("metrics", id) or {}).get("kind") == "count"
        if counts and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            yield Hit(f"/metrics/{id}", {"metric": ctx.book.name("metrics", id)}, "not_a_count", judged_by=source)
    present = frozenset(given_metrics(claim, ctx))
    for need in ctx.needs.metrics:
        if not need.is_met(present):
            names = tuple(ctx.book.name("metrics", id) for id in need.ids)
            values = {"metric": names, "id": need.ids[0]}
            yield Hit("/metrics", values, at_key=True, judged_by=source)


def given_metrics(claim: Claim, ctx: ClaimContext) -> Iterator[str]:
    """Ids of the metrics that a claim gives, under `metrics` or in a field of its own."""
    yield from (id for id, value in claim.metrics.items() if value not in (None, "", []))
    for id in ctx.book.ids("metrics"):
        field = (ctx.book.entry("metrics", id) or {}).get("claim_field")
        if field is not None and getattr(claim, field, None) is not None:
            yield id
