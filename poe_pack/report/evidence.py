"""What evidence each claim has, and what it lacks: facts that a terminal and other programs are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from poe_pack.evidence.facts import FileFacts, FileState
from poe_pack.evidence.files import inspect_file
from poe_pack.evidence.folder import files_in_folder
from poe_pack.evidence.sums import Sums, files_to_lock, plain_path
from poe_pack.languages import Words
from poe_pack.validation.result import ChecklistItem, CheckState, ClaimResult, Result

_LACKING = (CheckState.OPEN, CheckState.MISSING)


class Standing(StrEnum):
    """How a file stands to the claim and to its `SHA256SUMS`."""

    LOCKED = "locked"
    CHANGED = "changed"
    NOT_LOCKED = "not_locked"
    """There is a `SHA256SUMS`, and this file is not in it."""
    THERE = "there"
    """There is no `SHA256SUMS`, or it is not for this file."""
    FAULTY = "faulty"
    """Not there, or of no use: `state` says how."""
    NOT_NAMED = "not_named"
    KEPT_OUTSIDE = "kept_outside"


class EvidenceRow(Struct, frozen=True):
    """One file at one place of a claim, a file that no place names, or evidence that is kept outside.

    `what` is what it proves; `kind` the rulebook's id of that, for proof documents. `path` is the JSON pointer of the
    place, None where the claim does not name the file. Of evidence that is kept outside `file` is the place where.
    """

    what: Words | None
    kind: str | None
    path: str | None
    file: str
    state: FileState | None
    size: int | None
    media_type: str | None
    sha256: str | None
    standing: Standing


class ClaimEvidence(Struct, frozen=True):
    """The evidence of a claim; `needed` are the items of its checklist that no evidence meets yet.

    `is_closed`: it was handed in, and stays as it is.
    """

    id: str
    file: str
    name: str
    is_closed: bool
    sums: Sums | None
    rows: tuple[EvidenceRow, ...]
    needed: tuple[ChecklistItem, ...]


def evidence_of(result: Result, claims: Sequence[ClaimResult]) -> tuple[ClaimEvidence, ...]:
    """List what lies in the claims' folders beside what the run knows of them."""
    return tuple(_of_claim(result, claim) for claim in claims)


def _of_claim(result: Result, claim: ClaimResult) -> ClaimEvidence:
    return ClaimEvidence(
        id=claim.claim.id,
        file=claim.claim.file,
        name=claim.claim.name,
        is_closed=claim.claim.is_closed,
        sums=claim.sums,
        rows=(*_named(claim), *_kept_outside(claim), *_not_named(result, claim)),
        needed=tuple(item for item in claim.checklist if item.kinds and item.state in _LACKING),
    )


def _named(claim: ClaimResult) -> Iterator[EvidenceRow]:
    locked = {path for path, _ in files_to_lock(claim.claim)}
    for path, file in claim.claim.files():
        facts = claim.files[file]
        what, kind = _what(claim, path)
        standing = _standing(facts, claim.sums if path in locked else None)
        yield _row(facts, standing, what, kind, path)


def _standing(facts: FileFacts, sums: Sums | None) -> Standing:
    if facts.state is not FileState.PRESENT:
        return Standing.FAULTY
    if sums is None:
        return Standing.THERE
    locked = sums.digests.get(plain_path(facts.path))
    if locked is None:
        return Standing.NOT_LOCKED
    return Standing.LOCKED if locked == facts.sha256 else Standing.CHANGED


def _row(facts: FileFacts, standing: Standing, what: Words | None, kind: str | None, path: str | None) -> EvidenceRow:
    media_type = None if facts.media_type is None else facts.media_type.value
    size = None if facts.state is FileState.MISSING else facts.size
    return EvidenceRow(what, kind, path, facts.path, facts.state, size, media_type, facts.sha256, standing)


def _what(claim: ClaimResult, path: str) -> tuple[Words, str | None]:
    """What the file at a place proves, and the id of that for a proof document."""
    _, section, *rest = path.split("/")
    if section == "proof_documents":
        kind = claim.claim.proof_documents[int(rest[0])].evidence
        return _name(claim, kind), kind
    if section == "third_party_invoices":
        number = claim.claim.third_party_invoices[int(rest[0])].number
        return Words(f"evidence.list.what.{rest[1]}", {"number": number}), None
    return Words(f"evidence.list.what.{section}"), None


def _name(claim: ClaimResult, kind: str) -> Words:
    return claim.names.get(f"evidence.{kind}") or Words("evidence.list.what.unknown", {"kind": kind})


def _kept_outside(claim: ClaimResult) -> Iterator[EvidenceRow]:
    for index, proof in enumerate(claim.claim.proof_documents):
        kept, path = proof.kept_outside, f"/proof_documents/{index}/kept_outside"
        if kept is not None:
            what, standing = _name(claim, proof.evidence), Standing.KEPT_OUTSIDE
            yield EvidenceRow(what, proof.evidence, path, kept.place, None, kept.bytes, None, kept.sha256, standing)


def _not_named(result: Result, claim: ClaimResult) -> Iterator[EvidenceRow]:
    folder, limit = result.base / claim.claim.folder, result.settings.evidence_file_bytes
    named = {plain_path(file) for _, file in claim.claim.files()}
    for file in files_in_folder(folder):
        if file not in named:
            yield _row(inspect_file(folder, file, max_bytes=limit), Standing.NOT_NAMED, None, None, None)
