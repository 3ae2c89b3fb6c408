"""What a packet shows as exhibits: the claim's evidence in the portal's order, with tags and upload names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePosixPath

from msgspec import Struct

from poe_pack.evidence.facts import FileFacts
from poe_pack.languages import Words
from poe_pack.languages.formats import LocaleFormat
from poe_pack.model import Claim, ProofDocument
from poe_pack.validation.result import ClaimResult


class Kind(StrEnum):
    """Where in the portal an exhibit goes."""

    INVOICE = "invoice"
    PAYMENT_PROOF = "payment_proof"
    CSR = "csr"
    PROOF = "proof"
    PRE_APPROVAL = "pre_approval"


class Exhibit(Struct, frozen=True):
    """One piece of evidence. `index` counts within its list in the claim.

    `name` says what it is ("Event invitation"), `about` tells it from others of its kind (number and supplier, or
    the note). Evidence is a file of the claim (`source`, `upload` is its name in the upload folder) or an address.
    """

    tag: str
    kind: Kind
    index: int
    name: str
    about: str
    source: str | None
    upload: str | None
    url: str | None

    @property
    def anchor(self) -> str:
        return f"exhibit-{self.tag.lower()}"


class _Entry(Struct, frozen=True):
    """An exhibit before it has a tag. `stem` begins its upload name."""

    kind: Kind
    index: int
    name: str
    about: str
    source: str | None
    stem: str
    url: str | None = None


def exhibits_of(result: ClaimResult, speech: LocaleFormat) -> tuple[Exhibit, ...]:
    """The exhibits of a claim: invoices, reports, proof documents, pre-approval. A file named twice is one exhibit.

    What names people although nobody demands it is left out.
    """
    seen: set[str] = set()
    entries: list[_Entry] = []
    for entry in _entries(result, speech):
        if entry.source is None or entry.source not in seen:
            entries.append(entry)
        if entry.source is not None:
            seen.add(entry.source)
    width = max(2, len(str(len(entries))))
    made: list[Exhibit] = []
    number = 0
    for place, entry in enumerate(entries):
        upload = None
        if entry.source is not None:
            number += 1
            ending = _ending(entry.source, result.files.get(entry.source))
            upload = f"{number:0{width}d}-{entry.stem}{ending}"
        made.append(
            Exhibit(tag_of(place), entry.kind, entry.index, entry.name, entry.about, entry.source, upload, entry.url)
        )
    return tuple(made)


def tag_of(place: int) -> str:
    """A, B, ... Z, AA, AB, ... for places from 0."""
    tag = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        tag = chr(65 + rest) + tag
    return tag


def slug(text: str) -> str:
    """Letters a to z, digits and hyphens of a text, at most 40; what accents stand on stays."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain)[:40].strip("-")


def tactic_of(claim: Claim, exhibit: Exhibit) -> str | None:
    """The tactic of a multi-touch campaign that a proof document or report is of."""
    if exhibit.kind is Kind.PROOF:
        return claim.proof_documents[exhibit.index].tactic
    return claim.certification_service_reports[exhibit.index].tactic if exhibit.kind is Kind.CSR else None


def name_of(result: ClaimResult, group: str, id: str, speech: LocaleFormat) -> str:
    """The rulebook's name of an id, such as `evidence` and `event_photo`; an unknown id is said in words."""
    words: Words | None = result.names.get(f"{group}.{id}")
    return speech.say(words) if words is not None else id.replace("_", " ").capitalize()


def _entries(result: ClaimResult, speech: LocaleFormat) -> Iterator[_Entry]:
    yield from _invoices(result, speech)
    for index, report in enumerate(result.claim.certification_service_reports):
        if report.file is not None:
            about = report.description or report.id or ""
            stem = "-".join(filter(None, ("certification-service-report", slug(report.id or ""))))
            yield _Entry(Kind.CSR, index, speech.text("packet.kind.csr"), about, report.file, stem)
    for index, proof in enumerate(result.claim.proof_documents):
        if f"/proof_documents/{index}" not in result.held_back:
            yield from _proofs(result, index, proof, speech)
    approval = result.claim.pre_approval
    if approval is not None and approval.file is not None:
        id = result.claim.pre_approval_id or ""
        stem = "-".join(filter(None, ("preapproval", slug(id))))
        yield _Entry(Kind.PRE_APPROVAL, 0, speech.text("packet.kind.pre_approval"), id, approval.file, stem)


def _invoices(result: ClaimResult, speech: LocaleFormat) -> Iterator[_Entry]:
    for index, invoice in enumerate(result.claim.third_party_invoices):
        number = slug(invoice.number)
        about = speech.text("packet.exhibit.invoice", number=invoice.number, vendor=invoice.vendor_name)
        if invoice.file is not None:
            name = speech.text("packet.kind.invoice")
            yield _Entry(Kind.INVOICE, index, name, about, invoice.file, f"third-party-invoice-{number}")
        if invoice.translation is not None:
            name = speech.text("packet.kind.translation", name=speech.text("packet.kind.invoice"))
            stem = f"third-party-invoice-{number}-translation"
            yield _Entry(Kind.INVOICE, index, name, about, invoice.translation, stem)
        if invoice.payment_proof is not None:
            name = speech.text("packet.kind.payment_proof")
            stem = f"payment-proof-{number}"
            yield _Entry(Kind.PAYMENT_PROOF, index, name, about, invoice.payment_proof, stem)


def _proofs(result: ClaimResult, index: int, proof: ProofDocument, speech: LocaleFormat) -> Iterator[_Entry]:
    name = name_of(result, "evidence", proof.evidence, speech)
    note = proof.note or ""
    stem = slug(proof.evidence)
    for file in proof.files:
        own = slug(PurePosixPath(file).stem) if len(proof.files) > 1 else ""
        yield _Entry(Kind.PROOF, index, name, note, file, "-".join(filter(None, (stem, own))))
    if proof.translation is not None:
        own = speech.text("packet.kind.translation", name=name)
        yield _Entry(Kind.PROOF, index, own, note, proof.translation, f"{stem}-translation")
    if proof.url is not None:
        yield _Entry(Kind.PROOF, index, name, note, None, stem, proof.url)


def _ending(file: str, facts: FileFacts | None) -> str:
    """The file name's own ending where it fits the content, else the usual one of its kind, else what is harmless."""
    own = PurePosixPath(file).suffix.lower()
    media_type = facts.media_type if facts is not None else None
    if media_type is not None:
        return own if own in media_type.suffixes else media_type.suffixes[0]
    return own if re.fullmatch(r"\.[a-z0-9]{1,8}", own) else ""
