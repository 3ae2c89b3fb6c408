"""Strict YAML by events: data and positions in one pass, every deviation a fault, nothing ever executed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from poe_pack.documents.codes import DUPLICATE_KEY, SYNTAX_ERROR, UNREADABLE_FILE, UNSUPPORTED_YAML
from poe_pack.documents.fault import Code, Fault
from poe_pack.documents.node import Places, Tree, pointer
from poe_pack.documents.scalars import resolve
from poe_pack.findings import NOWHERE, Position

# What libyaml counts as the end of a line.
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_VALUES = 20_000


class _Rejected(Exception):
    """Reading cannot go on: what follows has no meaning, or is meant to exhaust the machine."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def read_tree(raw: bytes) -> tuple[Tree | None, list[Fault]]:
    """Read one document.

    Returns the tree (None where the text has no certain meaning) and the faults found. Never raises for bad input.
    """
    if len(raw) > MAX_BYTES:
        fault = Fault(UNREADABLE_FILE, "read.too_large", NOWHERE, values={"limit": MAX_BYTES})
        return None, [fault]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        place = Position(line, column, line, column + 1)
        return None, [Fault(UNREADABLE_FILE, "read.not_utf8", place)]
    return _Reader(raw, text).read()


class _Reader:
    """One pass over the events of one text."""

    def __init__(self, raw: bytes, text: str) -> None:
        self._raw = raw
        self._text = text
        self._places = Places()
        self._faults: list[Fault] = []
        self._count = 0
        self._events: Iterator[Any] = iter(())
        # libyaml puts the end of a text that ends without a line feed on the line after it.
        lines = LINE_BREAK.split(text)
        self._end = len(lines), len(lines[-1]) + 1

    def read(self) -> tuple[Tree | None, list[Fault]]:
        try:
            self._events = yaml.parse(self._text, Loader=yaml.CSafeLoader)
            data = self._document()
        except _Rejected as stop:
            return None, [*self._faults, stop.fault]
        except yaml.MarkedYAMLError as error:
            return None, [*self._faults, self._syntax(error)]
        except yaml.reader.ReaderError as error:
            return None, [*self._faults, self._character(error)]
        return Tree(data, self._places), self._faults

    def _document(self) -> Any:
        next(self._events)  # start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise _Rejected(Fault(SYNTAX_ERROR, "read.empty", NOWHERE))
        data = self._value(next(self._events), "", 0)
        next(self._events)  # end of the document
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise _Rejected(Fault(UNSUPPORTED_YAML, "read.several_documents", self._place(event)))
        return data

    def _value(self, event: Any, path: str, depth: int) -> Any:
        self._guard(event, path, depth)
        if isinstance(event, yaml.ScalarEvent):
            self._places.values[path] = self._place(event)
            return resolve(event.value) if event.implicit[0] else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, path, depth)
        return self._mapping(event, path, depth)

    def _sequence(self, start: Any, path: str, depth: int) -> list[Any]:
        self._places.values[path] = self._place(start)
        items: list[Any] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, f"{path}/{len(items)}", depth + 1))
        return items

    def _mapping(self, start: Any, path: str, depth: int) -> dict[str, Any]:
        self._places.values[path] = self._place(start)
        entries: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, path)
            child = path + pointer(key)
            if key in entries:
                self._duplicate(event, key, child, depth)
                continue
            self._places.keys[child] = self._place(event)
            entries[key] = self._value(next(self._events), child, depth + 1)
        return entries

    def _key(self, event: Any, path: str) -> str:
        self._guard(event, path, 0)
        if not isinstance(event, yaml.ScalarEvent):
            raise _Rejected(Fault(UNSUPPORTED_YAML, "read.complex_key", self._place(event), path))
        if event.implicit[0] and event.value == "<<":
            raise _Rejected(Fault(UNSUPPORTED_YAML, "read.merge_key", self._place(event), path))
        key: str = event.value
        return key

    def _duplicate(self, event: Any, key: str, child: str, depth: int) -> None:
        """Report the second key and read past its value, leaving the first one's places untouched."""
        first = self._places.keys[child]
        earlier = sum(fault.code == DUPLICATE_KEY and fault.path == child for fault in self._faults)
        values = {"key": key, "line": first.line, "time": earlier + 2}
        self._faults.append(
            Fault(DUPLICATE_KEY, "read.duplicate_key", self._place(event), child, values, ((first, "read.first_here"),))
        )
        kept, self._places = self._places, Places()
        self._value(next(self._events), child, depth + 1)
        self._places = kept

    def _guard(self, event: Any, path: str, depth: int) -> None:
        """Refuse what the profile does not know, and stop documents that grow without end."""
        self._count += 1
        if self._count > MAX_VALUES:
            self._reject(UNSUPPORTED_YAML, "read.too_many_values", event, path, limit=MAX_VALUES)
        if depth > MAX_DEPTH:
            self._reject(UNSUPPORTED_YAML, "read.too_deep", event, path, limit=MAX_DEPTH)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self._reject(UNSUPPORTED_YAML, "read.anchor", event, path)
        if getattr(event, "tag", None) is not None:
            self._reject(UNSUPPORTED_YAML, "read.tag", event, path)

    def _reject(self, code: Code, message: str, event: Any, path: str, **values: Any) -> None:
        raise _Rejected(Fault(code, message, self._place(event), path, values))

    def _syntax(self, error: yaml.MarkedYAMLError) -> Fault:
        mark = error.problem_mark or error.context_mark
        problem = " ".join((error.problem or "it cannot be read").split())
        line, column = (1, 1) if mark is None else min((mark.line + 1, mark.column + 1), self._end)
        place = Position(line, column, line, column + 1)
        if LINE_BREAK.split(self._text)[line - 1][column - 1 : column] == "\t":
            return Fault(SYNTAX_ERROR, "read.tab", place)
        return Fault(SYNTAX_ERROR, "read.syntax", place, values={"problem": problem})

    def _character(self, error: yaml.reader.ReaderError) -> Fault:
        """A character that YAML forbids; libyaml names only its offset in bytes."""
        before = self._raw[: error.position].decode("utf-8", "ignore")
        lines = LINE_BREAK.split(before)
        line, column = len(lines), len(lines[-1]) + 1
        return Fault(SYNTAX_ERROR, "read.forbidden_character", Position(line, column, line, column + 1))

    def _place(self, event: Any) -> Position:
        start, end = event.start_mark, event.end_mark
        first = min((start.line + 1, start.column + 1), self._end)
        return Position(*first, *min((end.line + 1, end.column + 1), self._end))
