"""The status on paper."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from poe_pack.report.facts import StatusFacts, status_facts
from poe_pack.report.pdf import render_pdf
from tests.report import samples

_MM = 72 / 25.4


def texts(data: bytes) -> list[str]:
    """Text of each page, spaces evened out."""
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.fixture(scope="module")
def everyday_pdf(everyday: StatusFacts) -> bytes:
    return render_pdf(everyday)


def test_figures_first_then_all_claims_then_findings(everyday_pdf: bytes) -> None:
    first, second, *_ = texts(everyday_pdf)
    for words in ("13,435.50", "20,960.00", "23 Nov 2026", "46,588.48", "By Microsoft", "1 / 3"):
        assert words in first
    assert "Co-op claims, Nordanvind IT AB, partner ID 6071200" in second
    assert "spring-roadshow" in second
    assert "POE431 lump-sum-line" in " ".join(texts(everyday_pdf)[1:])


def test_dates_come_from_the_report(everyday_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(everyday_pdf)) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261121")
        assert document.Root.Lang == "en"


@pytest.mark.parametrize(("paper", "width", "height"), [("A4", 210, 297), ("letter", 215.9, 279.4)])
def test_paper(everyday: StatusFacts, everyday_pdf: bytes, paper: str, width: float, height: float) -> None:
    data = everyday_pdf if paper == "A4" else render_pdf(everyday, paper=paper)
    with pypdfium2.PdfDocument(data) as document:
        words = [item for page in document for item in page.get_objects() if item.type == FPDF_PAGEOBJ_TEXT]
        assert document[0].get_size() == pytest.approx((width * _MM, height * _MM), abs=0.5)
        assert max(item.get_bounds()[2] for item in words) <= (width - 17.9) * _MM


@pytest.mark.parametrize(("kept", "paper"), [(1, "letter"), (40, "A4")])
def test_the_first_page_is_one_page(kept: int, paper: str) -> None:
    result = samples.everyday()
    claims = [
        replace(claim, claim=replace(claim.claim, id=f"{claim.claim.id}-{number}"))
        for number in range(-(-kept // 12))
        for claim in result.claims
    ][:kept]
    pages = texts(render_pdf(status_facts(replace(result, claims=tuple(claims)), None), paper=paper))
    assert "At risk: something required" in pages[0]
    assert pages[1].startswith("All claims")


def test_an_agency_gets_its_deadlines_on_a_page_of_their_own(agency: StatusFacts) -> None:
    first, second, third, *more = texts(render_pdf(agency))
    assert "Funds available, where claims exceed them" in first
    assert "Claims by deadline" in second
    assert "At risk: something required" in second
    assert third.startswith("All claims Claim Partner Fund")
    assert more[0].startswith("Claim Partner Fund")


def test_hostile_names_are_only_text(hostile: StatusFacts) -> None:
    data = render_pdf(hostile)
    text = " ".join(texts(data))
    assert "<script>alert(1)</script>" in text
    assert "[U+202E]gnp.exe" in text
    assert "南京研讨会 □□ 'quoted'" in text
    assert "&lt;" not in text
    assert "&amp;" not in text
    assert "□ stands for a character" in text
    with pikepdf.open(io.BytesIO(data)) as document:
        assert not [key for key in ("/OpenAction", "/AA", "/Names", "/AcroForm") if key in document.Root]
        assert not [page for page in document.pages if "/Annots" in page]


def test_a_name_that_can_be_printed_needs_no_note(everyday_pdf: bytes) -> None:
    assert "□" not in " ".join(texts(everyday_pdf))


def test_qpdf_finds_nothing(everyday_pdf: bytes, hostile: StatusFacts, empty: StatusFacts, tmp_path: Path) -> None:
    qpdf = shutil.which("qpdf")
    assert qpdf is not None, "scripts/setup.sh test installs qpdf"
    for name, data in (
        ("everyday", everyday_pdf),
        ("hostile", render_pdf(hostile)),
        ("empty", render_pdf(empty)),
    ):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        done = subprocess.run([qpdf, "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
