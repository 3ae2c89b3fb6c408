"""Strict YAML by events: data and positions in one pass, every deviation a fault, nothing ever executed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import yaml
from msgspec.structs import replace

from poe_pack.documents import reading_codes as codes
from poe_pack.documents.characters import Lines, decode, end_of, first_odd, kind_of, odd_characters
from poe_pack.documents.fault import Code, Fault, quotable, quoting
from poe_pack.documents.layout import layout_faults, needs_a_look
from poe_pack.documents.node import Places, Tree, pointer
from poe_pack.documents.ordinary import read_ordinary
from poe_pack.documents.scalars import may_be_more, resolve, trap_of
from poe_pack.findings import NOWHERE, Position

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_VALUES = 20_000
MAX_KEY = 200

_BEHIND_ANCHOR = frozenset(["", *" \t\r\n,[]{}"])
_DOCUMENT_END = re.compile(r"^\.\.\.(\s|$)", re.MULTILINE)


_position: Callable[[tuple[int, int, int, int]], Position] = partial(tuple.__new__, Position)

# Most keys are those of the schemas, again and again.
_step = lru_cache(maxsize=1024)(pointer)


@lru_cache(maxsize=1024)
def _trap_as_key(key: str) -> tuple[Code, str] | None:
    """Code and message of a plain key that is more than text for some readers."""
    trap = trap_of(key)
    if trap is None and not isinstance(resolve(key), str):
        return codes.KEY_FORM, "read.key_not_text"
    return trap


def _is_plain(event: Any) -> bool:
    """Whether a scalar may be more than text: without quotation marks, and without `!`, which makes any a text."""
    return event.implicit[0] and event.tag is None


def _behind_anchor(event: Any, place: Position) -> Position:
    """Place of a plain value itself, where its anchor stands before it; others keep the place of both."""
    if not _is_plain(event) or place.end_column <= len(event.value):
        return place
    return place._replace(line=place.end_line, column=place.end_column - len(event.value))


class _Rejected(Exception):
    """Reading cannot go on: what follows has no meaning, or is meant to exhaust the machine."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def read_tree(raw: bytes) -> tuple[Tree | None, list[Fault]]:
    """Read one document.

    Returns the tree (None where the text has no certain meaning) and the faults found, in the order of the text.
    Never raises for bad input.
    """
    if len(raw) > MAX_BYTES:
        fault = Fault(codes.UNREADABLE_FILE, "read.too_large", NOWHERE, values={"limit": MAX_BYTES})
        return None, [fault]
    text, encoding = decode(raw)
    if encoding is not None and not encoding.harmless:
        return None, [encoding]
    ordinary = read_ordinary(text) if encoding is None else None
    if ordinary is not None:
        return Tree(ordinary, partial(_places_in, text)), []
    tree, faults = read_text(text)
    faults = quotable(raw, faults)
    if encoding is not None:
        tree, faults = _moved(tree, faults)
        faults.insert(0, encoding)
    return tree, faults


def read_text(text: str) -> tuple[Tree | None, list[Fault]]:
    """Read a text with every place and every fault; what `read_tree` does with whatever is not ordinary."""
    return _Reader(text).read()


def _places_in(text: str) -> Places:
    tree, _ = read_text(text)
    return Places() if tree is None else tree.places


def _moved(tree: Tree | None, faults: list[Fault]) -> tuple[Tree | None, list[Fault]]:
    """Places in the text as it is: a byte order mark at its start takes a column."""
    moved = [
        replace(
            fault,
            position=fault.position.after_mark(),
            related=tuple((place.after_mark(), message) for place, message in fault.related),
            fix=None if fault.fix is None else fault.fix.after_mark(),
        )
        for fault in faults
    ]
    if tree is not None:
        for places in (tree.places.values, tree.places.keys):
            places.update({path: place.after_mark() for path, place in places.items()})
    return tree, moved


class _Reader:
    """One pass over the events of one text."""

    def __init__(self, text: str) -> None:
        self._text, self._odd, self._all_told = odd_characters(text)
        self._places = Places()
        self._faults: list[Fault] = []
        self._count = 0
        self._times: dict[str, int] = {}  # how often a key stands that should stand once
        self._next: Callable[[], Any] = iter(()).__next__
        self._escapes = "\\" in text
        self._look = needs_a_look(self._text)
        # libyaml puts the end of a text that ends without a line feed on the line after it.
        self._end = end_of(self._text)

    def read(self) -> tuple[Tree | None, list[Fault]]:
        if not self._all_told:
            return None, [fault for _, fault in self._odd]
        tree = None
        try:
            self._next = yaml.CSafeLoader(self._text).get_event
            tree = Tree(self._document(), self._places)
        except _Rejected as stop:
            self._faults.append(stop.fault)
        except yaml.MarkedYAMLError as error:
            self._faults.append(self._syntax(error))
        if self._odd or self._look:
            self._look_closer(tree)
        if len(self._faults) > 1:
            self._faults.sort(key=lambda fault: fault.position[:2])
        return tree, self._faults

    def _look_closer(self, tree: Tree | None) -> None:
        self._faults += [self._around(fault) for _, fault in self._odd]
        if self._look and tree is not None:
            self._faults += layout_faults(self._text)

    def _around(self, fault: Fault) -> Fault:
        """The fault of a character as that of the value or key that it stands in; in comments most do no harm."""
        start = fault.position[:2]
        for places in (self._places.values, self._places.keys):
            for path, place in places.items():
                if place[:2] <= start < place[2:]:
                    return replace(fault, path=path)
        # A mark at the start of a line is nothing to libyaml, and to others the start of a word.
        unsure = fault.code is codes.LINE_SEPARATOR or fault.values["character"] == "U+FEFF"
        return replace(fault, harmless=not unsure)

    def _document(self) -> Any:
        self._next()  # start of the stream
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise _Rejected(Fault(codes.EMPTY_DOCUMENT, "read.empty", NOWHERE))
        if event.version or event.tags:
            self._directives(event)
        root = self._next()
        if isinstance(root, yaml.ScalarEvent) and root.implicit[0] and not root.value:
            raise _Rejected(Fault(codes.EMPTY_DOCUMENT, "read.empty", NOWHERE))
        data = self._value(root, "", 0)
        self._next()  # end of the document
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _Rejected(Fault(codes.SEVERAL_DOCUMENTS, "read.several_documents", self._place(event)))
        return data

    def _directives(self, start: Any) -> None:
        """A finding for every line that begins with `%` before the document."""
        lines = Lines(self._text)
        place = start.start_mark.index
        for line in self._text[place : start.end_mark.index].splitlines(keepends=True):
            if line.startswith("%"):
                position = lines.at(place, place + len(line.rstrip("\r\n")))
                self._faults.append(Fault(codes.DIRECTIVE, "read.directive", position, harmless=True))
            place += len(line)

    def _value(self, event: Any, path: str, depth: int) -> Any:
        self._guard(event, path, depth)
        if isinstance(event, yaml.ScalarEvent):
            place = self._places.values[path] = self._place(event)
            text = event.value
            if event.anchor is not None:
                place = self._places.values[path] = _behind_anchor(event, place)
            if not _is_plain(event):
                return self._quoted(event, text, path, place)
            return self._plain(text, path, place) if may_be_more(text) else text
        if isinstance(event, yaml.AliasEvent):
            place = self._places.values[path] = self._place(event)
            self._faults.append(Fault(codes.ANCHOR, "read.alias", place, path))
            return None
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, path, depth)
        return self._mapping(event, path, depth)

    def _plain(self, text: str, path: str, place: Position) -> Any:
        trap = trap_of(text)
        if trap is None:
            return resolve(text)
        self._faults.append(Fault(*trap, place, path, fix=quoting(place)))
        return text

    def _quoted(self, event: Any, text: str, path: str, place: Position) -> str:
        if place[0] != place[2]:
            self._look = True
        if self._escapes and event.style == '"':
            self._escaped(event, text, path, place)
        return text

    def _escaped(self, event: Any, text: str, path: str, place: Position) -> None:
        """A character that no document may hold is none the better for being written as an escape."""
        character = first_odd(text)
        if character is None or character in self._text[event.start_mark.index : event.end_mark.index]:
            return
        code, message = kind_of(character)
        self._faults.append(Fault(code, message, place, path, {"character": f"U+{ord(character):04X}"}))

    def _sequence(self, start: Any, path: str, depth: int) -> list[Any]:
        self._places.values[path] = self._place(start)
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, f"{path}/{len(items)}", depth + 1))
        self._across(start, event)
        return items

    def _mapping(self, start: Any, path: str, depth: int) -> dict[str, Any]:
        self._places.values[path] = self._place(start)
        entries: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, path, depth)
            if key is None:
                self._skip(self._next(), path, depth)
                continue
            child = path + _step(key)
            if key in entries:
                self._duplicate(event, key, child, depth)
                continue
            self._places.keys[child] = self._place(event)
            entries[key] = self._value(self._next(), child, depth + 1)
        self._across(start, event)
        return entries

    def _across(self, start: Any, end: Any) -> None:
        """Brackets over several lines are worth a closer look."""
        if start.flow_style and end.end_mark.line != start.start_mark.line:
            self._look = True

    def _key(self, event: Any, path: str, depth: int) -> str | None:
        """The key; None where it has no certain meaning: then its value is not read either."""
        if not isinstance(event, yaml.ScalarEvent):
            if isinstance(event, yaml.AliasEvent):
                self._guard(event, path, 0)
                self._faults.append(Fault(codes.ANCHOR, "read.alias", self._place(event), path))
            else:
                self._faults.append(Fault(codes.KEY_FORM, "read.complex_key", self._place(event), path))
                self._skip(event, path, depth)
            return None
        self._guard(event, path, 0)
        key: str = event.value
        if len(key) > MAX_KEY:
            self._reject(codes.TOO_MUCH, "read.key_too_long", event, path, limit=MAX_KEY)
        if not _is_plain(event):
            self._quoted(event, key, path + _step(key), self._place(event))
            return key
        return self._plain_key(key, event, path) if may_be_more(key) else key

    def _plain_key(self, key: str, event: Any, path: str) -> str | None:
        if key in ("", "<<"):
            code, message = (codes.KEY_FORM, "read.empty_key") if not key else (codes.MERGE_KEY, "read.merge_key")
            self._faults.append(Fault(code, message, self._place(event), path))
            return None
        trap = _trap_as_key(key)
        if trap is not None:
            child = path + _step(key)
            place = self._place(event)
            if event.anchor is not None:
                place = _behind_anchor(event, place)
            self._faults.append(Fault(*trap, place, child, {"key": key}, fix=quoting(place, "fix.quote_key")))
        return key

    def _duplicate(self, event: Any, key: str, child: str, depth: int) -> None:
        """Report the second key and read past its value, leaving the first one's places untouched."""
        first = self._places.keys[child]
        self._times[child] = self._times.get(child, 1) + 1
        values = {"key": key, "line": first.line, "time": self._times[child]}
        related = ((first, "read.first_here"),)
        self._faults.append(
            Fault(codes.DUPLICATE_KEY, "read.duplicate_key", self._place(event), child, values, related)
        )
        self._skip(self._next(), child, depth)

    def _skip(self, event: Any, path: str, depth: int) -> None:
        """Read past a value that has no place of its own; faults in it are told."""
        kept, self._places = self._places, Places()
        self._value(event, path, depth + 1)
        self._places = kept

    def _guard(self, event: Any, path: str, depth: int) -> None:
        """Stop documents that grow without end, and tell of anchors and tags."""
        self._count += 1
        if self._count > MAX_VALUES:
            self._reject(codes.TOO_MUCH, "read.too_many_values", event, path, limit=MAX_VALUES)
        if depth > MAX_DEPTH:
            self._reject(codes.TOO_MUCH, "read.too_deep", event, path, limit=MAX_DEPTH)
        if event.anchor is not None and not isinstance(event, yaml.AliasEvent):
            # To YAML 1.2 more signs belong to the name, to libyaml the value begins with them.
            behind = event.start_mark.index + 1 + len(event.anchor)
            alone = self._text[behind : behind + 1] in _BEHIND_ANCHOR
            self._faults.append(Fault(codes.ANCHOR, "read.anchor", self._place(event), path, harmless=alone))
        if getattr(event, "tag", None) is not None:
            self._faults.append(Fault(codes.TAG, "read.tag", self._place(event), path))

    def _reject(self, code: Code, message: str, event: Any, path: str, **values: Any) -> None:
        raise _Rejected(Fault(code, message, self._place(event), path, values))

    def _syntax(self, error: yaml.MarkedYAMLError) -> Fault:
        mark = error.problem_mark or error.context_mark
        problem = " ".join((error.problem or "it cannot be read").split())
        line, column = (1, 1) if mark is None else min((mark.line + 1, mark.column + 1), self._end)
        place = self._one_character(line, column)
        if "directive" in f"{problem} {error.context}" or "incompatible YAML" in problem:
            return Fault(codes.DIRECTIVE, "read.directive", place)
        if "Unicode character escape" in problem:
            return Fault(codes.CONTROL_CHARACTER, "read.surrogate", place)
        offset = 0 if mark is None else mark.index
        if "<document start>" in problem and _DOCUMENT_END.search(self._text, 0, offset):
            return Fault(codes.SEVERAL_DOCUMENTS, "read.several_documents", place)
        if self._text[offset : offset + 1] == "\t":
            return Fault(codes.TAB, "read.tab", place)
        return Fault(codes.SYNTAX_ERROR, "read.syntax", place, values={"problem": problem})

    def _one_character(self, line: int, column: int) -> Position:
        """Place of a character; of none where the text ends, or the line."""
        there = Lines(self._text)
        start = there.offset(line, column)
        return there.at(start, start + (self._text[start : start + 1] not in ("", "\n", "\r")))

    def _place(self, event: Any) -> Position:
        # This runs for every key and value: a minimum, or a Position made by name, would double its time.
        start, end = event.start_mark, event.end_mark
        end_line: int = end.line + 1
        if end_line >= self._end[0]:
            first = min((start.line + 1, start.column + 1), self._end)
            return Position(*first, *min((end_line, end.column + 1), self._end))
        return _position((start.line + 1, start.column + 1, end_line, end.column + 1))
