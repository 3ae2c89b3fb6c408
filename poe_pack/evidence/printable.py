"""Makes a PDF's pages into forms that draw and do nothing else. Runs in the child process only."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from poe_pack.evidence.active import mappings, names_in
from poe_pack.evidence.facts import Page
from poe_pack.evidence.forms import draw_fields
from poe_pack.evidence.geometry import PageShape
from poe_pack.evidence.layers import remove_hidden_layers
from poe_pack.evidence.pdf import contents_of
from poe_pack.evidence.saving import save

_DRAW = b"/Evidence Do\n"
# What a stream may carry besides its drawing: outside data, attachments, private data, ties to its old file.
_STREAM_EXTRAS = (
    "/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/AF", "/Alternates", "/Metadata", "/PieceInfo", "/OC",
    "/LastModified", "/StructParent", "/StructParents", "/PS", "/Subtype2", "/ID", "/Measure", "/PtData",
)  # fmt: skip


def forms_of(out: pikepdf.Pdf, source: pikepdf.Pdf, shapes: tuple[PageShape, ...]) -> list[tuple[Stream, Page]]:
    """Return, in `out`, a form and a page size for each page of `source`, which is changed on the way.

    What annotations and form fields show becomes part of the page; the annotations themselves, and all
    that belongs to the document rather than to a page, stay behind. `source` must stay open until `out` is
    saved. Raises pikepdf.PdfError, MemoryError.
    """
    for page in source.pages:
        _drop_broken_annotations(page.obj)
    _give_resources(source)
    remove_hidden_layers(source)
    draw_fields(source)
    # "screen": what somebody who opens the file sees, which is more than what it lets be printed.
    source.flatten_annotations("screen")
    forms = []
    for page, shape in zip(source.pages, shapes, strict=True):
        form = source.make_indirect(_form_of(source, page, shape))
        forms.append((cast(Stream, out.copy_foreign(form)), shape.size))
    return forms


def write(out: pikepdf.Pdf, forms: list[tuple[Stream, Page]], path: Path) -> None:
    """Give each form a page of its own, as its only content /Evidence, and save to `path`.

    The same input gives the same bytes. Raises OSError.
    """
    for form, size in forms:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, _number(size.width), _number(size.height)]),
            Resources=Dictionary(XObject=Dictionary(Evidence=out.make_indirect(form))),
            Contents=Stream(out, _DRAW),
        )
        out.pages.append(pikepdf.Page(page))
    _clean(out)
    save(
        out,
        path,
        min_version="1.7",
        deterministic_id=True,
        # Streams go over as they are: to unpack one that is not drawn here helps nobody but a bomb.
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )


def _drop_broken_annotations(page: pikepdf.Object) -> None:
    """One annotation without a kind or a place would keep the library from flattening any."""
    annotations = page.get("/Annots")
    if isinstance(annotations, Array):
        page["/Annots"] = Array([item for item in annotations if _is_annotation(item)])


def _is_annotation(item: object) -> bool:
    if not isinstance(item, Dictionary) or not isinstance(item.get("/Subtype"), Name):
        return False
    place = item.get("/Rect")
    return isinstance(place, Array) and place.is_rectangle


def _give_resources(source: pikepdf.Pdf) -> None:
    """Give forms that rely on their page's fonts and pictures these as their own: the page stays behind."""
    for page in source.pages:
        resources = page.get_resources()
        if resources is not None and not resources.is_indirect:
            # A form among the resources will hold them, which only an indirect object can.
            page.obj["/Resources"] = source.make_indirect(resources)
    for scope in source.content_scopes(kinds=("form", "pattern")):
        if "/Resources" not in scope.content and scope.resources is not None:
            scope.content["/Resources"] = scope.resources


def _form_of(source: pikepdf.Pdf, page: pikepdf.Page, shape: PageShape) -> Stream:
    parts = contents_of(page.obj)
    resources = page.get_resources()
    form = Stream(
        source,
        b"",
        Type=Name.XObject,
        Subtype=Name.Form,
        FormType=1,
        BBox=Array([_number(value) for value in shape.box]),
        Matrix=Array([_number(value) for value in shape.upright]),
        Resources=Dictionary() if resources is None else resources,
    )
    if len(parts) == 1 and _is_plain_flate(parts[0]):
        form.write(parts[0].read_raw_bytes(), filter=Name.FlateDecode)
    else:
        # A part may end in the middle of an instruction, but never of a word.
        form.write(b"\n".join(part.read_bytes() for part in parts))
    group = page.obj.get("/Group")
    if isinstance(group, Dictionary):
        form["/Group"] = group
    return form


def _is_plain_flate(stream: Stream) -> bool:
    return stream.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in stream


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _clean(out: pikepdf.Pdf) -> None:
    """Take from the copied resources whatever draws nothing."""
    for scope in out.content_scopes():
        properties = scope.resources.get("/Properties") if scope.resources is not None else None
        if scope.resources is not None and isinstance(properties, Dictionary):
            # Marked content names these, so the names stay.
            names = sorted(properties.keys())
            scope.resources["/Properties"] = Dictionary({name: Dictionary() for name in names})
    for mapping, entries in mappings(out.trailer):
        if isinstance(mapping, Stream):
            _clean_stream(mapping)
        elif names_in(mapping, entries):
            for key in entries:
                del mapping[key]


def _clean_stream(stream: Stream) -> None:
    for key in _STREAM_EXTRAS:
        if key in stream:
            del stream[key]
    if stream.get("/Type") == Name.EmbeddedFile or stream.get("/Subtype") == Name.PS:
        # Neither draws anything; PostScript is what old printers ran.
        stream.write(b"", type_check=False)
        stream["/Type"] = Name.XObject
        stream["/Subtype"] = Name.Form
        stream["/BBox"] = Array([0, 0, 1, 1])
