"""Evidence without pages gets one page that says what it is, whatever it says of itself."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from poe_pack.evidence import inspect_file
from poe_pack.evidence.prober import Prober
from poe_pack.packet import build_packet
from poe_pack.packet.batch import Job, build_all
from tests.evidence.test_described import CORE, MAIL, film, office
from tests.packet import samples
from tests.packet.conftest import COMMIT
from tests.packet.samples import FOLDER, PROOFS, proof

FILES = {
    "mail.eml": MAIL.encode(),
    "wide.txt": "WWWW会议🚀 ".encode() * 2000,
    "lines.csv": b"a;b\n" * 3000,
    "report.docx": office("word", {"docProps/core.xml": CORE % ("", "Report")}),
    "film.mp4": film(),
}


@pytest.fixture(scope="module", params=["A4", "letter"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, prober: Prober) -> list[str]:
    """The text of each page of a packet with these files."""
    base = tmp_path_factory.mktemp("facts")
    samples.write_documents(base)
    samples.write_evidence(base)
    evidence = base / FOLDER / "evidence"
    with pikepdf.open(evidence / "agenda.pdf", allow_overwriting_input=True) as pdf:
        pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(evidence / "agenda.pdf")
    for name, data in FILES.items():
        (evidence / name).write_bytes(data)
    proofs = (*PROOFS, *(proof("event_photo", f"evidence/{name}") for name in FILES))
    result, claim = samples.sample(base, proof_documents=proofs)
    looked = {file: inspect_file(base / FOLDER, file, max_bytes=10**7) for _, file in claim.claim.files()}
    claim = replace(claim, files=looked)
    built = build_packet(result, claim, base / "out", paper=request.param, prober=prober, commit=COMMIT)
    document = pypdfium2.PdfDocument(built.folder / "packet.pdf")
    try:
        return [page.get_textpage().get_text_range().replace("\u00a0", " ") for page in document]
    finally:
        document.close()


def page_of(pages: list[str], file: str) -> str:
    (found,) = [text for text in pages if f"evidence/{file}" in text and "no pages to print" in text]
    return found


def test_each_has_exactly_one_page(pages: list[str]) -> None:
    for file in FILES:
        at = pages.index(page_of(pages, file))
        assert "1 of 1" in pages[at]
        assert "1 of" in pages[at + 1] or "Record" in pages[at + 1] or "Approval" in pages[at + 1]


def test_a_mail_says_who_wrote_to_whom_and_what(pages: list[str]) -> None:
    text = page_of(pages, "mail.eml")
    for said in (
        "Åsa Ek <asa@nordanvind.example>",
        "one@kund.example, two@kund.example",
        "Wed, 02 Sep 2026 09:00:00 +0200",
        "Inbjudan till Göteborg",
        "agenda å.pdf, message/rfc822",
        "Välkommen!",
    ):
        assert said in text
    assert "goes on" not in text


def test_what_does_not_fit_is_said_to_go_on(pages: list[str]) -> None:
    for file in ("wide.txt", "lines.csv"):
        assert "The text goes on in the original" in page_of(pages, file)


def test_others_say_what_they_know(pages: list[str]) -> None:
    report = page_of(pages, "report.docx")
    assert "Åsa Ek" in report
    assert "17 September 2026" in report
    assert "2:05" in page_of(pages, "film.mp4")
    assert "1920 × 1080" in page_of(pages, "film.mp4")


def test_an_exhibit_says_what_was_left_out(pages: list[str]) -> None:
    assert [text for text in pages if "left out here: JavaScript, OpenAction" in text]


def test_workers_are_replaced_in_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, claim = samples.sample(tmp_path)
    monkeypatch.setattr("poe_pack.packet.batch._PACKETS_PER_WORKER", 1)
    outcomes = list(build_all(result, [claim] * 3, Job(tmp_path / "out", "A4", "en", True), 2))
    assert [outcome.problem for outcome in outcomes] == [None] * 3
