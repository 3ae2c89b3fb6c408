"""What stands between values: the places where libyaml is more lenient than YAML 1.2.

Most documents have nothing of the kind and are not looked at twice: `needs_a_look` is quick.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from poe_pack.documents import reading_codes as codes
from poe_pack.documents.characters import Lines
from poe_pack.documents.fault import Fault
from poe_pack.findings import Edit, Fix, Severity

_CLOSE_COMMENT = re.compile(r"\S#")
_BETWEEN = re.compile(r"#[^\r\n]*|\?|\t+")
_HEADER = re.compile(r"[|>][-+0-9]*#")
# A line that only closes brackets: in the column of the key all common readers take it, and many editors write it.
_CLOSING = re.compile(r"[\]}][\]},]*[ \t]*(?:#|\Z)")
_NEXT_LINE = re.compile(r"(?:\r\n|\n|\r)( *)([^\r\n]*)")


def needs_a_look(text: str) -> bool:
    """Whether a text holds signs that may be more than part of a value."""
    return "\t" in text or "?" in text or ("#" in text and _CLOSE_COMMENT.search(text) is not None)


def layout_faults(text: str) -> list[Fault]:
    """Faults of tabs, comments, `?` and indentation; of a text with a fault of grammar those before it."""
    look = _Look(text)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            look.take(event)
    except yaml.YAMLError:
        pass  # reported by who reads the values
    return look.faults


class _Look:
    """Goes from event to event and looks at the text between them."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._text = text
        self._lines = Lines(text)
        self._past = 0
        self._columns: list[int] = []  # of the block collections around
        self._flow = 0
        self._flow_start = 0

    def take(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self.faults += self._between(self._past, start)
        self._past = max(self._past, end)
        if isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(end)
        elif isinstance(event, yaml.ScalarEvent) and not self._flow:
            self._scalar(event, start, end)

    def _open(self, event: Any) -> None:
        if self._flow or event.flow_style:
            self._flow_start = self._flow_start if self._flow else event.start_mark.index
            self._flow += 1
        else:
            self._columns.append(event.start_mark.column)

    def _close(self, end: int) -> None:
        if not self._flow:
            self._columns.pop()
            return
        self._flow -= 1
        if not self._flow:
            self._indentation(self._flow_start, end, brackets=True)

    def _scalar(self, event: Any, start: int, end: int) -> None:
        if event.style in ("'", '"'):
            self._indentation(start, end, brackets=False)
        elif event.style in ("|", ">"):
            header = _HEADER.match(self._text, start)
            if header is not None:
                self.faults.append(self._close_comment(header.end() - 1))

    def _between(self, start: int, end: int) -> Iterator[Fault]:
        for match in _BETWEEN.finditer(self._text, start, end):
            place = match.start()
            if match[0][0] == "#":
                if place and not self._text[place - 1].isspace():
                    yield self._close_comment(place)
            elif match[0] == "?":
                yield Fault(codes.KEY_FORM, "read.explicit_key", self._lines.at(place), harmless=True)
            elif self._indents(place, match.end()):
                yield Fault(codes.TAB, "read.tab", self._lines.at(place), harmless=True)

    def _indents(self, start: int, end: int) -> bool:
        """Whether blanks from `start` to `end` stand before the first word of a line."""
        line = max(self._text.rfind("\n", 0, start), self._text.rfind("\r", 0, start)) + 1
        after = self._text[end : end + 1]
        return not self._text[line:start].strip(" \t") and after not in ("", "\n", "\r", "#")

    def _close_comment(self, place: int) -> Fault:
        position = self._lines.at(place)
        space = Edit(self._lines.at(place, place), " ")
        fix = Fix("fix.space", True, (space,))
        return Fault(codes.LAYOUT, "read.close_comment", position, fix=fix, harmless=True)

    def _indentation(self, start: int, end: int, *, brackets: bool) -> None:
        """Lines after the first of brackets or quotes stand deeper than the collection around them."""
        wanted = self._columns[-1] + 1 if self._columns else 0
        edits: list[Edit] = []
        first = 0
        only_closed = brackets
        for match in _NEXT_LINE.finditer(self._text, start, end):
            spaces, rest = match[1], match[2].strip()
            if len(spaces) < wanted and rest and not (brackets and match[2].startswith(("#", "\t"))):
                first = first or match.start(2)
                only_closed = only_closed and len(spaces) == wanted - 1 and _CLOSING.match(match[2]) is not None
                place = self._lines.at(match.start(2), match.start(2))
                edits.append(Edit(place, " " * (wanted - len(spaces))))
        if edits:
            fix = Fix("fix.indent", True, tuple(edits))
            message = "read.closing_bracket" if only_closed else "read.flow_indent"
            severity = Severity.WARNING if only_closed else None
            place = self._lines.at(first)
            self.faults.append(Fault(codes.LAYOUT, message, place, fix=fix, harmless=True, severity=severity))
