"""Finds the place in a claim to which a file belongs that is no proof document: an invoice's, a report's and so on."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from poe_pack.editing.adding import FileAt
from poe_pack.editing.intake import CannotTake, name_inside
from poe_pack.evidence.sums import plain_path
from poe_pack.languages import catalogue
from poe_pack.model.claim import Claim
from poe_pack.validation.result import ClaimResult, Result

_Path = tuple[str | int, ...]
_INVOICES, _REPORTS, _PROOFS = "third_party_invoices", "certification_service_reports", "proof_documents"


class Place(StrEnum):
    """What a file can be for a claim, beside proof of one kind."""

    INVOICE = "invoice"
    PAYMENT_PROOF = "payment_proof"
    REPORT = "report"
    PRE_APPROVAL = "pre_approval"
    TRANSLATION = "translation"


def file_at(result: Result, claim: ClaimResult, place: Place, which: str, file: str) -> FileAt | None:
    """Where a claim names a file; None where it does so already.

    `which` is the number of an invoice (also of the one that was paid), that of a report, counted from 1, or the file
    that is translated, as the claim names it or as it lies on the disk. A claim has one pre-approval. Raises CannotTake
    where there is none of that name, where the place has another file, and where several could be meant.
    """
    which = which.strip()
    if place is Place.TRANSLATION:
        which = _original(result, claim, which)
        if which == file:
            raise CannotTake(catalogue().text("evidence.add.own_translation", file=file))
    there = _files_there(claim.claim, place, which)
    if not there:
        raise _nothing(claim.claim, place, which)
    if any(now is not None and plain_path(now) == file for now in there.values()):
        return None
    bare = [path for path, now in there.items() if now is None]
    if not bare:
        raise _taken(claim.claim, place, which, there)
    if len(bare) > 1:
        raise CannotTake(catalogue().text(f"evidence.add.several.{place}", name=which, count=len(bare)))
    return FileAt(bare[0], file)


def _files_there(claim: Claim, place: Place, which: str) -> dict[_Path, str | None]:
    """Every place that could be meant, and the file that it has."""
    match place:
        case Place.INVOICE:
            bills = enumerate(claim.third_party_invoices)
            return {(_INVOICES, i, "file"): bill.file for i, bill in bills if bill.number == which}
        case Place.PAYMENT_PROOF:
            bills = enumerate(claim.third_party_invoices)
            return {(_INVOICES, i, "payment_proof"): bill.payment_proof for i, bill in bills if bill.number == which}
        case Place.REPORT:
            reports = enumerate(claim.certification_service_reports)
            return {(_REPORTS, i, "file"): report.file for i, report in reports if str(i + 1) == which}
        case Place.PRE_APPROVAL:
            record = claim.pre_approval
            return {} if record is None else {("pre_approval", "file"): record.file}
        case Place.TRANSLATION:
            papers = _papers(claim)
            return {path: translation for path, files, translation in papers if which in map(plain_path, files)}


def _papers(claim: Claim) -> Iterator[tuple[_Path, tuple[str, ...], str | None]]:
    """What may be translated: where its translation is named, its own files, and the translation that is there."""
    for index, bill in enumerate(claim.third_party_invoices):
        yield (_INVOICES, index, "translation"), () if bill.file is None else (bill.file,), bill.translation
    for index, proof in enumerate(claim.proof_documents):
        yield (_PROOFS, index, "translation"), proof.files, proof.translation


def _originals(claim: Claim) -> tuple[str, ...]:
    """The files that may be translated, each once, in the order of the claim's invoices and proof documents."""
    return tuple(dict.fromkeys(plain_path(file) for _, files, _ in _papers(claim) for file in files))


def _original(result: Result, claim: ClaimResult, which: str) -> str:
    """The file that is translated as the claim names it; what is no such file comes back as it was said."""
    names = _originals(claim.claim)
    inside = name_inside(result.base / claim.claim.folder, Path(which))
    return next((name for name in (plain_path(which), inside) if name in names), which)


def _present(claim: Claim, place: Place) -> tuple[str, tuple[str, ...]]:
    """What a place belongs to, in a word of the catalogue's keys, and the names of those that the claim has."""
    match place:
        case Place.INVOICE | Place.PAYMENT_PROOF:
            return "invoice", tuple(bill.number for bill in claim.third_party_invoices)
        case Place.REPORT:
            reports = enumerate(claim.certification_service_reports, start=1)
            return "report", tuple(f"{i} ({report.id or report.description})" for i, report in reports)
        case Place.PRE_APPROVAL:
            return "pre_approval", ()
        case Place.TRANSLATION:
            return "original", _originals(claim)


def _nothing(claim: Claim, place: Place, which: str) -> CannotTake:
    """The claim has no such thing: which ones it has, or where to write one first."""
    thing, there = _present(claim, place)
    key = f"evidence.add.{'no' if there else 'none'}.{thing}"
    return CannotTake(catalogue().text(key, name=which, claim=claim.id, there=there, document=claim.file))


def _taken(claim: Claim, place: Place, which: str, there: dict[_Path, str | None]) -> CannotTake:
    """There is another file: which one, and what to do where it is the wrong one."""
    path, file = next(iter(there.items()))
    where = FileAt(path, "").parent
    return CannotTake(
        catalogue().text(f"evidence.add.has.{place}", name=which, file=file),
        catalogue().text("evidence.add.replace", entry=path[-1], where=where, document=claim.file),
    )
