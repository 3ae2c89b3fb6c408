"""HTML pages to PDF and to pictures, with the fonts of the packages alone and without a clock."""

from __future__ import annotations

import io
import os
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_ibm_plex_mono
import fontpkg_inter
import fontpkg_source_serif_4
import pypdfium2
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# A font cut out of a variable one is stamped with the time of the cut, unless this names another.
os.environ["SOURCE_DATE_EPOCH"] = "1795219200"

PAGES = Path(__file__).parent / "pages"
FONTS = {
    "inter": fontpkg_inter.ROOT / "files" / "Inter[opsz,wght].ttf",
    "inter-italic": fontpkg_inter.ROOT / "files" / "Inter-Italic[opsz,wght].ttf",
    "serif": fontpkg_source_serif_4.ROOT / "files" / "SourceSerif4[opsz,wght].ttf",
    "serif-italic": fontpkg_source_serif_4.ROOT / "files" / "SourceSerif4-Italic[opsz,wght].ttf",
    "plex": fontpkg_ibm_plex_mono.ROOT / "files" / "IBMPlexMono-Regular.ttf",
    "plex-bold": fontpkg_ibm_plex_mono.ROOT / "files" / "IBMPlexMono-SemiBold.ttf",
}
MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december".split(),
    "en": ("January February March April May June July August September October November December".split()),
}


class Fetcher(URLFetcher):
    """Gives fonts and the pictures of one page (`example:fonts/inter`, `example:sky.jpg`), and nothing else."""

    def __init__(self, pictures: dict[str, bytes]) -> None:
        super().__init__(fail_on_errors=True)
        self.pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = url.removeprefix("example:")
        if name == url:
            raise ValueError(f"not a part of the example: {url}")
        if name.startswith("fonts/"):
            body, kind = FONTS[name.removeprefix("fonts/")].read_bytes(), "font/ttf"
        elif name == "base.css":
            body, kind = (PAGES / name).read_bytes(), "text/css"
        else:
            body, kind = self.pictures[name], "image/png" if name.endswith(".png") else "image/jpeg"
        return URLFetcherResponse(url, body, {"Content-Type": kind})


@cache
def environment() -> Environment:
    """Templates of pages/ with filters for amounts and days."""
    made = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters.update(
        sv=lambda amount: swedish(amount, 2),
        sv0=lambda amount: swedish(amount, 0),
        en=lambda amount: f"{Decimal(amount):,.2f}",
        day_sv=lambda text: long_day(text, "sv"),
        day_en=lambda text: long_day(text, "en"),
    )
    return made


def swedish(amount: str | int | Decimal, digits: int) -> str:
    """`152 900,00` with no-break spaces."""
    plain = f"{Decimal(amount):,.{digits}f}"
    return plain.replace(",", "\u00a0").replace(".", ",")


def long_day(text: str, language: str) -> str:
    """`17 september 2026`, `17 September 2026`."""
    day = date.fromisoformat(text)
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def page_html(template: str, values: dict[str, Any]) -> str:
    return environment().get_template(template).render(values)


def to_pdf(template: str, values: dict[str, Any], pictures: dict[str, bytes] | None = None) -> bytes:
    """Lay out a template of pages/ as PDF."""
    html = HTML(
        string=page_html(template, values),
        base_url="example:",
        url_fetcher=Fetcher(pictures or {}),
    )
    return bytes(html.write_pdf(font_config=FontConfiguration()))


def to_picture(pdf: bytes, width: int, page: int = 0) -> Image.Image:
    """Draw one page of a PDF, `width` pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    picture: Image.Image = sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
    document.close()
    return picture


def to_screenshot(template: str, values: dict[str, Any], width: int, pictures: dict[str, bytes] | None = None) -> bytes:
    """Lay out a template of one page and keep it as a PNG of 256 colours."""
    picture = to_picture(to_pdf(template, values, pictures), width)
    # The one method keeps gradients smooth, the other keeps colours that are rare.
    smooth = picture.quantize(224, method=Image.Quantize.MEDIANCUT).getpalette() or []
    rare = picture.quantize(32, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(smooth[: 224 * 3] + rare[: 31 * 3] + [255, 255, 255])
    return saved(picture.quantize(palette=palette, dither=Image.Dither.NONE), "PNG", optimize=True)


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
