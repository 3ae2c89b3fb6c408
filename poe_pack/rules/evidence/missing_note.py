"""Every proof document has its explanatory note.

## What it checks
`note` of each proof document is there and not blank.

## Why
The portal does not save a proof document without an explanatory note.

## Example
`- {evidence: event_agenda, files: [evidence/agenda.pdf]}`

## How to fix
Say in a sentence what the file shows.

## Source
R60: Microsoft, Prepare your proof of execution.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE501"
NAME = "missing-note"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/proof_documents",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for i, proof in enumerate(claim.proof_documents):
        if not (proof.note or "").strip():
            source = ctx.source("principles", "claim_form")
            path = f"/proof_documents/{i}/note"
            yield Hit(
                path, {"evidence": ctx.book.name("evidence_kinds", proof.evidence)}, at_key=True, judged_by=source
            )
