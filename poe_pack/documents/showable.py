"""Which characters of a document a view may quote: nothing that the schema marks `x-sensitive`, and nothing unknown.

What is shown is what is known to be harmless: the schema's own keys, values whose place in the schema is not sensitive,
punctuation. All else is hidden: sensitive values, values of unknown keys, comments, and in a text that is no YAML
every word that the schemas do not know.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from poe_pack.documents.characters import LINE_BREAK
from poe_pack.documents.files import read_start
from poe_pack.documents.node import Tree, pointer
from poe_pack.documents.reader import MAX_BYTES, read_tree
from poe_pack.documents.schema import KINDS
from poe_pack.documents.schema_files import load_schema
from poe_pack.findings import Position

# A key misspelt as little as this is taken for the one that was meant: it decides only what is quoted.
_NEAR = 0.85
_KEY = re.compile(r"(?:^|(?<=[\s{,]))[a-z][a-z0-9_]*(?=\s*:(?:\s|$))")
_COMMENT = re.compile(r"(?:^|(?<=\s))#")
# In a text that is no YAML: a key at the start of a line with one word after it.
_ENTRY = re.compile(r"""\s*(?:-\s+)?(?P<key>[a-z][a-z0-9_]*):\s+["']?[\w./-]+""")
_HARMLESS = frozenset(" \t'\":,.-[]{}|>?&*!#=")


class Showable:
    """The lines of one document; see `line`."""

    def __init__(self, raw: bytes) -> None:
        self._lines = LINE_BREAK.split(raw.decode("utf-8", "replace"))
        tree = read_tree(raw)[0]
        self._is_yaml = tree is not None
        self._spans: dict[int, list[tuple[int, int, bool]]] = {}
        self._last: tuple[int, tuple[str | None, ...]] | None = None
        for position, shown in () if tree is None else _spans(tree):
            self._add(position, shown)

    def line(self, number: int) -> tuple[str | None, ...] | None:
        """The code points of a line (from 1), None for each that must not be shown; None if there is no such line."""
        if not 1 <= number <= len(self._lines):
            return None
        if self._last is None or self._last[0] != number:  # findings come line by line
            self._last = number, self._line(number)
        return self._last[1]

    def _line(self, number: int) -> tuple[str | None, ...]:
        text = self._lines[number - 1]
        shown = [character in _HARMLESS for character in text]
        for word in _KEY.finditer(text):
            if word[0] in _keys():
                shown[word.start() : word.end()] = [True] * len(word[0])
        if not self._is_yaml and (entry := _ENTRY.match(text)) and entry["key"] in _keys() - _keys(sensitive=True):
            shown[: entry.end()] = [True] * entry.end()
        spans = self._spans.get(number, ())
        inside = bytearray(len(text) + 1)
        for start, end, _ in spans:
            inside[start : min(end, len(text))] = b"\1" * max(0, min(end, len(text)) - start)
        for comment in _COMMENT.finditer(text):
            if not inside[comment.end()]:
                shown[comment.end() :] = [False] * (len(text) - comment.end())
                break
        for start, end, harmless in spans:
            stop = min(end, len(text))
            shown[start:stop] = [harmless] * (stop - start)
        return tuple(character if may else None for character, may in zip(text, shown, strict=True))

    def _add(self, position: Position, shown: bool) -> None:
        line, column, end_line, end_column = position
        for number in range(line, min(end_line, len(self._lines)) + 1):
            start = column - 1 if number == line else 0
            end = end_column - 1 if number == end_line else len(self._lines[number - 1])
            self._spans.setdefault(number, []).append((start, end, shown))


def read_showable(file: Path) -> Showable | None:
    """What may be quoted of a file, None where it cannot be read (any more)."""
    try:
        raw = read_start(file, MAX_BYTES + 1)
    except (OSError, ValueError):
        return None
    return Showable(raw) if len(raw) <= MAX_BYTES else None


def _spans(tree: Tree) -> Iterator[tuple[Position, bool]]:
    """Places of keys and plain values, with whether they may be shown."""
    kind = tree.data.get("kind") if isinstance(tree.data, dict) else None
    if kind in KINDS:
        root = load_schema(kind)
        yield from _values(tree.data, "", root, root, tree)


def _values(data: Any, path: str, node: Any, root: dict[str, Any], tree: Tree) -> Iterator[tuple[Position, bool]]:
    """Walk a document beside its schema; `node` is None where the schema does not say what stands here."""
    if isinstance(data, dict):
        for key, value in data.items():
            child = path + pointer(key)
            below, known = _property(node, key, root)
            yield tree.places.key(child), known
            yield from _values(value, child, below, root, tree)
    elif isinstance(data, list):
        items = None if node is None else _resolved(node.get("items"), root)
        for index, value in enumerate(data):
            yield from _values(value, f"{path}/{index}", items, root, tree)
    else:
        yield tree.places.value(path), _is_plain(node)


def _property(node: Any, key: str, root: dict[str, Any]) -> tuple[Any, bool]:
    """The schema of a key's value, None if there is none or it is sensitive, and whether the key may be shown."""
    if node is None:
        return None, False
    known = node.get("properties", {})
    if key in known:
        return _resolved(known[key], root), True
    near = _near(key, tuple(known))
    if near is not None:
        return _resolved(known[near], root), True
    if isinstance(node.get("additionalProperties"), dict):  # free keys, such as a rulebook's names of metrics
        return _resolved(node["additionalProperties"], root), re.fullmatch(r"[a-z][a-z0-9_]*", key) is not None
    return None, False


@lru_cache(maxsize=256)
def _near(key: str, known: tuple[str, ...]) -> str | None:
    """The known key that is meant; None also where lengths differ too much for that, which is quicker to see."""
    likely = [name for name in known if abs(len(name) - len(key)) <= max(1, len(key) // 3)]
    return next(iter(difflib.get_close_matches(key, likely, n=1, cutoff=_NEAR)), None)


def _resolved(node: Any, root: dict[str, Any]) -> Any:
    """The subschema behind a reference; None where it is sensitive or is none."""
    while isinstance(node, dict) and not node.get("x-sensitive"):
        if "$ref" not in node:
            return node
        node = root["$defs"].get(node["$ref"].removeprefix("#/$defs/"))
    return None


@cache
def _keys(*, sensitive: bool = False) -> frozenset[str]:
    """Every key of every schema, or those of them whose value is sensitive in some place or is no plain value."""
    found: set[str] = set()
    rest: list[tuple[Any, dict[str, Any]]] = [(load_schema(kind), load_schema(kind)) for kind in KINDS]
    while rest:
        node, root = rest.pop()
        if isinstance(node, dict):
            for key, child in node.get("properties", {}).items():
                if not sensitive or not _is_plain(_resolved(child, root)):
                    found.add(key)
            rest += ((child, root) for child in node.values())
        elif isinstance(node, list):
            rest += ((child, root) for child in node)
    return frozenset(found)


def _is_plain(node: Any) -> bool:
    return node is not None and not {"properties", "items"} & node.keys()
