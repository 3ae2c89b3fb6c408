"""Proof documents, and the conditions that ask for more of them, are of a kind that the rulebook knows.

## What it checks
`evidence` of each proof document is an evidence kind, each entry of `shows` a core element, and each of the claim's
`conditions` a condition of the rulebook.

## Why
A misspelt kind proves nothing: the requirement it was meant for would stay open. A misspelt condition asks for
nothing: what it was meant to ask for would be missing unseen.

## Example
`evidence: event_agneda`

## How to fix
Use the kind that the message proposes.

## Source
R61: Microsoft, Core requirements; the ids are the rulebook's.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rulebook import Rulebook
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE502"
NAME = "unknown-evidence"
SEVERITY = Severity.ERROR
READS = ("/proof_documents", "/conditions")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for i, proof in enumerate(claim.proof_documents):
        if proof.evidence not in ctx.book.ids("evidence_kinds"):
            yield Hit(f"/proof_documents/{i}/evidence", _values(proof.evidence, "evidence_kinds", ctx.book))
        for n, element in enumerate(proof.shows):
            if element not in ctx.book.ids("core_elements"):
                path = f"/proof_documents/{i}/shows/{n}"
                yield Hit(path, _values(element, "core_elements", ctx.book), "shows")
    for i, condition in enumerate(claim.conditions):
        if condition not in ctx.book.ids("conditions"):
            yield Hit(f"/conditions/{i}", _values(condition, "conditions", ctx.book), "condition")


def _values(id: str, section: str, book: Rulebook) -> dict[str, object]:
    known = book.ids(section)
    nearest = difflib.get_close_matches(id, known)
    return {"id": id, "expected": tuple(sorted(known)), "nearest": nearest[0] if nearest else ""}
