"""Pictures as PDF pages. Runs in the child process only.

A JPEG goes into the PDF as it is, and so does a PNG that PDF can hold; only what is interlaced or has
transparency, and the other kinds, are decoded, and come out as PNG.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import BinaryIO

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name
from PIL import Image

from poe_pack.evidence import png
from poe_pack.evidence.days import day_of
from poe_pack.evidence.facts import MediaType, Page, ProbeFacts, ProbeState
from poe_pack.evidence.geometry import oriented, picture_size
from poe_pack.evidence.refusal import Refused, damaged, too_many_pages

MAX_PIXELS = 60_000_000
"""Pixels of the largest picture that may have to be decoded, here or by whoever looks at the packet."""
MAX_JPEG_PIXELS = 200_000_000
"""JPEG is never decoded here, and telephones make such pictures."""

PICTURES = {
    MediaType.PNG: "PNG",
    MediaType.JPEG: "JPEG",
    MediaType.TIFF: "TIFF",
    MediaType.GIF: "GIF",
    MediaType.WEBP: "WEBP",
}
"""The kinds of picture that are opened, with Pillow's names."""

_ORIENTATION, _EXIF = 0x0112, 0x8769
_TAKEN = (0x9003, 0x9004)
_DEVICE = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
_ICC_SPACE = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
_MAX_ICC = 4 * 1024 * 1024
_PNG_MODES = ("1", "L", "RGB", "P", "I;16", "I;16B")
_OPAQUE = (255, 255)
# What Pillow raises on data that is not what it says: nearly anything. MemoryError is left to the caller.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    EOFError,
    struct.error,
)

Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Picture(Struct, frozen=True):
    """One picture to put on a page of its own: `data` in `kind` PNG or JPEG, `mask` an opacity PNG."""

    kind: MediaType
    data: bytes
    mask: bytes | None
    orientation: int
    icc: bytes

    @property
    def turned(self) -> bool:
        """Whether width and height change places when shown."""
        return self.orientation in (5, 6, 7, 8)


def probe_picture(stream: BinaryIO, kind: MediaType, max_pages: int) -> ProbeFacts:
    """Check a picture and return its facts. Raises Refused, MemoryError."""
    with _opened(stream, kind) as image:
        _check_data(stream, image, kind)
        sizes = [_shown(size, orientation) for size, orientation in _frame_sizes(image, kind, max_pages)]
        return _facts(sizes, _taken(image))


def picture_pages(
    pdf: pikepdf.Pdf, stream: BinaryIO, kind: MediaType, max_pages: int
) -> tuple[ProbeFacts, list[tuple[pikepdf.Stream, Page]]]:
    """Return the facts, and for each frame the form that draws it with its page. Raises as above."""
    sizes: list[tuple[int, int]] = []
    forms: list[tuple[pikepdf.Stream, Page]] = []
    with _opened(stream, kind) as image:
        _check_data(stream, image, kind)
        for picture in _frames(stream, image, kind, max_pages):
            drawn, pixels = _embed(pdf, picture)
            size = (pixels[1], pixels[0]) if picture.turned else pixels
            page = picture_size(*size)
            sizes.append(size)
            forms.append((_form(pdf, drawn, picture.orientation, page), page))
        return _facts(sizes, _taken(image)), forms


def _facts(sizes: list[tuple[int, int]], taken: date | None) -> ProbeFacts:
    pages = tuple(picture_size(*size) for size in sizes)
    return ProbeFacts(ProbeState.OK, pages=pages, pixels=sizes[0], has_text=False, taken=taken)


def _taken(image: Image.Image) -> date | None:
    """The day on which a camera says it took the picture, or a scanner that it read it."""
    try:
        camera = image.getexif().get_ifd(_EXIF)
        stated = next((camera[tag] for tag in _TAKEN if isinstance(camera.get(tag), str)), "")
    except _BROKEN:
        return None
    return day_of(str(stated)[:10].replace(":", "").replace("-", ""))


@contextmanager
def _opened(stream: BinaryIO, kind: MediaType) -> Iterator[Image.Image]:
    """Open with the one decoder that the leading bytes call for, and turn its errors into refusals."""
    most = MAX_JPEG_PIXELS if kind is MediaType.JPEG else MAX_PIXELS
    try:
        if kind is MediaType.PNG:  # Pillow's own guard would not tell the size.
            _guard(png.read_size(stream.read(png.HEADER_BYTES)), most)
            stream.seek(0)
        with Image.open(stream, formats=[PICTURES[kind]]) as image:
            _guard(image.size, most)
            yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        detail = f"more than {MAX_JPEG_PIXELS // 1_000_000} million pixels"
        raise Refused(ProbeState.MEMORY_LIMIT, detail) from error
    except _BROKEN as error:
        raise damaged("the picture cannot be read") from error


def _guard(size: tuple[int, int], most: int) -> None:
    if size[0] * size[1] > most:
        detail = f"{size[0]} x {size[1]} pixels; at most {most // 1_000_000} million are read"
        raise Refused(ProbeState.MEMORY_LIMIT, detail, size)


def _check_data(stream: BinaryIO, image: Image.Image, kind: MediaType) -> None:
    """Find a picture that was cut off without decoding it: Pillow's header alone would not tell."""
    if kind is MediaType.PNG:
        png.read(_whole(stream)).check()
    elif kind is MediaType.JPEG:
        if image.mode not in ("L", "RGB", "CMYK"):
            raise Refused(ProbeState.UNSUPPORTED, "a JPEG in an unusual colour space")
        data = _whole(stream)
        # A thumbnail before the picture's own data ends with the same mark.
        if data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda"):
            raise damaged("the picture is cut off")


def _whole(stream: BinaryIO) -> bytes:
    """Read everything and put the stream back where Pillow left it."""
    at = stream.tell()
    stream.seek(0)
    data = stream.read()
    stream.seek(at)
    return data


def _frame_count(image: Image.Image, kind: MediaType, max_pages: int) -> int:
    """A TIFF may be a scan of many pages; an animation counts as its first picture."""
    count = getattr(image, "n_frames", 1) if kind is MediaType.TIFF else 1
    if count > max_pages:
        raise too_many_pages(count, max_pages)
    return count


def _frame_sizes(image: Image.Image, kind: MediaType, max_pages: int) -> Iterator[tuple[tuple[int, int], int]]:
    for frame in range(_frame_count(image, kind, max_pages)):
        image.seek(frame)
        _guard(image.size, MAX_JPEG_PIXELS if kind is MediaType.JPEG else MAX_PIXELS)
        if kind not in (MediaType.PNG, MediaType.JPEG):
            # Their data can be checked in no other way. Pillow also turns a TIFF upright then.
            image.load()
        yield image.size, _orientation(image)


def _shown(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size[1], size[0]) if orientation in (5, 6, 7, 8) else size


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        return 1  # Readers show a picture with broken EXIF as it is stored.
    return value if value in range(1, 9) else 1


def _frames(stream: BinaryIO, image: Image.Image, kind: MediaType, max_pages: int) -> Iterator[Picture]:
    icc = image.info.get("icc_profile") or b""
    if kind is MediaType.JPEG:
        yield Picture(kind, _whole(stream), None, _orientation(image), icc)
        return
    if kind is MediaType.PNG:
        data = _whole(stream)
        if png.read(data).fits_pdf:
            yield Picture(kind, data, None, _orientation(image), icc)
            return
    for frame in range(_frame_count(image, kind, max_pages)):
        image.seek(frame)
        _guard(image.size, MAX_PIXELS)
        yield _decoded(image)


def _decoded(image: Image.Image) -> Picture:
    """Decode a frame into PNG, opacity apart: PDF keeps it in a picture of its own."""
    image.load()
    orientation = _orientation(image)
    icc = image.info.get("icc_profile") or b""
    mask = None
    if image.has_transparency_data:
        opacity = image.convert("RGBA").getchannel("A")
        mask = None if opacity.getextrema() == _OPAQUE else _as_png(opacity)
        shown = image.convert("L" if image.mode in ("LA", "La") else "RGB")
    elif image.mode in _PNG_MODES:
        shown = image
    else:
        shown = image.convert("RGB")
        icc = b"" if image.mode == "CMYK" else icc
    return Picture(MediaType.PNG, _as_png(shown), mask, orientation, icc)


def _as_png(image: Image.Image) -> bytes:
    bare = image.copy()
    bare.info = {}  # Else colour key, profile and texts go into the new file.
    out = io.BytesIO()
    bare.save(out, "PNG")
    return out.getvalue()


def _embed(pdf: pikepdf.Pdf, picture: Picture) -> tuple[pikepdf.Stream, tuple[int, int]]:
    """Return the image object and its pixels as stored."""
    if picture.kind is MediaType.JPEG:
        return _embed_jpeg(pdf, picture)
    drawn, size = _embed_png(pdf, picture.data, picture.icc)
    if picture.mask is not None:
        drawn.SMask = _embed_png(pdf, picture.mask, b"")[0]
    return drawn, size


def _embed_jpeg(pdf: pikepdf.Pdf, picture: Picture) -> tuple[pikepdf.Stream, tuple[int, int]]:
    with Image.open(io.BytesIO(picture.data), formats=["JPEG"]) as header:
        channels = len(header.getbands())
        size = header.size
        inverted = channels == 4 and "adobe" in header.info
    drawn = _image(pdf, picture.data, size, 8, _space(pdf, channels, picture.icc))
    drawn.Filter = Name.DCTDecode
    if inverted:  # Adobe's programs store CMYK upside down, and all others follow them.
        drawn.Decode = Array([1, 0] * 4)
    return drawn, size


def _embed_png(pdf: pikepdf.Pdf, data: bytes, icc: bytes) -> tuple[pikepdf.Stream, tuple[int, int]]:
    whole = png.read(data)
    size = (whole.width, whole.height)
    if whole.color == png.PALETTE:
        base = _space(pdf, 3, icc)
        table = pikepdf.String(whole.palette)
        space: pikepdf.Object = Array([Name.Indexed, base, len(whole.palette) // 3 - 1, table])
    else:
        space = _space(pdf, whole.channels, icc)
    drawn = _image(pdf, whole.rows, size, whole.bits, space)
    drawn.Filter = Name.FlateDecode
    drawn.DecodeParms = Dictionary(
        Predictor=15, Colors=whole.channels, BitsPerComponent=whole.bits, Columns=whole.width
    )
    return drawn, size


def _image(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], bits: int, space: pikepdf.Object) -> pikepdf.Stream:
    return pikepdf.Stream(
        pdf,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        BitsPerComponent=bits,
        ColorSpace=space,
    )


def _space(pdf: pikepdf.Pdf, channels: int, icc: bytes) -> pikepdf.Object:
    """The picture's own colours where its profile fits, so that a telephone's wide gamut is not dulled."""
    if not icc or len(icc) > _MAX_ICC or icc[16:20] != _ICC_SPACE[channels]:
        return _DEVICE[channels]
    profile = pikepdf.Stream(pdf, icc, N=channels, Alternate=_DEVICE[channels])
    return Array([Name.ICCBased, pdf.make_indirect(profile)])


def _form(pdf: pikepdf.Pdf, drawn: pikepdf.Stream, orientation: int, page: Page) -> pikepdf.Stream:
    numbers = " ".join(f"{value:.4f}" for value in oriented(orientation, page))
    return pikepdf.Stream(
        pdf,
        f"q {numbers} cm /Picture Do Q\n".encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        FormType=1,
        BBox=Array([0, 0, page.width, page.height]),
        Matrix=Array([1, 0, 0, 1, 0, 0]),
        Resources=Dictionary(XObject=Dictionary(Picture=pdf.make_indirect(drawn))),
    )
