"""What a mail says: its head, its text, the names of what is attached. Runs in the child process only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from html.parser import HTMLParser
from typing import BinaryIO

from poe_pack.evidence.facts import MediaType, ProbeFacts, ProbeState, Told
from poe_pack.evidence.refusal import damaged
from poe_pack.evidence.wire import MAX_TOLD, one_line

MAX_NESTED = 100
"""Boundaries and mails inside mails: beyond, reading takes time without end and shows nothing."""

_NESTING = re.compile(rb"boundary\s*=|message/rfc822", re.IGNORECASE)
_HEADS = {
    Told.FROM: "From",
    Told.TO: "To",
    Told.CC: "Cc",
    Told.SENT: "Date",
    Told.SUBJECT: "Subject",
}
_MAX_HEAD, _SHOWN = 2000, 200
_MAX_HTML = 1024 * 1024
_MAX_ATTACHED = 20
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, HeaderParseError)


def describe_mail(stream: BinaryIO, _: MediaType) -> ProbeFacts:
    """The facts of a mail. Raises Refused, MemoryError."""
    data = stream.read()
    if sum(1 for _ in _NESTING.finditer(data)) > MAX_NESTED:
        raise damaged(f"it has more than {MAX_NESTED} parts within parts")
    try:
        # The older policy reads a head only when asked, and then no further than needed.
        mail = BytesParser(policy=policy.compat32).parsebytes(data)
        return _describe(mail)
    except _BROKEN as error:
        raise damaged("the mail cannot be read") from error


def _describe(mail: Message) -> ProbeFacts:
    told = [(key, _head(mail, name)) for key, name in _HEADS.items() if mail.get(name) is not None]
    parts = list(_parts(mail))
    attached = [_name(part) for part in parts if _is_attached(part)]
    if attached:
        shown = attached[:_MAX_ATTACHED]
        more = ["…"] if len(attached) > len(shown) else []
        told.append((Told.ATTACHMENTS, "\n".join([*shown, *more])))
    text = _text(parts)
    if text:
        told.append((Told.TEXT, text))
    return ProbeFacts(
        ProbeState.UNSUPPORTED, "files of this kind have no pages to print", embedded=len(attached), told=tuple(told)
    )


def _parts(mail: Message) -> Iterator[Message]:
    """The mail's own leaves; an attached mail is one attachment, and what is in it belongs to it."""
    if mail.get_content_maintype() == "multipart" and isinstance(mail.get_payload(), list):
        for part in mail.get_payload():
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield mail


def _head(mail: Message, name: str) -> str:
    raw = next((value for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    # Bytes beyond ASCII stand there as half characters; programs that write them mean UTF-8.
    plain = raw[:_MAX_HEAD].encode("ascii", "surrogateescape").decode("utf-8", "replace")
    try:
        text = str(make_header(decode_header(plain)))
    except _BROKEN:
        text = plain  # as it stands: better than nothing
    whole = " ".join(text.split())
    return one_line(whole) if len(whole) <= _SHOWN else one_line(whole[: _SHOWN - 1]) + "…"


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() not in ("text", "multipart")


def _name(part: Message) -> str:
    try:
        name = str(make_header(decode_header(part.get_filename() or "")))
    except _BROKEN:
        name = ""
    return one_line(" ".join(name.split())) or part.get_content_type()[:80]


def _text(parts: list[Message]) -> str:
    """The plain text, or what is left of the first HTML part without its tags."""
    bodies = [part for part in parts if not _is_attached(part)]
    for part in bodies:
        if part.get_content_type() == "text/plain":
            return _decoded(part).strip()[:MAX_TOLD]
    for part in bodies:
        if part.get_content_type() == "text/html":
            reader = _Plain()
            reader.feed(_decoded(part)[:_MAX_HTML])
            return reader.text()[:MAX_TOLD]
    return ""


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


class _Plain(HTMLParser):
    """Keeps the text of HTML, a line for each block."""

    _SILENT = frozenset({"script", "style", "head", "title"})
    _BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag in self._BLOCKS:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(data)

    def text(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)
