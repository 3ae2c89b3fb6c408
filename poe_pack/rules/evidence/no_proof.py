"""A claim has at least one piece of proof, even where no source says which.

## What it checks
Where the rulebook knows no evidence that the activity type demands, at least one proof document has a file, an
address, or the place where it is kept outside.

## Why
A reviewer who has nothing to look at refuses. What exactly is asked for, no source that could be read says.

## Example
A claim of `social_media_marketing` with an invoice and no proof documents.

## How to fix
Add what shows that the activity took place: screenshots, photos, the piece itself.

## Source
R62: Microsoft, Partner Incentives Experience training (about 2015).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE512"
NAME = "no-proof"
SEVERITY = Severity.WARNING
READS = ("/proof_documents", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    # What a combining type needs hangs on its tactics: if it names none, that is the finding.
    if ctx.needs is None or ctx.needs.evidence or ctx.needs.combines:
        return
    if not any(proof.proves for proof in claim.proof_documents):
        values = {"type": ctx.book.name("activity_types", claim.activity_type)}
        source = ctx.source("principles", "proof_of_each")
        yield Hit("/proof_documents", values, at_key=True, judged_by=source)
