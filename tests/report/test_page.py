"""The page for a browser: one file, no script, the same facts."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest

from poe_pack.report.facts import StatusFacts
from poe_pack.report.page import render_page
from tests.report.samples import HOSTILE

_VOID = {"meta", "rect", "line", "circle", "path", "br", "link"}


class Reader(HTMLParser):
    """Tags, attributes and text of a page; raises on tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


@pytest.fixture(scope="module")
def everyday_page(everyday: StatusFacts) -> str:
    return render_page(everyday)


@pytest.fixture(scope="module")
def hostile_page(hostile: StatusFacts) -> str:
    return render_page(hostile)


def test_it_shows_the_facts(everyday_page: str) -> None:
    text = Reader(everyday_page).text
    for words in (
        "Co-op claims Nordanvind IT AB, partner ID 6071200",
        "As of 21 November 2026",
        "Claimable now, USD 13,435.50 3 claims with nothing missing",
        "At risk, USD 20,960.00 4 claims that lack something",
        "Next deadline 23 Nov 2026 in 2 days: demo-units-azure-local",
        "Remaining funds, USD 46,588.48 FY27 H1, until 15 Feb 2027",
        "All claims 12 80,367.27",
        "POE431 lump-sum-line",
        "claims/ignite-2026/claim.yaml:7",
    ):
        assert words in text


def test_an_approval_in_part_stands_beside_what_was_claimed(everyday_page: str) -> None:
    assert everyday_page.count('<span class="small">of ') == 1
    assert '4,020.40<span class="small">of 4,100.40</span>' in everyday_page


def test_it_shows_the_mix_beside_its_guide(everyday_page: str, mixed: StatusFacts) -> None:
    page = render_page(mixed)
    title, parts = "Mix of claims beside the guide", ["Demand generation", "13,435.50", "67.5", "40.0"]
    assert title not in everyday_page
    assert title in page
    places = [page.index(part, page.index(title)) for part in parts]
    assert places == sorted(places)
    assert "Guide for distributors" in page


def test_it_asks_nothing_of_anybody(everyday_page: str, hostile_page: str) -> None:
    for page in (everyday_page, hostile_page):
        tags = Reader(page).tags
        policy = next(a["content"] for tag, a in tags if a.get("http-equiv") == "Content-Security-Policy")
        assert policy is not None
        assert "default-src 'none'" in policy
        assert "script-src 'none'" in policy
        assert not {"script", "link", "img", "iframe", "a", "form"} & {tag for tag, _ in tags}
        assert not [a for _, attrs in tags for a in attrs if a.startswith("on") or a in ("style", "src", "href")]


def test_it_can_be_read_without_eyes(everyday_page: str) -> None:
    tags = Reader(everyday_page).tags
    names = [tag for tag, _ in tags]
    assert [names.count(tag) for tag in ("main", "header", "footer", "h1")] == [1, 1, 1, 1]
    assert ("html", {"lang": "en"}) in tags
    assert all("scope" in attrs for tag, attrs in tags if tag == "th")
    drawings = [attrs for tag, attrs in tags if tag == "svg" and "class" in attrs]
    assert all("role" in attrs or "aria-hidden" in attrs for attrs in drawings)
    assert everyday_page.count('role="img"') == everyday_page.count("<svg class") - everyday_page.count(
        'aria-hidden="true"'
    )


def test_hostile_names_are_only_text(hostile_page: str) -> None:
    page = Reader(hostile_page)
    assert "<script>alert(1)</script>" in page.text
    assert "&lt;" not in page.text
    assert html.escape(HOSTILE[6]).replace("&#x27;", "'") in hostile_page
    body = hostile_page[hostile_page.index("<body>") :]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]", body)
    assert "[U+202E]gnp.exe" in page.text


def test_several_partners_have_a_column(agency: StatusFacts, everyday_page: str) -> None:
    header = '<th role="columnheader" scope="col">Partner</th>'
    assert header in render_page(agency)
    assert header not in everyday_page


def test_more_claims_than_are_drawn_are_counted(agency: StatusFacts) -> None:
    text = Reader(render_page(agency)).text
    waiting = sum(row.turn == "partner" for row in agency.claims)
    assert f"and {waiting - 16} more, under all claims" in text
    assert all(row.id in text for row in agency.claims)


def test_without_claims(empty: StatusFacts) -> None:
    text = Reader(render_page(empty)).text
    assert "There are no claims here yet." in text
    assert "No findings" in text
