"""A packet of some 35 pages, warm, against the same pages laid out by WeasyPrint alone with evidence as images."""

from __future__ import annotations

import gc
import io
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image, ImageDraw

from bench.corpus import FUNDS, PARTNER
from bench.rows import Goal, against, heading, missing, ratio
from bench.timing import Command, measure, program
from poe_pack.evidence.prober import Prober
from poe_pack.git import CommitStamp
from poe_pack.packet import build_packet, pages
from poe_pack.printing import PAPERS, layout, style_sheet, uncollected
from poe_pack.printing.fonts import PRINT_FACES, points_for, print_font
from poe_pack.printing.glyphs import check_glyphs
from poe_pack.printing.shapes import SHAPE_ADDRESS, SHAPES, shape_file
from poe_pack.validation.options import Options
from poe_pack.validation.validate import validate

_DPI = 150
_OURS, _CHROMIUM = "poe-pack packet: all files", "Chromium, headless, packet only"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_HEADLESS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer")
_GOAL = Goal(0.4)
_SHAPE = re.compile(rf"{SHAPE_ADDRESS}(\w+)")
_FRAME = re.compile(r'<svg class="x-frame"[^>]* style="([^"]*)">.*?</svg>', re.DOTALL)
_PDF_PAGES = {"invoice": 8, "invitation": 6, "agenda": 5, "slides": 7}
_PHOTOS = ("stage", "room", "booth")

_CLAIM = """\
kind: claim
id: long-seminar
flow: co_op_management
activity_type: customer_seminar_bootcamp
program: Hosting
location: "6071245"
usage_period: FY27 H1
name: A seminar with much evidence
date: "2026-09-17"
currency: USD
amount: "2600.00"
third_party_invoices:
  - number: "INV-1"
    vendor: {name: Vasaplatsen Konferens AB}
    date: "2026-09-20"
    currency: USD
    lines: [{description: Venue hire, category: venue_equipment_rental, net: "2600.00", tax: "650.00"}]
    total: "3250.00"
    file: evidence/invoice.pdf
proof_documents:
  - {evidence: event_invitation, files: [evidence/invitation.pdf], note: Invitation, shows: [company_brand]}
  - {evidence: event_agenda, files: [evidence/agenda.pdf], note: Agenda, shows: [contact_info]}
  - {evidence: presentation_material, files: [evidence/slides.pdf], note: Slides, shows: [microsoft_content]}
  - {evidence: event_photo, files: [evidence/stage.jpg, evidence/room.jpg, evidence/booth.jpg], note: Photos}
metrics: {registered_guest_count: 118}
status: editing
"""


def packet_against_weasyprint(runs: int) -> Iterator[str]:
    """Rows: our way, WeasyPrint alone, and the ratio of the medians, run in turn in one process."""
    with tempfile.TemporaryDirectory(prefix="poe-bench-") as scratch:
        root = Path(scratch) / "claims"
        _write_claim(root)
        result = validate(Options(paths=(root,), as_of=date(2026, 11, 21)))
        claim = result.claims[0]
        with Prober() as prober:

            def ours() -> int:
                commit = CommitStamp(None, "no_repository")
                return build_packet(result, claim, Path(scratch) / "out", prober=prober, commit=commit).pages

            html, count = _html_of(ours)
            evidence = root / "long-seminar" / "evidence"
            theirs = _weasyprint_alone(html, _images(evidence))
            theirs()
            seconds = _in_turn((ours, theirs, lambda: _images(evidence)), runs)
    own, other, pictures = (statistics.median(times) for times in seconds)
    whole = other + pictures
    yield f"a packet of {count} pages, warm (median of {runs})"
    yield f"  upload, sheet, summary, packet and manifest  {own:6.2f} s"
    yield f"  WeasyPrint alone, packet only                {other:6.2f} s{ratio('ours / theirs', own / other, _GOAL)}"
    yield f"  the same with the pictures that it needs     {whole:6.2f} s{ratio('ours / theirs', own / whole, None)}"


def packet_against_chromium(runs: int) -> Iterator[str]:
    """Rows: the whole command, cold, and a headless Chromium that prints the packet's own HTML with its images."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        yield missing(
            "headless Chromium printing the packet's HTML", f"none of {', '.join(_BROWSERS)} is installed here"
        )
        return
    with tempfile.TemporaryDirectory(prefix="poe-bench-") as scratch:
        root, page, out = Path(scratch) / "claims", Path(scratch) / "page", Path(scratch) / "out"
        _write_claim(root)
        result = validate(Options(paths=(root,), as_of=date(2026, 11, 21)))
        commit = CommitStamp(None, "no_repository")
        with Prober() as prober:
            html, count = _html_of(
                lambda: build_packet(result, result.claims[0], out, prober=prober, commit=commit).pages
            )
        _write_page(page, html, _images(root / "long-seminar" / "evidence"))
        ours = [program("poe-pack"), "packet", str(root), "-o", str(out), "--draft", "--force", "--as-of", "2026-11-21"]
        theirs = [browser, *_HEADLESS, f"--user-data-dir={scratch}/profile", f"--print-to-pdf={page}/printed.pdf"]
        commands = {_OURS: Command(ours), _CHROMIUM: Command([*theirs, (page / "index.html").as_uri()])}
        timings = measure(commands, runs)
        printed = _page_count(page / "printed.pdf")
    yield heading(f"the same packet, cold process (median of {runs}); ours has {count} pages, Chromium's {printed}")
    yield from against(timings, _OURS, {})


def _html_of(make: Callable[[], int]) -> tuple[str, int]:
    """The packet's HTML as it is laid out while `make` makes it, and what `make` returns: its pages."""
    html = ""

    def capture(text: str, sheets: Any, paper: str) -> Any:
        nonlocal html
        html = text
        return layout.lay_out(text, sheets, paper)

    with mock.patch.object(pages, "lay_out", capture):
        count = make()
    return html, count


def _write_page(folder: Path, html: str, images: list[bytes]) -> None:
    """The packet's HTML for a browser: style sheets inside, fonts and pictures beside it."""
    folder.mkdir()
    for number, image in enumerate(images):
        (folder / f"{number}").write_bytes(image)
    for face in PRINT_FACES:
        (folder / face.name).write_bytes(print_font(face.name, points_for(html)))
    for name in SHAPES:
        (folder / f"{name}.svg").write_bytes(shape_file(name))
    faces = layout._faces().replace(layout._SCHEME, "")
    styles = (faces, layout._page_rules(PAPERS["A4"]), style_sheet("look/print.css"), style_sheet("packet/packet.css"))
    filled = _SHAPE.sub(r"\1.svg", _with_images(html, len(images), ""))
    page = filled.replace("</head>", f"<style>{''.join(map(str, styles))}</style></head>", 1)
    (folder / "index.html").write_text(page, encoding="utf-8")


def _with_images(html: str, count: int, before: str) -> str:
    """The HTML with an image in each frame, numbered from 0 behind `before`; raises where frames are not `count`."""
    numbers = iter(range(count))
    filled, frames = _FRAME.subn(
        lambda frame: f'<img class="x-frame" style="{frame[1]}" src="{before}{next(numbers)}">', html
    )
    if frames != count:
        raise RuntimeError(f"{count} images do not fit into {frames} frames")
    return filled


def _in_turn(works: Sequence[Callable[[], Any]], runs: int) -> list[list[float]]:
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, times in zip(works, seconds, strict=True):
            gc.collect()  # what another left behind
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return seconds


def _weasyprint_alone(html: str, images: list[bytes]) -> Callable[[], bytes]:
    """The packet's own HTML with an image in every frame, laid out and written by WeasyPrint."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    filled = _with_images(html, len(images), "bench:")
    own = layout._press(points_for(html), check_glyphs(html))

    class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("bench:"):
                return URLFetcherResponse(url, images[int(url.removeprefix("bench:"))])
            return own.fetcher.fetch(url, headers)

    styles = [own.page("A4"), own.sheet("look/print.css"), own.sheet("packet/packet.css")]

    def work() -> bytes:
        with uncollected():
            page = own.weasyprint.HTML(string=filled, url_fetcher=Fetcher(fail_on_errors=True))
            return bytes(page.render(font_config=own.fonts, stylesheets=styles).write_pdf(pdf_tags=True))

    return work


def _page_count(file: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as pdf:
        return len(pdf)


def _images(evidence: Path) -> list[bytes]:
    """Every evidence page as a picture, in the order of the packet."""
    import pypdfium2

    found: list[bytes] = []
    for name in _PDF_PAGES:
        with pypdfium2.PdfDocument(evidence / f"{name}.pdf") as pdf:
            for page in pdf:
                stream = io.BytesIO()
                page.render(scale=_DPI / 72).to_pil().save(stream, "PNG")
                found.append(stream.getvalue())
    return found + [(evidence / f"{name}.jpg").read_bytes() for name in _PHOTOS]


def write_long_claims(root: Path, count: int) -> None:
    """A repository of `count` claims with the same many pages of evidence, and photos of their own."""
    _write_claim(root)
    first = root / "long-seminar"
    for number in range(1, count):
        folder = root / f"long-seminar-{number:03d}"
        shutil.copytree(first, folder)
        text = _CLAIM.replace("id: long-seminar", f"id: {folder.name}").replace('"INV-1"', f'"INV-{number + 1}"')
        (folder / "claim.yaml").write_text(text, encoding="utf-8")
        for photo in (folder / "evidence").glob("*.jpg"):
            with photo.open("ab") as file:
                file.write(str(number).encode())


def _write_claim(root: Path) -> None:
    evidence = root / "long-seminar" / "evidence"
    evidence.mkdir(parents=True)
    (root / "poe.yaml").write_text("kind: repository\nrulebook: microsoft-coop\n", encoding="utf-8")
    (root / "partner.yaml").write_text(PARTNER, encoding="utf-8")
    (root / "funds.yaml").write_text(FUNDS, encoding="utf-8")
    (root / "long-seminar" / "claim.yaml").write_text(_CLAIM, encoding="utf-8")
    words = "<p>Words on a page of evidence. </p>" * 12
    for name, count in _PDF_PAGES.items():
        paragraphs = "".join(
            f"<section style='break-after: page'><h1>{name.capitalize()}</h1>{words}</section>" for _ in range(count)
        )
        document = layout.lay_out(f"<!doctype html><html lang=en><body>{paragraphs}</body></html>", (), "A4")
        (evidence / f"{name}.pdf").write_bytes(layout.pdf_bytes(document))
    for shade, name in enumerate(_PHOTOS):
        picture = Image.effect_noise((1600, 1200), 40).convert("RGB")
        ImageDraw.Draw(picture).rectangle((200, 200, 1400, 700), fill=(40 * shade, 80, 120))
        picture.save(evidence / f"{name}.jpg", quality=80)
