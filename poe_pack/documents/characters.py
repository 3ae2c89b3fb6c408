"""Bytes to text: the encoding, and characters that no document may hold."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cache

from poe_pack.documents import reading_codes as codes
from poe_pack.documents.fault import Code, Fault
from poe_pack.findings import NOWHERE, Edit, Fix, Position

MARK = "\ufeff"

LINE_BREAK = re.compile("\r\n|[\n\r]")

_PLANES = "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_CONTROL = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_NO_CHARACTER = "\ufdd0-\ufdef\ufffe\uffff" + _PLANES
_SEPARATOR = "\x85\u2028\u2029"
_HIDDEN = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069" + MARK
# Says quickly of most texts that they hold none. A pattern of wider ranges takes as long to compile as claims to read.
_BEYOND_LATIN = re.compile("[^\n\r\t -~\xa0-\xff]")
# What the parser would refuse, or take for the end of a line, stands in the text that it gets as this instead.
_INSTEAD = "\ufffd"

# A file of thousands of them is not text; the rest says nothing new.
MAX_TOLD = 20

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_WITHOUT_MARK = (
    (re.compile(rb"\0\0\0[^\0]|[^\0]\0\0\0"), "UTF-32"),
    (re.compile(rb"\0[^\0]|[^\0]\0"), "UTF-16"),
)


# Patterns that few documents need take longer to compile than all of them to read.


@cache
def _maybe_odd() -> re.Pattern[str]:
    """All but these ranges, and whatever is beyond them, may be odd."""
    return re.compile(
        "[^\n\r\t -~\xa0-\u061b\u061d-\u200d\u2010-\u2027\u2030-\u2065\u206a-\ufdcf\ufdf0-\ufefe\uff00-\ufffd]"
    )


@cache
def _odd() -> re.Pattern[str]:
    return re.compile(f"[{_CONTROL}{_SEPARATOR}{_HIDDEN}{_NO_CHARACTER}]")


@cache
def _replaced() -> re.Pattern[str]:
    return re.compile(f"[{_CONTROL}{_SEPARATOR}{_NO_CHARACTER}]")


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], Code, str], ...]:
    return (
        (re.compile(f"[{_CONTROL}]"), codes.CONTROL_CHARACTER, "read.control_character"),
        (re.compile(f"[{_NO_CHARACTER}]"), codes.CONTROL_CHARACTER, "read.no_character"),
        (re.compile(f"[{_SEPARATOR}]"), codes.LINE_SEPARATOR, "read.line_separator"),
        (re.compile(f"[{_HIDDEN}]"), codes.HIDDEN_CHARACTER, "read.hidden_character"),
    )


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]

    @property
    def end(self) -> tuple[int, int]:
        """Line and column of the end of the text."""
        return len(self._starts), self._length - self._starts[-1] + 1

    def at(self, start: int, end: int | None = None) -> Position:
        """Place of the characters from one offset to another (not said: of one character)."""
        return Position(*self._point(start), *self._point(start + 1 if end is None else end))

    def offset(self, line: int, column: int) -> int:
        """Offset of a line and column; ValueError where the text has no such place."""
        ends = [*self._starts[1:], self._length]
        if not 1 <= line <= len(ends) or not 0 <= column - 1 <= ends[line - 1] - self._starts[line - 1]:
            raise ValueError(f"the text has no line {line}, column {column}")
        return self._starts[line - 1] + column - 1

    def _point(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def end_of(text: str) -> tuple[int, int]:
    """Line and column of the end of a text."""
    if "\r" in text:
        return Lines(text).end
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def decode(raw: bytes) -> tuple[str, Fault | None]:
    """The text without its mark, and what is wrong with its encoding; no text where there is none."""
    encoding = _other_encoding(raw[:4])
    if encoding is not None:
        return "", Fault(codes.ENCODING, "read.other_encoding", NOWHERE, values={"encoding": encoding})
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        start = Lines(before).end
        return "", Fault(codes.ENCODING, "read.not_utf8", Position(*start, start[0], start[1] + 1))
    if not text.startswith(MARK):
        return text, None
    bare = text.lstrip(MARK)
    marks = len(text) - len(bare)
    place = Position(1, 1, 1, 1 + marks)
    # Without its mark the rest must not look like a text in another encoding.
    is_plain = _other_encoding(raw[marks * len(codecs.BOM_UTF8) :][:4]) is None
    fix = Fix("fix.delete_mark", True, (Edit(place, ""),)) if is_plain else None
    # Of several marks each reader counts others: nothing is certain before they are gone.
    return bare, Fault(codes.ENCODING, "read.byte_order_mark", place, fix=fix, harmless=marks == 1)


def _other_encoding(start: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    return next((encoding for pattern, encoding in _WITHOUT_MARK if pattern.match(start)), None)


def has_odd_characters(text: str) -> bool:
    """Whether a text may hold what no document may: never wrong when it says no."""
    return _BEYOND_LATIN.search(text) is not None and _maybe_odd().search(text) is not None


def odd_characters(text: str) -> tuple[str, list[tuple[int, Fault]], bool]:
    """What a text holds that no document may.

    Returns the text as the parser may have it (offsets stay), faults by their offset, and whether all were told.
    """
    if not has_odd_characters(text) or _odd().search(text) is None:
        return text, [], True
    plain = _replaced().sub(_INSTEAD, text)
    lines = Lines(plain)
    found: list[tuple[int, Fault]] = []
    for match in _odd().finditer(text):
        if len(found) == MAX_TOLD:
            return plain, found, False
        code, message = kind_of(match[0])
        values = {"character": f"U+{ord(match[0]):04X}"}
        found.append((match.start(), Fault(code, message, lines.at(match.start()), values=values)))
    return plain, found, True


def first_odd(value: str) -> str | None:
    """The first character of a value that no document may hold."""
    match = _odd().search(value)
    return None if match is None else match[0]


def kind_of(character: str) -> tuple[Code, str]:
    """Code and message of a character that no document may hold."""
    return next((code, message) for pattern, code, message in _kinds() if pattern.match(character))
