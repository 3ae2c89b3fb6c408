"""Tells a file's kind from its leading bytes. Nothing is parsed, so nothing can be attacked."""

from __future__ import annotations

import re

from poe_pack.evidence.facts import MediaType

HEAD_BYTES = 64 * 1024
"""How much of a file's start `media_type_of` makes use of."""

# Viewers take a PDF whose header comes this late; mail gateways put lines before it.
_PDF_HEADER_WITHIN = 1024

_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"%PDF-", MediaType.PDF),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\0", MediaType.TIFF),
    (b"MM\0*", MediaType.TIFF),
    (b"II+\0", MediaType.TIFF),
    (b"MM\0+", MediaType.TIFF),
    (b"GIF87a", MediaType.GIF),
    (b"GIF89a", MediaType.GIF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MediaType.OLE),
    (b"{\\rtf", MediaType.RTF),
    (b"\x1a\x45\xdf\xa3", MediaType.WEBM),
    (b"ID3", MediaType.MP3),
    (b"\x1f\x8b\x08", MediaType.GZIP),
    (b"Rar!\x1a\x07", MediaType.RAR),
    (b"7z\xbc\xaf\x27\x1c", MediaType.SEVEN_ZIP),
    (b"PK\x05\x06", MediaType.ZIP),
    (b"\x7fELF", MediaType.PROGRAM),
    (b"#!", MediaType.PROGRAM),
    (b"\xcf\xfa\xed\xfe", MediaType.PROGRAM),
    (b"\xca\xfe\xba\xbe", MediaType.PROGRAM),
)

_RIFF = {b"WEBP": MediaType.WEBP, b"WAVE": MediaType.WAV}
_BRANDS = {
    b"qt  ": MediaType.MOV,
    b"heic": MediaType.HEIC,
    b"heix": MediaType.HEIC,
    b"hevc": MediaType.HEIC,
    b"mif1": MediaType.HEIC,
    b"msf1": MediaType.HEIC,
    b"avif": MediaType.AVIF,
    b"avis": MediaType.AVIF,
}
_ZIP_ENTRY = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_ZIP_FOLDERS = {b"word/": MediaType.DOCX, b"xl/": MediaType.XLSX, b"ppt/": MediaType.PPTX}
_OPEN_DOCUMENT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)")
_OPEN_DOCUMENT_KINDS = {
    b"text": MediaType.ODT,
    b"spreadsheet": MediaType.ODS,
    b"presentation": MediaType.ODP,
}
_MAIL_HEADER = re.compile(
    r"^(?:from|to|subject|date|message-id|received|return-path|mime-version|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE = re.compile(r"[A-Za-z][A-Za-z0-9-]*:\s?|From \S")
_MAIL_HEADERS_NEEDED = 3  # A note that starts "To: ..., Subject: ..." is not yet a mail.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def media_type_of(head: bytes, name: str = "") -> MediaType | None:
    """Return the kind of a file that starts with `head`, or None where the bytes say nothing.

    `name` only decides between kinds of text that bytes cannot tell apart: `.csv` and short `.eml`.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], MediaType.MP4)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(head)
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return MediaType.PDF
    return _kind_of_binary(head) or _kind_of_text(head, name)


def _kind_of_binary(head: bytes) -> MediaType | None:
    """Kinds whose magic number is so short that more must agree."""
    if head.startswith(b"BM") and len(head) >= 18 and head[6:10] == b"\0\0\0\0":
        return MediaType.BMP
    if head.startswith(b"MZ") and b"\0" in head[:64]:
        return MediaType.PROGRAM
    if len(head) > 2 and head[0] == 0xFF and head[1] in (0xFB, 0xF3, 0xF2):
        return MediaType.MP3
    return None


def _kind_of_zip(head: bytes) -> MediaType:
    """Office files differ only in the names of their entries, which local headers hold in clear."""
    found = _OPEN_DOCUMENT.search(head[:128])
    if found:
        return _OPEN_DOCUMENT_KINDS[found[1]]
    for entry in _ZIP_ENTRY.finditer(head):
        name = head[entry.end() : entry.end() + int.from_bytes(entry[1], "little")]
        for folder, kind in _ZIP_FOLDERS.items():
            if name.startswith(folder):
                return kind
    return MediaType.ZIP


def _kind_of_text(head: bytes, name: str) -> MediaType | None:
    text = decode_head(head)
    if text is None or _NOT_TEXT.search(text):
        return None
    start = text.lstrip()[:2048].lower()
    if start.startswith(("<?xml", "<svg", "<!doctype svg", "<!--")) and "<svg" in start:
        return MediaType.SVG
    if start.startswith(("<!doctype html", "<html", "<head", "<body")):
        return MediaType.HTML
    if start.startswith("<?xml"):
        return MediaType.HTML if "<html" in start else MediaType.XML
    if _is_mail(text, name):
        return MediaType.EML
    return MediaType.CSV if name.lower().endswith(".csv") else MediaType.TXT


def _is_mail(text: str, name: str) -> bool:
    if not _HEADER_LINE.match(text):
        return False
    headers = {header.lower() for header in _MAIL_HEADER.findall(text[:16384])}
    return len(headers) >= (1 if name.lower().endswith(".eml") else _MAIL_HEADERS_NEEDED)


def decode_head(head: bytes) -> str | None:
    """Text in Unicode, else in the Western one-byte code that old exports use; None for binary data."""
    if not head:
        return None
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The head may end inside a character.
        if error.start >= len(head) - 3 and error.reason == "unexpected end of data":
            return head[: error.start].decode("utf-8")
    try:
        return head.decode("cp1252")
    except UnicodeDecodeError:
        return None
