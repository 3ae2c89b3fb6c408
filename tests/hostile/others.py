"""Hostile Office files, drawings, mails, texts, films, and names that are no plain files."""

from __future__ import annotations

import os
import socket
import struct
import zlib
from pathlib import Path

from tests.evidence.test_described import CORE, RELATION, film, office
from tests.hostile.pdfs import Maker, inflating, late, page, write

_ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE a [<!ENTITY l0 "lol">{_ENTITIES}]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_SVG = '<?xml version="1.0"?>{head}<svg xmlns="http://www.w3.org/2000/svg" width="700" height="700">{body}</svg>'


def svg(body: str, head: str = "") -> Maker:
    return write(_SVG.format(head=head, body=body).encode())


def _zip(entries: list[tuple[str, bytes, int, int]], flags: int = 0) -> bytes:
    """A zip by hand, whose list of parts may say anything: name, packed data, unpacked size, checksum."""
    body, listed = b"", b""
    for name, packed, size, checksum in entries:
        raw = name.encode()
        fields = struct.pack("<HHHHHIIIHH", 20, flags, 8, 0, 0, checksum, len(packed), size, len(raw), 0)
        listed += b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw
        body += b"PK\x03\x04" + fields + raw + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(listed), len(body), 0)
    return body + listed + b"PK\x05\x06" + end


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _part(name: str, data: bytes = b"<x/>") -> tuple[str, bytes, int, int]:
    return name, _deflate(data), len(data), zlib.crc32(data)


def _word(*entries: tuple[str, bytes, int, int], flags: int = 0) -> bytes:
    return _zip([_part("word/document.xml"), *entries], flags)


def _bomb(name: str, says: int) -> tuple[str, bytes, int, int]:
    return name, inflating(2000)[2:-4], says, 0


def _nested_mail(depth: int) -> bytes:
    heads = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return f"From: a@a.example\nTo: b@b.example\nSubject: Deep\n{heads}\ntext".encode()


def _mail(head: str, body: str) -> bytes:
    return f"From: a@a.example\nTo: b@b.example\nSubject: Odd\nDate: today\n{head}\n\n{body}".encode()


def _locked_office(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900) + "EncryptedPackage".encode("utf-16-le"))


# By ending: the maker and a part of the finding POE516.
REFUSED: dict[str, tuple[str, Maker, str]] = {
    "docx-of-2-gigabytes": ("docx", late(lambda: _word(_bomb("word/media/a.bin", 2_000_000_000))), "unpack to more"),
    "docx-that-lies-of-its-size": ("docx", late(lambda: _word(_bomb("docProps/core.xml", 900))), "is damaged"),
    "docx-with-laughs": ("docx", late(lambda: office("word", {"docProps/core.xml": CORE % (LAUGHS, "&l9;")})), "XML"),
    "docx-with-a-file-from-outside": (
        "docx", late(lambda: office("word", {"word/styles.xml": f"{OUTSIDE}<a>&x;</a>"})), "XML",
    ),
    "docx-of-30000-parts": (
        "docx", late(lambda: office("word", {f"word/{n}.bin": b"" for n in range(30_000)})), "parts",
    ),
    "docx-with-a-password": ("docx", write(_word(flags=1)), "asks for a password"),
    "docx-cut-off": ("docx", late(lambda: office("word", {})[:-60]), "is damaged"),
    "doc-with-a-password": ("doc", _locked_office, "asks for a password"),
    "eml-10000-deep": ("eml", write(_nested_mail(10_000)), "parts within parts"),
    "mp4-cut-off": ("mp4", write(film()[:80]), "is damaged"),
}  # fmt: skip

# By ending: the maker and what acts.
ACTIVE: dict[str, tuple[str, Maker, str]] = {
    "docx-with-macros": ("docx", late(lambda: office("word", {"word/vbaProject.bin": b"x"})), "Macros"),
    "docx-with-a-template-from-outside": (
        "docx", late(lambda: office("word", {"word/_rels/settings.xml.rels": RELATION % "attachedTemplate"})),
        "External data",
    ),
}  # fmt: skip

# Printed as a page of facts, without a finding.
HARMLESS: dict[str, tuple[str, Maker]] = {
    "docx-with-names-that-lead-out": ("docx", late(lambda: office("word", {"../../etc/passwd": b"x"}))),
    "eml-with-a-script": (
        "eml", write(_mail("Content-Type: text/html", "<script>x()</script><img src='https://e.example'><p>Hello 🚀")),
    ),
    "eml-with-xml-laughs": (
        "eml", write(_mail("Content-Type: text/xml", f"{LAUGHS}<a>&l9;</a>")),
    ),
    "eml-with-a-head-of-5-megabytes": ("eml", late(lambda: _mail("X-Long: " + "x" * 5_000_000, "Hello"))),
    "mp4-with-boxes-of-nothing": ("mp4", write(film()[:12] + bytes(4) + struct.pack(">I4s", 0, b"moov") * 9)),
    "csv-with-a-formula": ("csv", write(b"=cmd|'/c calc'!A1,\x1b[31mred\n" + b"wide " * 5000)),
    "txt-on-one-line": ("txt", late(lambda: "WWWW会议🚀".encode() * 100_000)),
}  # fmt: skip

DRAWINGS: dict[str, Maker] = {
    "svg-with-a-script": svg("<script>alert(1)</script>"),
    "svg-with-a-picture-from-outside": svg('<image href="file:///etc/passwd" width="9" height="9"/>'),
    "svg-with-laughs": svg("<text>&l9;</text>", LAUGHS),
    "svg-that-draws-itself": svg('<g id="a"><use href="#a"/><use href="#a"/></g>'),
}


def _linked(path: Path) -> None:
    path.with_name("real.pdf").write_bytes(page())
    path.symlink_to("real.pdf")


def _leaving(path: Path) -> None:
    outside = path.parents[3] / "secret.pdf"
    outside.write_bytes(page())
    path.symlink_to(outside)


def _linked_folder(path: Path) -> None:
    """The folder above is a link to another."""
    other = path.parents[1] / "elsewhere"
    other.mkdir()
    (other / path.name).write_bytes(page())
    for file in path.parent.iterdir():
        file.rename(other / file.name)
    path.parent.rmdir()
    path.parent.symlink_to(other)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.open(path.parent, os.O_RDONLY)
        try:
            made.bind(f"/proc/self/fd/{here}/{path.name}")  # the path itself may be longer than a socket's may
        finally:
            os.close(here)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(page())
        file.truncate(1_000_000_000)


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d7a" * 16 + b"\nsize 132735\n"

# What is no file that can be read, and a part of POE511.
NO_FILE: dict[str, tuple[Maker, str]] = {
    "empty": (lambda path: path.touch(), "is empty"),
    "link": (_linked, "through a link"),
    "link-that-leaves": (_leaving, "through a link"),
    "link-to-a-device": (lambda path: path.symlink_to("/dev/zero"), "through a link"),
    "link-to-itself": (lambda path: path.symlink_to(path.name), "through a link"),
    "pipe": (os.mkfifo, "is not a file"),
    "socket": (_socket, "is not a file"),
    "folder": (lambda path: path.mkdir(), "is not a file"),
    "gigabyte-of-nothing": (_sparse, "larger than 25 MB"),
    "pointer-of-git-lfs": (write(POINTER), "only a pointer of Git LFS"),
}
LINKED_FOLDER = _linked_folder

# Files that are not what their names say, with a part of POE513. Ending .pdf, all of them.
WRONG: dict[str, tuple[Maker, str]] = {
    "program": (write(b"MZ\x90\0" + bytes(200)), "is a program file"),
    "script": (write(b"#!/bin/sh\nrm -rf /\n"), "is a program file"),
    "page-of-the-web": (write(b"<!DOCTYPE html><script>x()</script>"), "is a html file"),
    "archive": (late(lambda: _zip([_part("a.txt")])), "is a zip file"),
    "text": (write(b"This is not a PDF.\n"), "its name ends otherwise"),
    "bytes-that-say-nothing": (write(bytes(range(256)) * 4), "nobody can tell"),
}
