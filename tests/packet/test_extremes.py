"""Claims that are unlike the example: nothing in them, too much in them, hostile text, the other flow, other paper."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from poe_pack.evidence.prober import Prober
from poe_pack.git import CommitStamp
from poe_pack.model import (
    CertificationServiceReport,
    DateRange,
    Flow,
    Material,
    Person,
    Status,
)
from poe_pack.packet import build_packet
from tests.packet.conftest import COMMIT
from tests.packet.samples import FOLDER, HISTORY, PROOFS, D, invoice, line, make_pdf, proof, sample, write_evidence
from tests.packet.test_packet_pdf import read_links

NASTY = '<script>alert(1)</script> {{ 7*7 }} {% raw %} \u202elive\u202c & "quoted" \'' + "W" * 150


def text_of(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
    assert done.stderr == ""
    return done.stdout


def inked_margins(path: Path) -> list[int]:
    """Pages (from 0) on which something is drawn in the outer 8 mm at the right edge."""
    marked = []
    with pypdfium2.PdfDocument(path) as pdf:
        for number, page in enumerate(pdf):
            picture = page.render(scale=0.5).to_pil().convert("L")
            edge = picture.crop((picture.width - 11, 0, picture.width, picture.height))
            if edge.getextrema()[0] < 250:
                marked.append(number)
    return marked


def test_a_draft_with_nothing_in_it(tmp_path: Path, prober: Prober) -> None:
    result, claim = sample(
        tmp_path,
        third_party_invoices=(),
        proof_documents=(),
        metrics={},
        pre_approval=None,
        pre_approval_id=None,
        final_comments=None,
        estimated_impressions=None,
        portal_id=None,
        name="",
        date=None,
        amount=None,
        history=(),
        submissions=(),
        requests=(),
        waivers=(),
        location=None,
        usage_period=None,
        status=Status.EDITING,
    )
    bare = replace(
        claim,
        partner=None,
        plan=None,
        campaign=None,
        activity=None,
        usage_period=None,
        claim_window=None,
        keep_until=None,
        checklist=(),
        deadlines=(),
    )
    built = build_packet(
        replace(result, rulebooks=()),
        bare,
        tmp_path / "out",
        draft=True,
        prober=prober,
        commit=CommitStamp(None, "no_repository"),
    )
    words = text_of(built.folder / "packet.pdf")
    assert "None" not in words.replace("None yet", "").replace("None: no rule", "").replace("None\n", "\n")
    assert "not kept in git" in words


def test_a_draft_shows_what_is_missing(tmp_path: Path, prober: Prober) -> None:
    result, claim = sample(tmp_path, proof_documents=(proof("event_photo", "evidence/nowhere.jpg"),))
    built = build_packet(result, claim, tmp_path / "out", draft=True, prober=prober, commit=COMMIT)
    words = text_of(built.folder / "packet.pdf")
    assert "it is not there yet" in words
    assert not list((built.folder / "upload").glob("*photo*"))


def test_forty_exhibits_sixty_lines_and_long_names_on_letter(tmp_path: Path, prober: Prober) -> None:
    write_evidence(tmp_path)
    photos = [f"evidence/photo-{number:02d}.pdf" for number in range(40)]
    for photo in photos:
        make_pdf(tmp_path / FOLDER / photo, [(400, 300)])
    lines = tuple(
        line(f"Line {number} with a description of what was delivered", "venue_equipment_rental", "1234.50", "308.63")
        for number in range(1, 61)
    )
    report = CertificationServiceReport(
        id="own-work",
        description="Preparation of the demo environment",
        work_period=DateRange(date(2026, 9, 1), date(2026, 9, 14)),
        location="Göteborg",
        people=(Person("Maja Lindqvist", "Architect", D("12.5"), D("95.00"), "service_labour"),),
        materials=(Material("Badges", D("120.00"), "giveaways"),),
        total=None,
        product_focus="Azure Migrate",
        results="118 guests",
        certifier_name="Maja Lindqvist",
        certifier_title="CFO",
        certifier_email=None,
        certified_on=date(2026, 9, 30),
        statement_accepted=True,
        tactic=None,
        file="evidence/agenda.pdf",
    )
    result, claim = sample(
        tmp_path,
        name="Azure migration and modernization seminars for manufacturers in western Sweden, autumn edition " * 2,
        proof_documents=(proof("event_photo", *photos, note="Forty photographs of the day " * 8),),
        third_party_invoices=(invoice(lines=lines, total=D("92587.80")), invoice(number="10483" * 8, currency="USD")),
        certification_service_reports=(report,),
    )
    built = build_packet(result, claim, tmp_path / "out", paper="letter", prober=prober, commit=COMMIT)
    words = text_of(built.folder / "packet.pdf")
    for tag in ("A 1 of 2", "Z 1 of 1", "AQ 1 of 1"):
        assert tag in " ".join(words.split())
    assert "1,307.50" in words  # 12.5 hours at 95 and the badges
    assert inked_margins(built.folder / "packet.pdf") == []
    with pikepdf.open(built.folder / "packet.pdf") as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox] == pytest.approx([0, 0, 612, 792])
    with pikepdf.open(built.folder / "upload/00-summary.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_hostile_text_is_only_text(tmp_path: Path, prober: Prober) -> None:
    result, claim = sample(
        tmp_path,
        name=NASTY,
        final_comments=NASTY,
        proof_documents=(
            proof("event_photo", "evidence/stage.jpg", note=NASTY),
            proof("landing_page", url="javascript:alert(1)", note=NASTY),
        ),
        third_party_invoices=(invoice(vendor_name=NASTY, number=NASTY, lines=(line(NASTY, NASTY, "1.00", "0"),)),),
    )
    built = build_packet(result, claim, tmp_path / "out", prober=prober, commit=COMMIT)
    for file in (built.folder / "packet.pdf", built.folder / "upload/00-summary.pdf"):
        words = text_of(file)
        assert "<script>alert(1)</script> {{ 7*7 }} {% raw %} [U+202E]live[U+202C]" in " ".join(words.split())
        assert "\u202e" not in words
        assert inked_margins(file) == []
    page = (built.folder / "portal-sheet.html").read_text(encoding="utf-8")
    assert page.count("<script") == 1
    assert "&lt;script&gt;alert(1)" in page
    assert "\u202e" not in page
    with pikepdf.open(built.folder / "packet.pdf") as pdf:
        actions = [annotation for p in pdf.pages for annotation in p.obj.get("/Annots", []) if "/A" in annotation]
        assert actions == []
        assert all(name.isascii() and "/" not in name for name in pdf.attachments)


def test_the_co_op_flow_has_no_plan(tmp_path: Path, prober: Prober) -> None:
    result, claim = sample(
        tmp_path,
        flow=Flow.CO_OP_MANAGEMENT,
        plan=None,
        campaign=None,
        activity=None,
        history=HISTORY[:1],
        submissions=(),
        requests=(),
        status=Status.EDITING,
        execution_period=DateRange(date(2026, 9, 16), date(2026, 9, 17)),
    )
    built = build_packet(result, claim, tmp_path / "out", prober=prober, commit=COMMIT)
    words = text_of(built.folder / "packet.pdf")
    assert "held 16 to 17 September 2026" in " ".join(words.split())
    assert "Campaign" not in words


@pytest.mark.parametrize("language", ["en", "fr", "sv", "zh"])
def test_a_long_note_stands_in_full_in_the_record(tmp_path: Path, prober: Prober, language: str) -> None:
    """Once for all photos that it is about, and the head of each leads there."""
    note = " ".join(f"Sentence {number} of the note." for number in range(1, 61))
    photos = ("evidence/stage.jpg", "evidence/room.png")
    write_evidence(tmp_path)
    result, claim = sample(tmp_path, proof_documents=(proof("event_photo", *photos, note=note), *PROOFS[:2]))
    built = build_packet(result, claim, tmp_path / "out", language=language, prober=prober, commit=COMMIT)
    packet = built.folder / "packet.pdf"
    pages = [" ".join(page.split()) for page in text_of(packet).split("\f")]
    (full,) = (number for number, page in enumerate(pages, 1) if "Sentence 60 of the note." in page)
    cut = [number for number, page in enumerate(pages, 1) if "Sentence 2 of the note." in page and 2 < number < full]
    leading = [link for link in read_links(packet) if link.page in cut and link.target == full]
    assert [link.page for link in leading] == cut
    assert len(cut) == len(photos)
    assert all(str(full) in link.text for link in leading)


def test_a_note_that_fits_is_not_repeated(tmp_path: Path, prober: Prober) -> None:
    write_evidence(tmp_path)
    result, claim = sample(tmp_path)
    built = build_packet(result, claim, tmp_path / "out", prober=prober, commit=COMMIT)
    assert "in full" not in text_of(built.folder / "packet.pdf")
