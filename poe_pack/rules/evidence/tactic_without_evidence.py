"""Every tactic of a multi-touch campaign has its own evidence.

## What it checks
For each activity type that the claim names under `tactics`, what the rulebook demands of that type is there: in proof
documents that name this tactic, or no tactic at all. One finding for each kind and tactic.

## Why
A multi-touch campaign is paid for the tactics that are proved; the evidence of one does not prove another.

## Example
`tactics: [digital_advertising, direct_mail_email_sms]` without the copy of the mailing.

## How to fix
Add a proof document with `evidence:` of the kind named and `tactic:`. A piece that proves several tactics names none.

## Source
R71: Microsoft, Core requirements (multi-touch digital campaign).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE530"
NAME = "tactic-without-evidence"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/proof_documents", "/activity_type", "/date", "/channels", "/conditions", "/tactics")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.needs is None:
        return
    known = frozenset(ctx.book.ids("evidence_kinds"))
    if any(proof.evidence not in known for proof in claim.proof_documents):
        return  # a misspelt one may be the one that seems to be missing
    for need in ctx.needs.evidence or ():
        if need.tactic is None or need.is_met(ctx.evidence_present(need.tactic)):
            continue
        activity = ctx.value("activity_types", need.tactic)
        values = {
            "tactic": ctx.book.name("activity_types", need.tactic),
            "evidence": tuple(ctx.book.name("evidence_kinds", id) for id in need.ids),
            "ids": need.ids,
            "id": need.tactic,
        }
        source = None if activity is None else activity.judged_by(ctx.judged_on, "evidence")
        yield Hit("/proof_documents", values, at_key=True, judged_by=source)
