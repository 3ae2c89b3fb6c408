"""Evidence files made on the spot, and pictures of pages to compare."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops, ImageStat

# Lopsided on purpose: a page that is turned, mirrored or cropped wrongly cannot look the same.
DRAWING = b"""q 0.8 0.1 0.1 rg 20 30 60 40 re f Q
q 0.1 0.2 0.8 rg 120 200 m 180 200 l 150 280 l f Q
q 0 0.5 0.2 RG 4 w 10 290 m 190 150 l S Q
BT /F1 18 Tf 30 120 Td (Invoice 10482) Tj ET
"""


class MakePdf:
    """Builds small PDFs. Every method returns a path below the test's own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new(self, count: int = 1, content: bytes = DRAWING) -> pikepdf.Pdf:
        """A PDF in memory of `count` pages of 200 x 300 points."""
        pdf = pikepdf.new()
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for _ in range(count):
            page = pdf.add_blank_page(page_size=(200, 300)).obj
            page["/Resources"] = Dictionary(Font=Dictionary(F1=font))
            page["/Contents"] = Stream(pdf, content)
        return pdf

    def save(self, pdf: pikepdf.Pdf, name: str = "made.pdf", **how: Any) -> Path:
        path = self.folder / name
        pdf.save(path, deterministic_id="encryption" not in how, **how)
        return path

    def page(self, name: str = "made.pdf", content: bytes = DRAWING, **entries: Any) -> Path:
        """One page whose dictionary has these `entries` as well."""
        pdf = self.new(content=content)
        for key, value in entries.items():
            pdf.pages[0].obj[f"/{key}"] = value
        return self.save(pdf, name)

    def data(self, count: int = 1, **how: Any) -> bytes:
        out = io.BytesIO()
        self.new(count).save(out, deterministic_id=True, **how)
        return out.getvalue()


def flate_bomb(megabytes: int) -> bytes:
    """Flate data that unpacks to so many megabytes of harmless path operators."""
    block = b"0 0 m " * (1_000_000 // 6)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # A fully flushed block stands for itself, so it can be repeated instead of packed again and again.
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.adler32(block * megabytes) if megabytes <= 200 else 0
    return b"\x78\xda" + packed * megabytes + b"\x03\x00" + checksum.to_bytes(4, "big")


def render(path: Path, page: int = 0, scale: float = 1.0, forms: bool = False) -> Image.Image:
    """Draw a page with PDFium, annotations included."""
    document = pypdfium2.PdfDocument(path)
    try:
        if forms:
            document.init_forms()
        bitmap = document[page].render(scale=scale, may_draw_forms=forms)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture
    finally:
        document.close()


def difference(left: Image.Image, right: Image.Image) -> float:
    """Mean difference of two pictures of one size, 0 to 255 a channel."""
    assert left.size == right.size
    return max(ImageStat.Stat(ImageChops.difference(left, right)).mean)


def ink(picture: Image.Image) -> float:
    """How far a picture is from a blank sheet, in the measure of `difference`."""
    return difference(picture, Image.new("RGB", picture.size, "white"))


def rectangle(*numbers: float) -> Array:
    return Array(list(numbers))


Saver = Callable[..., Path]
