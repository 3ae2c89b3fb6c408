"""Names of people are marked, and kept out of the repository unless they are demanded.

## What it checks
Evidence of a kind that names people says whether it does, under `contains_personal_data`. What contains personal data
has no file in the repository unless the activity type demands that kind of evidence or a reviewer asked for it. A
list of names is not given as a metric where only its number is of use. What is found here is left out of packets and
upload folders.

## Why
A repository is copied to everybody who works with it, and its history forgets nothing. What is not there need not be
protected.

## Example
`{evidence: attendee_list_document, files: [evidence/attendees.xlsx]}` in a claim of a customer seminar.

## How to fix
Add `contains_personal_data: true`. Keep the file elsewhere and write `kept_outside: {place, bytes, sha256}`, so that
anybody can verify it later; give the number of people as metric. `false` says that somebody looked and found no names.

## Source
R77: practice of data protection; no source of the programme asks for names where it does not demand the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, ProofDocument
from poe_pack.rulebook import Requirement
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE544"
NAME = "personal-data"
SEVERITY = Severity.WARNING
READS = ("/proof_documents", "/metrics", "/requests", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    held = held_back(claim, ctx)
    for i, proof in enumerate(claim.proof_documents):
        values = {"evidence": ctx.book.name("evidence_kinds", proof.evidence)}
        path = f"/proof_documents/{i}"
        if proof.contains_personal_data is None and _names_people(ctx, "evidence_kinds", proof.evidence):
            yield Hit(f"{path}/contains_personal_data", values, "unmarked", at_key=True)
        elif path in held:
            yield Hit(f"{path}/files", values, "in_repository", at_key=True)
    for id in claim.metrics:
        if f"/metrics/{id}" in held:
            yield Hit(f"/metrics/{id}", {"metric": ctx.book.name("metrics", id)}, "metric", at_key=True)


def held_back(claim: Claim, ctx: ClaimContext) -> frozenset[str]:
    """Proof documents and metrics, as JSON pointers, that name people although nobody demands them."""
    if ctx.needs is None:
        return frozenset()
    wanted, asked = _ids(ctx.needs.evidence), frozenset(about for request in claim.requests for about in request.about)
    proofs = (
        f"/proof_documents/{i}"
        for i, proof in enumerate(claim.proof_documents)
        if proof.contains_personal_data and proof.files and proof.evidence not in wanted and not _asked(proof, asked)
    )
    wanted_metrics = _ids(ctx.needs.metrics)
    metrics = (
        f"/metrics/{id}"
        for id, value in claim.metrics.items()
        if isinstance(value, list) and id not in wanted_metrics and _names_people(ctx, "metrics", id)
    )
    return frozenset([*proofs, *metrics])


def _asked(proof: ProofDocument, asked: frozenset[str]) -> bool:
    """Whether a reviewer asked for it: by its kind, its path or its file's name."""
    return not asked.isdisjoint([proof.evidence, *proof.files, *(file.rpartition("/")[2] for file in proof.files)])


def _names_people(ctx: ClaimContext, section: str, id: str) -> bool:
    return bool((ctx.book.entry(section, id) or {}).get("personal_data"))


def _ids(needs: tuple[Requirement, ...] | None) -> frozenset[str]:
    """Everything that is demanded, in whatever combination."""
    return frozenset(id for need in needs or () for id in need.ids)
