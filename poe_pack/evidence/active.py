"""Finds what could act, or hides, in a PDF. Runs in the child process only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, ObjectSet, Stream

MAX_OBJECTS = 300_000
"""Dictionaries and streams that are looked at; then the search ends."""

_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "Launch",
    "/SubmitForm": "AcroForm submit",
    "/ImportData": "ImportData",
    "/GoToR": "GoToR",
    "/GoToE": "GoToE",
    "/Rendition": "Rendition",
    "/Movie": "Movie",
    "/Sound": "Sound",
    "/RichMediaExecute": "RichMedia",
}
_ANNOTATIONS = {
    "/RichMedia": "RichMedia",
    "/3D": "3D",
    "/Movie": "Movie",
    "/Sound": "Sound",
    "/Screen": "Screen",
}
# A link to a page or an address is no more than text that somebody may follow; any other scheme starts something.
_LINK = re.compile(r"(?:https?|mailto|tel):|[^:]*\Z", re.IGNORECASE)
Entries = dict[str, Any]
"""The entries of a dictionary or of a stream's dictionary, read once: each look-up in a PDF costs."""

_HARMLESS_OPENING = (Name.GoTo, Name.Named)


class Active(Struct, frozen=True):
    """What was found: sorted `names`, how many files are `embedded`, and whether the `whole` file was searched."""

    names: tuple[str, ...]
    embedded: int
    whole: bool


def active_content(pdf: pikepdf.Pdf, look: Callable[[Stream, Entries], None]) -> Active:
    """Search everything that can be reached from the trailer, and `look` at each stream on the way."""
    found = set(_in_catalogue(pdf.Root))
    attached = streams = count = 0
    for count, (mapping, entries) in enumerate(mappings(pdf.trailer), 1):
        names = names_in(mapping, entries)
        found.update(names)
        if isinstance(mapping, Stream):
            look(mapping, entries)
        if "EmbeddedFile" in names:
            attached += not isinstance(mapping, Stream)
            streams += isinstance(mapping, Stream)
        if count == MAX_OBJECTS:
            break
    # A file is one specification and one stream at least; either may be hidden where the other is not.
    return Active(tuple(sorted(found)), attached or streams, count < MAX_OBJECTS)


def mappings(root: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, Entries]]:
    """Yield each dictionary and stream that can be reached from `root`, once, direct ones too.

    A loop over a file's numbered objects would miss an action written directly into an annotation.
    """
    seen = ObjectSet()
    pending: list[object] = [root]
    while pending:
        value = pending.pop()
        if isinstance(value, Array):
            if seen.add(value):
                pending.extend(value)
        elif isinstance(value, Dictionary | Stream) and seen.add(value):
            inner = value.stream_dict if isinstance(value, Stream) else value
            entries = dict(inner.items())
            yield value, entries
            pending.extend(entries.values())


def names_in(mapping: pikepdf.Object, entries: Entries) -> list[str]:
    """Name what one dictionary or stream is, in itself, that could act or hide.

    Only kinds and values are judged, never keys alone: a font may well be called /JS.
    """
    if isinstance(mapping, Stream):
        return _in_stream(entries)
    found = []
    action = entries.get("/S")
    if isinstance(action, Name) and str(action) in _ACTIONS:
        found.append(_ACTIONS[str(action)])
    if action == Name.URI and not _LINK.match(str(entries.get("/URI", "")).strip()):
        found.append("Unusual link")
    subtype = entries.get("/Subtype")
    if isinstance(subtype, Name) and str(subtype) in _ANNOTATIONS and "/Rect" in entries:
        found.append(_ANNOTATIONS[str(subtype)])
    embedded = entries.get("/EF")
    if isinstance(embedded, Dictionary) and any(isinstance(value, Stream) for value in embedded.values()):
        found.append("EmbeddedFile")
    return found


def _in_stream(entries: Entries) -> list[str]:
    found = []
    if entries.get("/Type") == Name.EmbeddedFile:
        found.append("EmbeddedFile")
    if "/F" in entries:
        found.append("External data")
    if "/Ref" in entries:
        found.append("Reference XObject")
    return found


def _in_catalogue(root: pikepdf.Object) -> Iterator[str]:
    opening = root.get("/OpenAction")
    if isinstance(opening, Dictionary) and opening.get("/S") not in _HARMLESS_OPENING:
        yield "OpenAction"
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        yield "XFA"
