"""Layout: our fonts alone, and no other address whatever asks for it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from poe_pack.printing import PAPERS, lay_out, pdf_bytes
from poe_pack.resources import resource

PAGE = '<!doctype html><html lang="en"><head><title>T</title>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://example.com/x.png",
        "data:image/png;base64,AAAA",
        "poe:font/../../etc/passwd",
        "poe:other/x",
        "poe:shape/../look/base.css",
        "ftp://127.0.0.1/x",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        '<img src="{}">',
        '<p style="background: url({})">x</p>',
        '<svg viewBox="0 0 9 9"><image href="{}" width="9" height="9"/></svg>',
        '<object data="{}"></object>',
    ],
)
def test_nothing_but_our_fonts_is_fetched(address: str, body: str, caplog: pytest.LogCaptureFixture) -> None:
    try:
        document = lay_out(PAGE.format(head="", body=body.format(address)), ["look/print.css"])
        data = pdf_bytes(document)
    except FatalURLFetchingError:
        return
    assert b"/Subtype /Image" not in data  # WeasyPrint did not even ask


def test_attachments_and_style_sheets_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    for rel in ("attachment", "stylesheet"):
        head = f'<link rel="{rel}" href="{secret.as_uri()}">'
        with pytest.raises(FatalURLFetchingError):
            pdf_bytes(lay_out(PAGE.format(head=head, body="x"), ["look/print.css"]))


@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_pages_have_the_size_of_their_paper(paper: str) -> None:
    html = PAGE.format(head="", body='<p>x</p><p style="page: landscape">y</p>')
    document = lay_out(html, ["look/print.css"], paper)
    with pikepdf.open(io.BytesIO(pdf_bytes(document))) as pdf:
        sizes = [[float(edge) for edge in page.mediabox][2:] for page in pdf.pages]
    upright = [PAPERS[paper].width * 72 / 25.4, PAPERS[paper].height * 72 / 25.4]
    assert sizes[0] == pytest.approx(upright, abs=0.02)
    assert sizes[1] == pytest.approx(upright[::-1], abs=0.02)


def test_the_text_is_as_wide_on_both_papers() -> None:
    for paper in PAPERS.values():
        assert paper.width - paper.left - paper.right == pytest.approx(168)


def _printed_templates() -> list[Path]:
    screens = {"packet/portal.html", "report/index.html"}
    folder = resource("templates")
    printed = [path for path in sorted(folder.rglob("*.html")) if path.relative_to(folder).as_posix() not in screens]
    assert len(printed) > 10
    return printed


@pytest.mark.parametrize("template", _printed_templates(), ids=lambda path: path.name)
def test_the_base_sheet_names_every_element_of_a_printed_page(template: Path) -> None:
    """Of SVG only the outermost element is one of HTML's."""
    base = (resource("templates") / "look/base.css").read_text(encoding="utf-8")
    named = set(re.findall(r"[a-z]+\d?", re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", base, flags=re.DOTALL)))
    html = re.sub(r"(<svg)\b.*?</svg>", r"\1>", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    parts_of_drawings = {"rect", "line", "circle", "path", "text"} if "{% macro segment" in html else set()
    assert set(re.findall(r"<([a-z]+\d?)", html)) - parts_of_drawings <= named


def test_the_base_sheet_stands_in_the_place_of_the_browsers() -> None:
    """Were WeasyPrint to ask for it in another way, pages would take longer: layout.py says how."""
    document = lay_out(PAGE.format(head="", body="<p>x</p><blockquote>y</blockquote>"), ["look/print.css"])
    (page,) = document.pages
    (body,) = page._page_box.children[0].children
    assert [box.element_tag for box in body.children] == ["p", "body"]  # a line around what has no rule
