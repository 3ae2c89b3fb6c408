"""Every kind of evidence that the activity type demands is there.

## What it checks
For each requirement of the rulebook on the claim's date there is a proof document of that kind with a file, an
address, or the place where it is kept outside. An invoice or a pre-approval that is evidence itself counts where it
stands in the claim. One finding for each kind that is missing. What a tactic of a multi-touch campaign needs is
POE530's.

## Why
Evidence that is missing or insufficient is the most frequent ground for refusal, and the only one that Microsoft's
page on refused claims names.

## Example
A customer seminar with invitation and agenda but without a photo.

## How to fix
Add a proof document with `evidence:` of the kind named, its file and its note.

## Source
R61, R65, R66, R67, R68, R70, R78, R79: Microsoft, Core requirements for the activities in your incentive program.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE510"
NAME = "missing-evidence"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/proof_documents", "/activity_type", "/date", "/channels", "/conditions", "/tactics")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.needs is None or ctx.needs.evidence is None:
        return
    present = ctx.evidence_present()
    source = ctx.needs.activity.judged_by(ctx.judged_on, "evidence")
    known = frozenset(ctx.book.ids("evidence_kinds"))
    misspelt = any(proof.evidence not in known for proof in claim.proof_documents)
    for need in ctx.needs.evidence:
        if need.tactic is None and not need.is_met(present) and not misspelt:
            names = tuple(ctx.book.name("evidence_kinds", id) for id in need.ids)
            values = {"evidence": names, "ids": need.ids, "type": ctx.book.name("activity_types", claim.activity_type)}
            yield Hit("/proof_documents", values, at_key=True, judged_by=source)
