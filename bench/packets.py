"""A packet of some 35 pages, warm, against the same pages laid out by WeasyPrint alone with evidence as images."""

from __future__ import annotations

import io
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image, ImageDraw

from bench.corpus import FUNDS, PARTNER
from bench.rows import Goal, ratio
from poe_pack.evidence.prober import Prober
from poe_pack.git import CommitStamp
from poe_pack.packet import build_packet, pages
from poe_pack.printing import layout
from poe_pack.printing.fonts import points_for
from poe_pack.validation.options import Options
from poe_pack.validation.validate import validate

_DPI = 150
_GOAL = Goal(0.4)
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
        html = ""

        def capture(text: str, sheets: Any, paper: str) -> Any:
            nonlocal html
            html = text
            return layout.lay_out(text, sheets, paper)

        with Prober() as prober:

            def ours() -> int:
                commit = CommitStamp(None, "no_repository")
                return build_packet(result, claim, Path(scratch) / "out", prober=prober, commit=commit).pages

            with mock.patch.object(pages, "lay_out", capture):
                count = ours()
            theirs = _weasyprint_alone(html, _images(root / "long-seminar" / "evidence"))
            theirs()
            seconds = _in_turn(ours, theirs, runs)
    own, other = (statistics.median(times) for times in seconds)
    yield f"a packet of {count} pages, warm (median of {runs})"
    yield f"  upload, sheet, summary, packet and manifest  {own:6.2f} s"
    yield f"  WeasyPrint alone, packet only                {other:6.2f} s{ratio('ours / theirs', own / other, _GOAL)}"


def _in_turn(ours: Callable[[], Any], theirs: Callable[[], Any], runs: int) -> tuple[list[float], list[float]]:
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for work, times in zip((ours, theirs), seconds, strict=True):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return seconds


def _weasyprint_alone(html: str, images: list[bytes]) -> Callable[[], bytes]:
    """The packet's own HTML with an image in every frame, laid out and written by WeasyPrint."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    numbers = iter(range(len(images)))
    filled = re.sub(
        r'<div class="x-frame" style="([^"]*)"></div>',
        lambda frame: f'<img class="x-frame" style="{frame[1]}" src="bench:{next(numbers)}">',
        html,
    )
    own = layout._press(points_for(html))

    class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("bench:"):
                return URLFetcherResponse(url, images[int(url.removeprefix("bench:"))])
            return own.fetcher.fetch(url, headers)

    styles = [own.page("A4"), own.sheet("look/print.css"), own.sheet("packet/packet.css")]

    def work() -> bytes:
        with layout._uncollected():
            page = own.weasyprint.HTML(string=filled, url_fetcher=Fetcher(fail_on_errors=True))
            return bytes(page.render(font_config=own.fonts, stylesheets=styles).write_pdf(pdf_tags=True))

    return work


def _images(evidence: Path) -> list[bytes]:
    """Every evidence page as a picture, in the order of the packet; made before anything is timed."""
    import pypdfium2

    found: list[bytes] = []
    for name in _PDF_PAGES:
        with pypdfium2.PdfDocument(evidence / f"{name}.pdf") as pdf:
            for page in pdf:
                stream = io.BytesIO()
                page.render(scale=_DPI / 72).to_pil().save(stream, "PNG")
                found.append(stream.getvalue())
    return found + [(evidence / f"{name}.jpg").read_bytes() for name in _PHOTOS]


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
            f"<section style='break-after: page'><h1>{name} {number}</h1>{words}</section>" for number in range(count)
        )
        document = layout.lay_out(f"<!doctype html><html lang=en><body>{paragraphs}</body></html>", (), "A4")
        (evidence / f"{name}.pdf").write_bytes(layout.pdf_bytes(document))
    for shade, name in enumerate(_PHOTOS):
        picture = Image.effect_noise((1600, 1200), 40).convert("RGB")
        ImageDraw.Draw(picture).rectangle((200, 200, 1400, 700), fill=(40 * shade, 80, 120))
        picture.save(evidence / f"{name}.jpg", quality=80)
