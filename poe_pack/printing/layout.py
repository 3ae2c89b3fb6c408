"""HTML to pages through WeasyPrint, which may fetch nothing but our own fonts and shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from poe_pack.printing.collecting import uncollected
from poe_pack.printing.fonts import PRINT_FACES, points_for, print_font
from poe_pack.printing.glyphs import check_glyphs
from poe_pack.printing.loading import load_weasyprint
from poe_pack.printing.paper import PAPERS, Paper
from poe_pack.printing.shapes import SHAPE_ADDRESS, shape_file
from poe_pack.printing.templates import style_sheet

_SCHEME = "poe:font/"
_STACK = re.compile(r'"Poe \w+"(?:, "Poe \w+")+')
"""A stack of a style sheet: all our families in some order. Those of the machine come after them."""


def lay_out(html: str, sheets: Sequence[str], paper: str = "A4") -> Any:
    """Lay out a page of ours with style sheets of ours (`look/print.css`); returns a WeasyPrint Document.

    Raises MissingGlyph before any layout, and PrintingUnavailable. Fonts and sheets are read once per process.
    """
    press = _press(points_for(html), check_glyphs(html))
    styles = [press.page(paper), *(press.sheet(name) for name in sheets)]
    with uncollected():
        page = press.html(string=html, base_url=None, url_fetcher=press.fetcher)
        return page.render(font_config=press.fonts, stylesheets=styles)


def pdf_bytes(document: Any, *, tagged: bool = True) -> bytes:
    """The laid-out document as PDF. Dates come from its `dcterms` fields, never from a clock."""
    with uncollected():
        return bytes(document.write_pdf(pdf_tags=tagged))


@lru_cache(maxsize=4)
def _press(points: frozenset[int], families: tuple[str, ...]) -> _Press:
    return _Press(points, families)


class _Press:
    """Fonts cut to the same characters, the fetcher and parsed style sheets, kept for all pages that they fit."""

    def __init__(self, points: frozenset[int], families: tuple[str, ...]) -> None:
        self.weasyprint = load_weasyprint()
        self.fonts = self.weasyprint.text.fonts.FontConfiguration()
        self.fetcher = _fetcher(points)
        self._families = "".join(f', "{family}"' for family in families)
        self._parsed: dict[str, Any] = {}
        self._parse("faces", _faces())
        self.html = _html(self.weasyprint, self.sheet("look/base.css"))

    def sheet(self, name: str) -> Any:
        """A style sheet of ours by its name below templates/."""
        if name not in self._parsed:
            self._parse(name, _STACK.sub(rf"\g<0>{self._families}", str(style_sheet(name))))
        return self._parsed[name]

    def page(self, paper: str) -> Any:
        """The page rules of a paper."""
        name = f"paper {paper}"
        return self._parsed.get(name) or self._parse(name, _page_rules(PAPERS[paper]))

    def _parse(self, name: str, text: str) -> Any:
        parsed = self.weasyprint.CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher)
        self._parsed[name] = parsed
        return parsed


def _html(weasyprint: Any, base: Any) -> Any:
    """WeasyPrint's HTML with `base` in place of its own style sheet: a tenth of a packet's layout went into that one.

    It is asked for by a method that WeasyPrint's own tests replace, too. Were it gone one day, pages would look the
    same and take longer.
    """

    class OwnHTML(weasyprint.HTML):  # type: ignore[misc] # WeasyPrint has no types
        def _ua_stylesheets(self, *_: Any, **__: Any) -> list[Any]:
            return [base]

    return OwnHTML


def _faces() -> str:
    rule = '@font-face{{font-family:"{}";font-weight:{};src:url({}{})}}'
    return "".join(rule.format(face.family, face.weight, _SCHEME, face.name) for face in PRINT_FACES)


def _page_rules(paper: Paper) -> str:
    """Size and margins; pages named `landscape` are turned and keep the margins on their own left and right."""
    return (
        f"@page{{size:{paper.width}mm {paper.height}mm;"
        f"margin:{paper.top}mm {paper.right}mm {paper.bottom}mm {paper.left}mm}}"
        f"@page landscape{{size:{paper.height}mm {paper.width}mm}}"
    )


def _fetcher(points: frozenset[int]) -> Any:
    """A fetcher that knows our fonts and shapes and refuses every other address, whatever asks for it."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(_SCHEME):
                return URLFetcherResponse(url, print_font(url.removeprefix(_SCHEME), points))
            if url.startswith(SHAPE_ADDRESS):
                picture = shape_file(url.removeprefix(SHAPE_ADDRESS))
                return URLFetcherResponse(url, picture, {"Content-Type": "image/svg+xml"})
            raise ValueError("only this program's own fonts and shapes are read")

    return OwnFetcher(fail_on_errors=True)
