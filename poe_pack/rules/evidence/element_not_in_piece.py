"""A core element is seen in the piece that has to show it, not just somewhere.

## What it checks
Where the rulebook says in which evidence a core element must be seen, a proof document of that kind lists it under
`shows`.

## Why
A script by which callers speak for the partner without naming it does not become the partner's by a leaflet that does.

## Example
A telesales script with `shows: [microsoft_content]`, and the company brand only in an e-mail that was sent later.

## How to fix
Look at the piece. Where the element can be seen in it, add it to its `shows`; where not, hand in one that has it.

## Source
R69: Microsoft, Core requirements (telemarketing): the script carries the partner's brand.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE541"
NAME = "element-not-in-piece"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/proof_documents", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    needs = ctx.needs
    if needs is None:
        return
    known = frozenset(ctx.book.ids("core_elements"))
    shown = {element for proof in claim.proof_documents for element in proof.shows}
    for element, kinds in needs.core_in.items():
        pieces = [i for i, proof in enumerate(claim.proof_documents) if proof.evidence in kinds]
        there = {seen for i in pieces for seen in claim.proof_documents[i].shows}
        # A piece that is missing and an element that is seen nowhere have findings of their own.
        if not pieces or element in there or element not in shown or not there.issubset(known):
            continue
        kind = claim.proof_documents[pieces[0]].evidence
        values = {
            "element": ctx.book.name("core_elements", element),
            "id": element,
            "evidence": ctx.book.name("evidence_kinds", kind),
        }
        source = needs.activity.judged_by(ctx.judged_on, "core")
        severity = Severity(needs.core_severity)
        yield Hit(f"/proof_documents/{pieces[0]}/shows", values, at_key=True, severity=severity, judged_by=source)
