"""What a Word, Excel or PowerPoint file says of itself. Runs in the child process only.

Only the list of its parts and two small parts are read; nothing is unpacked that is not needed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from poe_pack.evidence.facts import MediaType, ProbeFacts, ProbeState, Told
from poe_pack.evidence.refusal import Refused, damaged
from poe_pack.evidence.wire import one_line

MAX_UNPACKED = 1024 * 1024 * 1024
"""Bytes that all parts together may unpack to: what a recipient's program would have to hold."""

_MAX_PARTS = 20_000
_MAX_PART = 1024 * 1024
_HEAD = 4096
_MAX_HEADS = 4000
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_XML = (".xml", ".rels", ".vml")
_ACTIVE = {
    "Macros": re.compile(r"vbaProject[^/]*\.bin\Z|macrosheets/", re.IGNORECASE),
    "ActiveX": re.compile(r"/activeX/", re.IGNORECASE),
    "EmbeddedFile": re.compile(r"/embeddings/[^/]*\.bin\Z", re.IGNORECASE),
}
_EMBEDDED = re.compile(r"/embeddings/[^/]+\Z", re.IGNORECASE)
_COUNTED = {
    MediaType.XLSX: (Told.SHEETS, re.compile(r"xl/(?:work|chart)sheets/[^/]+\.xml\Z")),
    MediaType.PPTX: (Told.SLIDES, re.compile(r"ppt/slides/[^/]+\.xml\Z")),
}
# A template, picture or object that the program fetches as soon as the file is opened; plain links are none.
_FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?=[^>]*Type\s*=\s*[\"'][^\"']*/"
    rb"(?:attachedTemplate|oleObject|image|frame|subDocument)[\"'])",
    re.IGNORECASE,
)
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError)
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def describe_office(stream: BinaryIO, kind: MediaType) -> ProbeFacts:
    """The facts of an Office file. Raises Refused, MemoryError."""
    try:
        with zipfile.ZipFile(stream) as package:
            return _describe(package, kind)
    except _BROKEN as error:
        raise damaged("the file is cut off or its parts cannot be read") from error


def describe_container(stream: BinaryIO, _: MediaType) -> ProbeFacts:
    """The facts of an older Office file or of an Outlook message: none, unless it is locked. Raises Refused."""
    if _ENCRYPTED_PACKAGE in stream.read():
        raise Refused(ProbeState.ENCRYPTED, "a password is needed to open it")
    return ProbeFacts(ProbeState.UNSUPPORTED, "files of this kind have no pages to print")


def _describe(package: zipfile.ZipFile, kind: MediaType) -> ProbeFacts:
    parts = package.infolist()
    _check(package, parts)
    names = [part.filename for part in parts]
    active = {name for name, sign in _ACTIVE.items() if any(map(sign.search, names))}
    if any(_FETCHED.search(_read(package, part)) for part in parts if part.filename.endswith(".rels")):
        active.add("External data")
    told = [*_core(package), *_app(package, kind)]
    if kind in _COUNTED:
        key, sign = _COUNTED[kind]
        told.append((key, str(sum(1 for name in names if sign.match(name)))))
    return ProbeFacts(
        ProbeState.UNSUPPORTED,
        "files of this kind have no pages to print",
        active_content=tuple(sorted(active)),
        embedded=sum(1 for name in names if _EMBEDDED.search(name)),
        told=tuple(told),
    )


def _check(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what would not open, or would not open well, at whoever receives it."""
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(ProbeState.ENCRYPTED, "a password is needed to open it")
    if len(parts) > _MAX_PARTS:
        raise damaged(f"it has more than {_MAX_PARTS} parts")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        most = MAX_UNPACKED // (1024 * 1024)
        raise Refused(ProbeState.MEMORY_LIMIT, f"its parts unpack to more than {most} MB")
    for part in [part for part in parts if part.filename.endswith(_XML)][:_MAX_HEADS]:
        with package.open(part) as content:
            head = content.read(_HEAD).replace(b"\0", b"")
        if any(sign in head for sign in _ENTITIES):
            raise damaged("a part of it declares XML entities, which Office never writes")


def _read(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with package.open(part) as content:
        data = content.read(_MAX_PART + 1)
    if len(data) > _MAX_PART:
        raise damaged("a part that should be small is not")
    return data


# Some versions of defusedxml's types leave Element out.
def _tree(package: zipfile.ZipFile, name: str) -> ElementTree.Element | None:  # type: ignore[name-defined,unused-ignore]
    """A part's XML, or None where the file does without the part."""
    try:
        part = package.getinfo(name)
    except KeyError:
        return None
    try:
        return ElementTree.fromstring(_read(package, part), forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise damaged("what it says of itself cannot be read") from error


def _core(package: zipfile.ZipFile) -> list[tuple[Told, str]]:
    tree = _tree(package, _CORE)
    if tree is None:
        return []
    fields = {
        Told.TITLE: tree.findtext(f"{_DC}title"),
        Told.AUTHOR: tree.findtext(f"{_DC}creator"),
        Told.CREATED: tree.findtext(f"{_TERMS}created"),
        Told.CHANGED: tree.findtext(f"{_TERMS}modified"),
    }
    return [(key, one_line(text.strip())) for key, text in fields.items() if text and text.strip()]


def _app(package: zipfile.ZipFile, kind: MediaType) -> list[tuple[Told, str]]:
    """How many pages Word counted when it saved the file."""
    tree = _tree(package, _APP) if kind is MediaType.DOCX else None
    pages = None if tree is None else tree.findtext(f"{_PROPERTIES}Pages")
    return [(Told.PAGES, pages)] if pages and pages.isascii() and pages.isdigit() and len(pages) < 6 else []
