"""Screenshots and photos were taken while the activity ran.

## What it checks
`captured_on` of a proof document lies in the campaign; in the co-op flow in the usage period.

## Why
A screenshot of a later day may show another advert, and a reviewer cannot tell what ran when.

## Example
A campaign that ends on 30 November 2026, and a screenshot with `captured_on: "2026-12-04"`.

## How to fix
Correct the day, or add a piece from the time of the activity.

## Source
R76: partners' guides to proof of execution: evidence bears a date within the activity's time.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.evidence._window import claimed_under

CODE = "POE543"
NAME = "captured-outside"
SEVERITY = Severity.WARNING
READS = ("/proof_documents", "/flow", "/plan", "/campaign", "/date", "/usage_period", "plan:/campaigns")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    window = claimed_under(claim, ctx)
    if window is None:
        return
    variant, first, last = window
    for i, proof in enumerate(claim.proof_documents):
        if proof.captured_on is not None and not first <= proof.captured_on <= last:
            name = ctx.book.name("evidence_kinds", proof.evidence)
            values = {"evidence": name, "date": proof.captured_on, "first": first, "last": last}
            yield Hit(f"/proof_documents/{i}/captured_on", values, variant)
