"""One claim's packet: upload folder, portal sheet, packet PDF and manifest, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from poe_pack import __version__
from poe_pack.evidence.facts import FileState
from poe_pack.evidence.prober import Prober
from poe_pack.git import CommitStamp
from poe_pack.languages.formats import LocaleFormat
from poe_pack.packet.assemble import Attachment, Original, assemble
from poe_pack.packet.basis import basis_of
from poe_pack.packet.cost import cost_of
from poe_pack.packet.exhibits import exhibits_of
from poe_pack.packet.folder import PORTAL_SHEET, UPLOAD, check_free
from poe_pack.packet.inputs import document_digests
from poe_pack.packet.manifest import digest_file, manifest_of, manifest_text
from poe_pack.packet.manifest_reading import MANIFEST, PACKET
from poe_pack.packet.pages import frames_by_page, lay_out_packet
from poe_pack.packet.places import place_of
from poe_pack.packet.portal import portal_sheet
from poe_pack.packet.record import Digest, events_of
from poe_pack.packet.replacing import replacing
from poe_pack.packet.requirements import requirements_of
from poe_pack.packet.sealing import seal
from poe_pack.packet.summary import summary_pdf
from poe_pack.packet.taking import EvidenceProblem, Taken, take_evidence
from poe_pack.packet.view import PacketView
from poe_pack.printing import pdf_bytes, uncollected
from poe_pack.validation.result import ClaimResult, Result

__all__ = ["SUMMARY", "BuiltPacket", "EvidenceProblem", "build_packet"]

TOOL = f"poe-pack {__version__}"
SUMMARY = "00-summary.pdf"


class BuiltPacket(Struct, frozen=True):
    """Where a packet lies and how many pages its PDF has."""

    folder: Path
    pages: int


def build_packet(
    result: Result,
    claim: ClaimResult,
    out: Path,
    *,
    language: str = "en",
    paper: str = "A4",
    draft: bool = False,
    prober: Prober,
    commit: CommitStamp,
) -> BuiltPacket:
    """Make the claim's folder in `out`; an earlier packet there is replaced only once the new one is complete.

    Raises DocumentChanged, EvidenceProblem, MissingGlyph, Occupied, PrintingUnavailable, ProbingUnavailable and
    OSError, having written nothing.
    """
    speech = LocaleFormat(language, unbroken=True)
    target = out / place_of(result, claim)
    check_free(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as work, uncollected():
        upload = work.folder / UPLOAD
        upload.mkdir()
        exhibits = exhibits_of(claim, speech)
        taken = take_evidence(result, claim, exhibits, upload=upload, scratch=work.scratch, draft=draft, prober=prober)
        view = PacketView(
            result=result,
            of=claim,
            speech=speech,
            exhibits=taken,
            cost=cost_of(claim, exhibits, speech),
            requirements=requirements_of(claim, exhibits, speech),
            events=events_of(result, claim, exhibits, speech),
            commit=commit,
            draft=draft,
        )
        pages = _write(view, work.folder, paper)
    return BuiltPacket(target, pages)


def _write(view: PacketView, folder: Path, paper: str) -> int:
    """Write everything into `folder`; returns the number of pages."""
    upload = folder / UPLOAD
    documents = document_digests(view.result, view.of)
    (upload / SUMMARY).write_bytes(summary_pdf(view, paper))
    sheet = portal_sheet(view, TOOL, digest_file(upload / SUMMARY, SUMMARY))
    (folder / PORTAL_SHEET).write_text(sheet, encoding="utf-8")
    evidence = tuple(_evidence_digests(view.exhibits))
    made = [digest_file(upload / SUMMARY, f"upload/{SUMMARY}"), digest_file(folder / PORTAL_SHEET, PORTAL_SHEET)]
    printed = (*evidence, *documents, *(Digest(d.name.removeprefix("upload/"), d.size, d.sha256) for d in made))
    laid = lay_out_packet(view, printed, paper, TOOL)
    outputs = [
        made[0],
        *(Digest(f"upload/{digest.name}", digest.size, digest.sha256) for digest in evidence),
        made[1],
    ]
    basis = basis_of(
        view.result,
        view.of,
        documents,
        language=view.speech.language,
        paper=paper,
        draft=view.draft,
        commit=view.commit,
    )
    manifest = manifest_of(view, laid, paper, basis, [*documents, *_sources(view)], outputs)
    text = manifest_text(manifest).encode()
    attached = Attachment(MANIFEST, text, view.speech.text("packet.record.manifest"))
    frames = frames_by_page(laid)
    assemble(pdf_bytes(laid.document), frames, _originals(view, upload), attached, view.dated, folder / PACKET)
    (folder / MANIFEST).write_bytes(seal(folder / PACKET, text))
    return len(laid.document.pages)


def _evidence_digests(exhibits: Sequence[Taken]) -> Iterator[Digest]:
    """Every uploaded file under its upload name."""
    for taken in exhibits:
        facts, upload = taken.facts, taken.exhibit.upload
        if facts is not None and upload is not None and facts.state is FileState.PRESENT and facts.sha256 is not None:
            yield Digest(upload, facts.size, facts.sha256, taken.exhibit)


def _sources(view: PacketView) -> Iterator[Digest]:
    """Every evidence file under its own name."""
    for taken in view.exhibits:
        facts, source = taken.facts, taken.exhibit.source
        if facts is not None and source is not None and facts.state is FileState.PRESENT and facts.sha256 is not None:
            yield Digest(f"{view.claim.folder}/{source}".lstrip("/"), facts.size, facts.sha256)


def _originals(view: PacketView, upload: Path) -> list[Original]:
    originals = []
    for digest in _evidence_digests(view.exhibits):
        taken = next(taken for taken in view.exhibits if taken.exhibit.upload == digest.name)
        title = ", ".join(filter(None, (taken.exhibit.tag, taken.exhibit.name, taken.exhibit.about)))
        originals.append(Original(taken, upload / digest.name, digest.name, title))
    return originals
