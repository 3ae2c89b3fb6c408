"""Opens a PDF and measures its pages. Runs in the child process only."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import BinaryIO

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Stream
from pikepdf.settings import set_qpdf_limits

from poe_pack.evidence.active import MAX_OBJECTS, active_content
from poe_pack.evidence.days import day_of
from poe_pack.evidence.facts import ProbeFacts, ProbeState
from poe_pack.evidence.geometry import Box, PageShape, has_area, visible
from poe_pack.evidence.refusal import Refused, damaged, too_many_pages
from poe_pack.evidence.unpacking import check_stream

MAX_CONTENT = 128 * 1024 * 1024
"""Bytes that one page's drawing instructions may unpack to; a dense map has some 30 MB."""

_FURTHEST = 1e7  # Points; a coordinate beyond is nonsense and would make the page's size useless.
_UNITS = (0.01, 1000.0)
_TEXT_SHOWN = re.compile(rb"[\])>]\s*(?:Tj|TJ|'|\")")
_OUT_OF_MEMORY = ("bad_alloc", "memory limit")

# XMP is XML, but all that is wanted of it is one date: no parser needs to meet it.
_CREATE_DATE = re.compile(rb"xmp:CreateDate\s*(?:=\s*[\"']|>\s*)(\d{4})-(\d\d)-(\d\d)")
_METADATA = 256 * 1024

# The limits belong to the process, which is why they are set once, here.
set_qpdf_limits(
    flate_max_memory=MAX_CONTENT,
    png_max_memory=MAX_CONTENT,
    run_length_max_memory=MAX_CONTENT,
    tiff_max_memory=MAX_CONTENT,
    doc_max_warnings=500,
)


class Examined(Struct, frozen=True):
    """A PDF that may be used: its facts and its pages' shapes."""

    facts: ProbeFacts
    shapes: tuple[PageShape, ...]


@contextmanager
def opened(stream: BinaryIO) -> Iterator[pikepdf.Pdf]:
    """Open a PDF and turn the library's errors, here and while it is worked on, into Refused.

    Raises MemoryError as well.
    """
    try:
        with pikepdf.open(stream) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise Refused(ProbeState.ENCRYPTED, "a password is needed to open it") from error
    except pikepdf.PdfError as error:
        # qpdf catches a failed allocation and tells of it as one more fault of the file.
        if any(sign in str(error) for sign in _OUT_OF_MEMORY):
            raise MemoryError from error
        raise damaged("the PDF cannot be read") from error


def examine(pdf: pikepdf.Pdf, max_pages: int) -> Examined:
    """Measure all pages, read their content and look for active content. Raises Refused, MemoryError."""
    count = len(pdf.pages)
    if count > max_pages:
        raise too_many_pages(count, max_pages)
    _check_structure(pdf, count)
    shapes = []
    shown = False
    for number, page in enumerate(pdf.pages, 1):
        shapes.append(shape_of(page.obj))
        shown = _check_content(page, number) or shown
    active = active_content(pdf, check_stream)
    _check_repairs(pdf)
    detail = "" if active.whole else f"active content was looked for in the first {MAX_OBJECTS} objects only"
    has_text = True if shown else (None if _has_font(pdf) else False)
    pages = tuple(shape.size for shape in shapes)
    facts = ProbeFacts(
        ProbeState.OK,
        detail,
        pages,
        has_text=has_text,
        active_content=active.names,
        embedded=active.embedded,
        created=_created(pdf),
    )
    return Examined(facts, tuple(shapes))


def _created(pdf: pikepdf.Pdf) -> date | None:
    """The day on which the file says it was made, in the time zone that it names."""
    info = pdf.trailer.get("/Info")
    stated = info.get("/CreationDate") if isinstance(info, Dictionary) else None
    if isinstance(stated, pikepdf.String):
        return day_of(str(stated).removeprefix("D:")[:8])
    packet = pdf.Root.get("/Metadata")
    if not isinstance(packet, Stream):
        return None
    try:
        found = _CREATE_DATE.search(packet.read_bytes()[:_METADATA])
    except pikepdf.PdfError:
        return None  # what a file says about itself is no part of what it shows
    return None if found is None else day_of(b"".join(found.groups()).decode("ascii"))


def contents_of(page: pikepdf.Object) -> list[Stream]:
    """Return the streams that together draw a page; whatever else stands in their place is left out."""
    contents = page.get("/Contents")
    if isinstance(contents, Stream):
        return [contents]
    if isinstance(contents, Array):
        return [part for part in contents if isinstance(part, Stream)]
    return []


def shape_of(page: pikepdf.Object) -> PageShape:
    """Return how a page is shown. What the file states and no viewer could follow counts as not stated."""
    rotation = page.get("/Rotate", 0)
    rotation = int(rotation) % 360 if isinstance(rotation, int | Decimal) else 0
    unit = _number(page.get("/UserUnit", 1)) or 1.0
    return PageShape(
        visible(_box(page.get("/MediaBox")), _box(page.get("/CropBox"))),
        rotation if rotation % 90 == 0 else 0,
        unit if _UNITS[0] <= unit <= _UNITS[1] else 1.0,
    )


def _box(value: object) -> Box | None:
    if not isinstance(value, Array) or len(value) != 4:
        return None
    numbers = [_number(item) for item in value]
    left, bottom, right, top = (math.inf if number is None else number for number in numbers)
    if max(abs(left), abs(bottom), abs(right), abs(top)) > _FURTHEST:
        return None
    box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    return box if has_area(box) else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _check_structure(pdf: pikepdf.Pdf, count: int) -> None:
    if not count:
        raise damaged("it has no pages")
    tree = pdf.Root.get("/Pages")
    promised = tree.get("/Count") if isinstance(tree, Dictionary) else None
    if isinstance(promised, int) and promised > count:
        raise damaged(f"{promised - count} of {promised} pages are missing")
    if bool(pdf.Root.get("/NeedsRendering")):
        detail = "an XFA form, whose pages only Adobe's programs can draw; print it to PDF"
        raise Refused(ProbeState.UNSUPPORTED, detail, active_content=("XFA",))


def _check_content(page: pikepdf.Page, number: int) -> bool:
    """Unpack a page's instructions, so that a bomb goes off here; tell whether they show text."""
    total = 0
    shown = False
    for part in contents_of(page.obj):
        try:
            data = part.read_bytes()
        except pikepdf.PdfError as error:
            if any(sign in str(error) for sign in _OUT_OF_MEMORY):
                raise _bomb(number) from error
            raise damaged(f"the content of page {number} cannot be read") from error
        total += len(data)
        if total > MAX_CONTENT:
            raise _bomb(number)
        shown = shown or _TEXT_SHOWN.search(data) is not None
    return shown


def _bomb(number: int) -> Refused:
    most = MAX_CONTENT // (1024 * 1024)
    return Refused(ProbeState.MEMORY_LIMIT, f"the content of page {number} unpacks to more than {most} MB")


def _has_font(pdf: pikepdf.Pdf) -> bool:
    for scope in pdf.content_scopes():
        fonts = scope.resources.get("/Font") if scope.resources is not None else None
        if isinstance(fonts, Dictionary) and len(fonts):
            return True
    return False


def _check_repairs(pdf: pikepdf.Pdf) -> None:
    """Tell a file whose table of objects had to be rebuilt: it was cut off or changed by a careless tool.

    Such a file often shows here but not in another viewer. Lesser faults, such as a wrong length of a
    stream, every viewer mends.
    """
    if any("reconstruct" in str(warning) for warning in pdf.get_warnings()):
        raise damaged("its cross-reference table had to be rebuilt; it may be cut off")
