"""The packet in four languages on two papers: the same bytes twice, whole pages, true links, words of the language."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from poe_pack.languages import catalogue
from poe_pack.languages.formats import LocaleFormat
from poe_pack.packet.frames import MM
from poe_pack.printing import PAPERS
from poe_pack.printing.system_fonts import families_for
from poe_pack.validation.result import CheckState
from tests.packet.languages import EDITIONS, claim_of, is_draft
from tests.packet.samples import D
from tests.packet.test_packet_pdf import Link, read_links

CHECKOUT = Path(__file__).resolve().parents[2]
_SEEDS = (("1", "UTC"), ("4711", "Pacific/Auckland"))
ON_A_TURNED_PAGE = 1


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two builds of all editions, by processes with other seeds and zones."""
    base = tmp_path_factory.mktemp("languages")
    claim_of(base)
    running = []
    for seed, zone in _SEEDS:
        command = [sys.executable, "-m", "tests.packet.languages", str(base), str(base / seed)]
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        running.append(subprocess.Popen(command, cwd=CHECKOUT, env=environment))
    assert [process.wait() for process in running] == [0, 0]
    return [base / seed for seed, _ in _SEEDS]


class Edition:
    """A packet in one language on one paper."""

    def __init__(self, folder: Path, language: str, paper: str) -> None:
        (self.folder,) = (folder / f"{language}-{paper}").iterdir()
        self.base = folder.parent
        self.packet = self.folder / "packet.pdf"
        self.summary = self.folder / "upload" / "00-summary.pdf"
        self.paper = PAPERS[paper]
        self.speech = LocaleFormat(language)
        self.draft = is_draft(language, paper)
        self.manifest: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=EDITIONS, ids="-".join)
def edition(request: pytest.FixtureRequest, builds: list[Path]) -> Edition:
    return Edition(builds[0], *request.param)


@cache
def text_of(path: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
    assert done.stderr == ""
    return done.stdout.split("\f")[:-1]


def squeezed(text: str) -> str:
    """Without blanks: lines break in other places in each language."""
    return "".join(text.split())


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_two_builds_are_the_same(builds: list[Path]) -> None:
    first, second = map(files_of, builds)
    assert len(first) > 4 * len(EDITIONS)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_qpdf_finds_no_fault(edition: Edition) -> None:
    for file in (edition.packet, edition.summary):
        done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_every_page_has_the_size_of_the_paper(edition: Edition) -> None:
    upright = (edition.paper.width * MM, edition.paper.height * MM)
    for file in (edition.packet, edition.summary):
        with pikepdf.open(file) as pdf:
            sizes = [tuple(float(edge) for edge in page.mediabox)[2:] for page in pdf.pages]
            assert all(page.cropbox == page.mediabox for page in pdf.pages)
        turned = [size for size in sizes if size != pytest.approx(upright, abs=0.02)]
        assert all(size == pytest.approx(upright[::-1], abs=0.02) for size in turned)
        assert len(turned) == (ON_A_TURNED_PAGE if file == edition.packet else 0)


def test_every_link_leads_to_the_page_that_it_names(edition: Edition) -> None:
    links = list(read_links(edition.packet))
    first = {exhibit["tag"]: exhibit["first_page"] for exhibit in edition.manifest["exhibits"]}
    named = {link: int(numbers[-1]) for link in links if (numbers := re.findall(r"\d+", link.text))}
    tagged = [link for link in links if link.text in first]
    assert len(named) > 20
    assert len(tagged) > 10
    assert [link for link, page in named.items() if link.target != page] == []
    assert [link for link in tagged if link.target != first[link.text]] == []
    assert [link for link in links if link not in named and link not in tagged and not beside(link, named)] == []


def beside(link: Link, named: dict[Link, int]) -> bool:
    """Whether the number on the line of a link that has none leads to the same page."""
    near = [other for other in named if other.page == link.page and abs(other.box[1] - link.box[1]) < 6]
    return bool(near) and {other.target for other in near} == {link.target}


def test_checklist_cost_and_exhibits_lead_to_each_other(edition: Edition) -> None:
    links = {(link.page, link.target) for link in read_links(edition.packet)}
    starts = bookmarks(edition)
    invoice, report, *others = edition.manifest["exhibits"]
    sections = ("cost", "reports", "requirements")
    cost, reports, requirements = (starts[edition.speech.text(f"packet.{section}")] for section in sections)
    for own, exhibit in ((cost, invoice), (reports, report)):
        assert {(own, exhibit["first_page"]), (exhibit["first_page"], own)} <= links
    _, claim = claim_of(edition.base)
    compared = {file for item in claim.checklist for file in item.files}
    assert len(compared.intersection(exhibit["source"] for exhibit in others)) > 2
    for exhibit in others:
        assert exhibit["source"] not in compared or any(
            (page, exhibit["first_page"]) in links for page in range(requirements, invoice["first_page"])
        )
        pages = range(exhibit["first_page"], exhibit["last_page"] + 1)
        assert all((page, requirements) in links for page in pages)


def page_of(entry: pikepdf.OutlineItem) -> tuple[int, int]:
    """The page that a bookmark leads to."""
    assert isinstance(entry.destination, pikepdf.Array)
    return entry.destination[0].objgen


def bookmarks(edition: Edition) -> dict[str, int]:
    """Pages by title of the first level."""
    with pikepdf.open(edition.packet) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return {entry.title: numbers[page_of(entry)] for entry in outline.root}


def test_bookmarks_lead_to_their_pages_two_deep(edition: Edition) -> None:
    text = edition.speech.text
    keys = ("contents", "form", "cost", "reports", "requirements", "exhibits", "record")
    starts = bookmarks(edition)
    assert list(starts) == [text(f"packet.{key}") for key in keys]
    pages = text_of(edition.packet)
    for title, page in starts.items():
        if title != text("packet.exhibits"):
            assert squeezed(title) in squeezed(pages[page - 1])
    with pikepdf.open(edition.packet) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        (exhibits,) = (entry for entry in outline.root if entry.title == text("packet.exhibits"))
        inner = [(entry.title.split()[0], numbers[page_of(entry)]) for entry in exhibits.children]
        assert [str(page.label) for page in pdf.pages] == [str(n) for n in range(1, len(pdf.pages) + 1)]
    assert inner == [(exhibit["tag"], exhibit["first_page"]) for exhibit in edition.manifest["exhibits"]]


def test_each_page_prints_the_number_of_the_viewer_and_says_draft(edition: Edition) -> None:
    pages = text_of(edition.packet)
    for number, page in enumerate(pages[1:], 2):
        assert f"{number}/{len(pages)}" in squeezed(page)
    said = squeezed(edition.speech.text("packet.draft"))
    for file in (edition.packet, edition.summary):
        assert {said in squeezed(page) for page in text_of(file)} == {edition.draft}


def test_the_file_names_its_language_and_its_pictures(edition: Edition) -> None:
    for file in (edition.packet, edition.summary):
        with pikepdf.open(file) as pdf:
            assert str(pdf.Root.Lang) == edition.speech.tag
            assert pdf.Root.MarkInfo.Marked
            elements = list(elements_of(pdf.Root.StructTreeRoot.K))
        alternatives = [str(element.get("/Alt", "")) for element in elements if element.S == "/Figure"]
        assert all(alternatives)
        assert bool(alternatives) == (file == edition.packet)
    exhibits = [exhibit for exhibit in edition.manifest["exhibits"] if exhibit["shown"]]
    shown = sum(exhibit["last_page"] - exhibit["first_page"] + 1 for exhibit in exhibits)
    states = {edition.speech.text(f"packet.state.{state}") for state in CheckState}
    assert len([words for words in alternatives_of(edition) if words not in states]) == shown


def alternatives_of(edition: Edition) -> list[str]:
    with pikepdf.open(edition.packet) as pdf:
        return [str(e.get("/Alt", "")) for e in elements_of(pdf.Root.StructTreeRoot.K) if e.S == "/Figure"]


def elements_of(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All elements of a structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements_of(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements_of(node.get("/K", pikepdf.Array()))


def test_titles_and_labels_are_of_the_language(edition: Edition) -> None:
    words = squeezed(" ".join(text_of(edition.packet)))
    speech = edition.speech
    for key in ("contents.lede", "form.lede", "declaration.activity", "record.no_clock", "reports.certification"):
        assert squeezed(speech.text(f"packet.{key}")) in words
    assert squeezed(speech.money(D("9141.12"), "USD")) in words
    if speech.language != "en":
        for key in ("packet.contents.lede", "packet.form.lede", "packet.record.rounds", "packet.cost.claimed_here"):
            assert squeezed(catalogue("en").text(key)) not in words


def test_no_letter_is_without_a_glyph(edition: Edition) -> None:
    for file in (edition.packet, edition.summary):
        with pypdfium2.PdfDocument(file) as pdf:
            assert all("\ufffd" not in page.get_textpage().get_text_bounded() for page in pdf)
    with pikepdf.open(edition.packet) as pdf:
        embedded = list(pdf.pages[0].obj.Resources.Font.values())
        families = {str(font.BaseFont).split("+")[1] for font in embedded}
        files = [set(font.DescendantFonts[0].FontDescriptor.keys()) for font in embedded]
    assert all(keys & {"/FontFile2", "/FontFile3"} for keys in files)
    foreign = {family.removesuffix("-Bold") for family in families if not family.startswith("Poe-")}
    han = {family.replace(" ", "-") for family in families_for(map(ord, "附件"))}
    assert foreign == (han if edition.speech.language == "zh" else set())


def test_the_portal_sheet_is_english_with_the_portals_own_labels(edition: Edition) -> None:
    sheet = (edition.folder / "portal-sheet.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in sheet
    assert "Then select" in sheet
    local = catalogue(edition.speech.language)
    if edition.speech.language != "en":
        assert f"({local.text('portal.local.proof_documents')})" in sheet
        assert "the portal’s own labels in brackets" in sheet
