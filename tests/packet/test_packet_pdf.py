"""The packet PDF: sound, complete, and every number and link in it true."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.packet.conftest import Built


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page (from 1): the text inside it, its place, the page it leads to."""

    page: int
    text: str
    box: tuple[float, float, float, float]
    target: int


@pytest.fixture(scope="module")
def text(built: Built) -> list[str]:
    """The packet's text by page."""
    done = subprocess.run(["pdftotext", "-layout", built.packet, "-"], capture_output=True, check=True, text=True)
    assert done.stderr == ""
    return done.stdout.split("\f")[:-1]


@pytest.fixture(scope="module")
def links(built: Built) -> list[Link]:
    return list(read_links(built.packet))


def read_links(packet: Path) -> Iterator[Link]:
    with pikepdf.open(packet) as pdf, pypdfium2.PdfDocument(packet) as drawn:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names = pdf.Root.Names.Dests.Names
        places = {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
        for number, page in enumerate(pdf.pages, 1):
            words = drawn[number - 1].get_textpage()
            for annotation in page.obj.get("/Annots", []):
                assert annotation.Subtype == "/Link"
                left, bottom, right, top = sorted_box([float(edge) for edge in annotation.Rect])
                place = places[str(annotation.Dest)]
                inside = " ".join(words.get_text_bounded(left, bottom, right, top).split())
                yield Link(number, inside, (left, bottom, right, top), numbers[place[0].objgen])


def sorted_box(edges: list[float]) -> tuple[float, float, float, float]:
    return min(edges[0], edges[2]), min(edges[1], edges[3]), max(edges[0], edges[2]), max(edges[1], edges[3])


def test_qpdf_finds_no_fault(built: Built) -> None:
    for file in (built.packet, built.folder / "upload" / "00-summary.pdf"):
        done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_cover_says_who_what_and_how_much(text: list[str]) -> None:
    cover = text[0]
    for words in ("Nordanvind IT AB", "Azure migration seminar", "9,141.12", "USD", "SEK 86,400.00"):
        assert words in cover
    assert "15 February 2027" in cover
    assert "advised: 1 November 2026" in cover


def test_every_exhibit_is_there_with_its_tag(built: Built, text: list[str]) -> None:
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    assert [exhibit["tag"] for exhibit in manifest["exhibits"]] == list("ABCDEFGH")
    for exhibit in manifest["exhibits"]:
        pages = range(exhibit["first_page"], exhibit["last_page"] + 1)
        for place, number in enumerate(pages, 1):
            assert re.search(rf"\b{exhibit['tag']}\s+{place} of {len(pages)}\b", text[number - 1])
    assert manifest["exhibits"][-1]["last_page"] < manifest["pages"] == len(text)


def test_printed_page_numbers_are_those_of_the_viewer(built: Built, text: list[str]) -> None:
    for number, page in enumerate(text[1:], 2):
        assert f"{number} / {len(text)}" in page
    with pikepdf.open(built.packet) as pdf:
        assert [str(page.label) for page in pdf.pages] == [str(number) for number in range(1, len(text) + 1)]


def test_evidence_stands_on_its_page(built: Built, text: list[str]) -> None:
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    first = {exhibit["upload"]: exhibit["first_page"] for exhibit in manifest["exhibits"]}
    invoice = first["01-third-party-invoice-10482.pdf"]
    assert "Faktura 1" in text[invoice - 1]
    assert "Faktura 2" in text[invoice]
    assert "Agenda 1" in text[first["03-event-agenda.pdf"] - 1]


def test_every_link_leads_where_its_number_says(built: Built, links: list[Link]) -> None:
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    first = {exhibit["tag"]: exhibit["first_page"] for exhibit in manifest["exhibits"]}
    numbered = [link for link in links if re.search(r"\b\d+$", link.text)]
    tagged = [link for link in links if link.text in first]
    assert len(numbered) > 20
    assert len(tagged) > 10
    for link in numbered:
        assert int(link.text.split()[-1]) == link.target, link
    for link in tagged:
        assert first[link.text] == link.target, link
    for link in links:
        if link not in numbered and link not in tagged:
            beside = [n for n in numbered if n.page == link.page and abs(n.box[1] - link.box[1]) < 6]
            assert [n.target for n in beside] == [link.target], link


def test_exhibits_link_back(built: Built, links: list[Link]) -> None:
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    for exhibit in manifest["exhibits"]:
        for number in range(exhibit["first_page"], exhibit["last_page"] + 1):
            assert any(link.page == number and link.target < manifest["exhibits"][0]["first_page"] for link in links)


def test_bookmarks_are_two_deep(built: Built) -> None:
    with pikepdf.open(built.packet) as pdf, pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        exhibits = next(entry for entry in outline.root if entry.title == "Exhibits")
        inner = [child.title for child in exhibits.children]
        assert all(not child.children for child in exhibits.children)
    assert titles == ["Contents", "Claim and declaration", "Cost", "Requirements", "Exhibits", "Record"]
    assert inner[0] == "A Third-party invoice 10482, Vasaplatsen Konferens AB"
    assert [title.split()[0] for title in inner] == list("ABCDEFGH")


def test_originals_are_attached_whole(built: Built) -> None:
    uploads = {path.name: path.read_bytes() for path in (built.folder / "upload").iterdir()}
    del uploads["00-summary.pdf"]
    with pikepdf.open(built.packet) as pdf:
        attached = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        dates = {str(spec.get_file().obj.Params.CreationDate) for spec in pdf.attachments.values()}
    assert attached == {**uploads, "manifest.json": (built.folder / "manifest.json").read_bytes()}
    assert dates == {"D:20261014132000Z"}


def test_the_file_says_what_it_is(built: Built) -> None:
    with pikepdf.open(built.packet) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == "Azure migration seminar Göteborg: proof of execution"
        assert str(pdf.docinfo.CreationDate).startswith("D:20261014132000")


def test_nothing_in_it_can_act(built: Built) -> None:
    with pikepdf.open(built.packet) as pdf:
        written = io.BytesIO()
        pdf.save(written, qdf=True)
    acting = re.findall(rb"/(?:JavaScript|JS|Launch|OpenAction|URI|SubmitForm|AA)\b", written.getvalue())
    assert acting == []


def test_only_our_fonts_are_in_our_pages(built: Built) -> None:
    with pikepdf.open(built.packet) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        names = {str(font.BaseFont).split("+")[1].split("-Semi")[0].split("-Medium")[0] for font in fonts.values()}
    assert names == {"Poe-Sans", "Poe-Serif", "Poe-Mono"}
