"""Every figure of success that the activity type demands is there.

## What it checks
Each metric of the rulebook on the claim's date is given: under `metrics`, in the claim's field for it, or by a proof
document of the kind that holds it. It is a whole number where a count is asked for, an amount where a cost is, and a
list or the number of people where a list is. A metric that the rulebook does not know is a finding too.

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
import re
from collections.abc import Iterator
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE520"
NAME = "missing-metric"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/metrics", "/estimated_impressions", "/proof_documents", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    unknown = [id for id in claim.metrics if id not in ctx.book.ids("metrics")]
    for id in unknown:
        known = ctx.book.ids("metrics")
        nearest = difflib.get_close_matches(id, known)
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
        variant = _fault((ctx.book.entry("metrics", id) or {}).get("kind"), value)
        if variant:
            yield Hit(f"/metrics/{id}", {"metric": ctx.book.name("metrics", id)}, variant, judged_by=source)
    present = frozenset(given_metrics(claim, ctx))
    for need in ctx.needs.metrics:
        if not need.is_met(present):
            names = tuple(ctx.book.name("metrics", id) for id in need.ids)
            values = {"metric": names, "id": need.ids[0]}
            yield Hit("/metrics", values, at_key=True, judged_by=source)


def given_metrics(claim: Claim, ctx: ClaimContext) -> Iterator[str]:
    """Ids of the metrics that a claim gives: under `metrics`, in a field of its own, or by a proof document."""
    yield from (id for id, value in claim.metrics.items() if value not in (None, "", []))
    for id in ctx.book.ids("metrics"):
        entry = ctx.book.entry("metrics", id) or {}
        field, kind = entry.get("claim_field"), entry.get("proved_by")
        if field is not None and getattr(claim, field, None) is not None:
            yield id
        if kind is not None and any(proof.evidence == kind and proof.proves for proof in claim.proof_documents):
            yield id


def _fault(kind: str | None, value: object) -> str:
    """What is wrong with the form of a value of that kind, as a variant of the message; empty where nothing is."""
    if kind == "count":
        return "" if isinstance(value, int) else "not_a_count"
    if kind == "money":
        is_amount = isinstance(value, int | Decimal) or (
            isinstance(value, str) and re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) is not None
        )
        return "" if is_amount else "not_an_amount"
    if kind == "list":
        return "" if isinstance(value, int | list) else "not_a_list"
    return ""
