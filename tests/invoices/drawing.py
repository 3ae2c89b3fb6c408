"""PDFs with text at given places, in any script, without a font on the machine.

The font is named and not embedded, and a table says which character each code is: a viewer without a like font shows
blanks, but whoever reads the text layer gets every character and where it stands.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

WIDE = 0x2E80  # from here on, characters are as wide as they are high
_WIDTH, _BLANK_WIDTH, _WIDE_WIDTH = 520, 270, 1000
_A4 = (595, 842)


@dataclass(frozen=True, slots=True)
class Put:
    """A text whose baseline begins at (`x`, `y`) in points from the lower left corner; `right`: there it ends."""

    x: float
    y: float
    text: str
    size: float = 9
    right: bool = False

    @property
    def left(self) -> float:
        return self.x - width(self.text, self.size) if self.right else self.x


def width(text: str, size: float) -> float:
    """Width of a text in points."""
    return sum(_width(ord(character)) for character in text) * size / 1000


def _width(code: int) -> int:
    if code in (0x20, 0xA0):
        return _BLANK_WIDTH
    return _WIDTH if code < WIDE else _WIDE_WIDTH


def text_pdf(pages: Sequence[Sequence[Put]], attachments: dict[str, bytes] | None = None, rotate: int = 0) -> bytes:
    """A PDF with these texts on its pages; `rotate` says how far a viewer turns them, and they are drawn against it."""
    with pikepdf.new() as pdf:
        font = _font(pdf)
        for puts in pages:
            page = pdf.add_blank_page(page_size=_A4 if rotate % 180 == 0 else _A4[::-1])
            page.obj.Resources = Dictionary(Font=Dictionary(F=font))
            page.obj.Contents = Stream(pdf, _content(puts, rotate))
            if rotate:
                page.obj.Rotate = rotate
        for name, data in (attachments or {}).items():
            attach(pdf, name, data)
        return _saved(pdf)


def attach(pdf: pikepdf.Pdf, name: str, data: bytes) -> None:
    """Put an XML file into a PDF."""
    pdf.attachments[name] = pikepdf.AttachedFileSpec(
        pdf, data, filename=name, description="", mime_type="text/xml", creation_date="", mod_date=""
    )


def scan_pdf(pages: int = 1, texts: Sequence[Sequence[Put]] = ()) -> bytes:
    """A PDF of pictures, as a scanner makes it, and after them pages with text."""
    with pikepdf.new() as pdf:
        for number in range(pages):
            page = pdf.add_blank_page(page_size=_A4)
            grey = bytes((x * y + number) % 251 for x in range(60) for y in range(84))
            picture = Stream(
                pdf,
                grey,
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=84,
                Height=60,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
            )
            page.obj.Resources = Dictionary(XObject=Dictionary(Im=picture))
            page.obj.Contents = Stream(pdf, b"q 595 0 0 842 0 0 cm /Im Do Q")
        font = _font(pdf)
        for puts in texts:
            page = pdf.add_blank_page(page_size=_A4)
            page.obj.Resources = Dictionary(Font=Dictionary(F=font))
            page.obj.Contents = Stream(pdf, _content(puts, 0))
        return _saved(pdf)


def _content(puts: Sequence[Put], rotate: int) -> bytes:
    turn = {0: b"", 90: b"0 1 -1 0 842 0 cm ", 180: b"-1 0 0 -1 595 842 cm ", 270: b"0 -1 1 0 0 595 cm "}[rotate]
    drawn = [
        f"BT /F {put.size} Tf {put.left:.2f} {put.y:.2f} Td <{put.text.encode('utf-16-be').hex()}> Tj ET".encode()
        for put in puts
    ]
    return b"q " + turn + b"\n".join(drawn) + b" Q"


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    described = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/Text"),
        Flags=4,
        FontBBox=Array([0, -200, 1000, 800]),
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=700,
        StemV=80,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/Text"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(described),
        DW=_WIDE_WIDTH,
        W=Array([0, 31, _WIDTH, 32, 32, _BLANK_WIDTH, 33, 159, _WIDTH, 160, 160, _BLANK_WIDTH, 161, WIDE - 1, _WIDTH]),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/Text"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=Stream(pdf, _to_unicode()),
    )
    return pdf.make_indirect(font)


def _to_unicode() -> bytes:
    blocks = []
    for first in range(0, 256, 64):
        ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(first, first + 64)]
        blocks.append(f"{len(ranges)} beginbfrange\n" + "\n".join(ranges) + "\nendbfrange")
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /All def /CMapType 2 def\n"
    return (
        head + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + "\n".join(blocks) + "\nendcmap end end"
    ).encode()


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
