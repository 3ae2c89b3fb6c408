"""Every keyword of every schema, broken once at each place where it counts: one fault, its code, its line and column.

Documents hold every key of their schema with its example. Where the fault must be is taken from PyYAML's own nodes.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from poe_pack.documents.reader import read_tree
from poe_pack.documents.schema import KINDS, check_schema
from poe_pack.documents.schema_files import load_schema

Path = tuple[str | int, ...]
Broken = tuple[Any, Path, str, str]  # document, path of the fault, code, what its place is: value, key or owner
CODES = {
    "type": "POE104",
    "enum": "POE105",
    "const": "POE105",
    "pattern": "POE106",
    "minLength": "POE106",
    "maxLength": "POE106",
    "format": "POE107",
    "minimum": "POE108",
    "maximum": "POE108",
    "exclusiveMinimum": "POE108",
    "minItems": "POE108",
    "uniqueItems": "POE108",
}
# Not broken on their own: they describe, or hold what is walked into.
SILENT = frozenset("title description examples default properties items if then else x-sensitive $comment".split())
SILENT |= {"$schema", "$id", "$defs", "$ref"}
METRICS: tuple[tuple[Any, str], ...] = (({}, "POE104"), (True, "POE104"), (-1, "POE108"))
ANSWERS: tuple[tuple[Any, str], ...] = (({}, "POE104"), (-1, "POE104"), ("x", "POE104"))
IMPOSSIBLE: tuple[Any, ...] = ({}, [], "x")


def resolved(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        own = {key: value for key, value in node.items() if key != "$ref"}
        node = {**root["$defs"][node["$ref"].removeprefix("#/$defs/")], **own}
    return node


def full(node: dict[str, Any], root: dict[str, Any]) -> Any:
    """A value with every key that its schema knows, each with its example."""
    node = resolved(node, root)
    if "properties" in node:
        return {key: full(child, root) for key, child in node["properties"].items()}
    if isinstance(node.get("items"), dict):
        return [full(node["items"], root)]
    return node["const"] if "const" in node else next(iter([*node.get("examples", ()), *node.get("enum", ())]))


def places(node: dict[str, Any], root: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    node = resolved(node, root)
    yield path, node
    for name, child in node.get("properties", {}).items():
        yield from places(child, root, (*path, name))
    if isinstance(node.get("items"), dict):
        yield from places(node["items"], root, (*path, 0))


def at(document: Any, path: Path) -> Any:
    for part in path:
        document = document[part]
    return document


def put(document: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    whole = copy.deepcopy(document)
    at(whole, path[:-1])[path[-1]] = value
    return whole


# Whatever breaks the pattern beside such a format breaks the format, too, and that is what is told.
SPEAKS_FIRST = ("date", "date-time", "email", "uri")


def wrong(keyword: str, node: dict[str, Any], value: Any) -> Any:
    """A value that breaks this keyword and no other that counts."""
    limit = node[keyword]
    made: dict[str, Callable[[], Any]] = {
        "type": lambda: next(bad for bad in IMPOSSIBLE if not _is(bad, limit)),
        "enum": lambda: "nonesuch",
        "const": lambda: "nonesuch",
        "pattern": lambda: next(bad for bad in (" ", "/../x", "-?") if not re.search(limit, bad)),
        "minLength": lambda: "",
        "maxLength": lambda: "x" * (limit + 1),
        "format": lambda: "XXQ" if limit == "currency" else "soon",
        "minimum": lambda: limit - 1,
        "exclusiveMinimum": lambda: limit,
        "maximum": lambda: limit + 1,
        "minItems": list,
        "uniqueItems": lambda: [value[0], value[0]],
    }
    return made[keyword]()


def _is(value: Any, types: str | list[str]) -> bool:
    name = "object" if isinstance(value, dict) else "array" if isinstance(value, list) else "string"
    return name in ([types] if isinstance(types, str) else types)


def broken(kind: str) -> Iterator[tuple[str, Broken]]:
    """Every keyword at every place, with the document in which it alone is broken."""
    root = load_schema(kind)
    sound = full(root, root)
    for path, node in places(root, root):
        name = f"{kind}/{'/'.join(map(str, path))}"
        value = at(sound, path)
        for keyword in sorted(node.keys() - SILENT):
            if keyword == "required":
                for key in node["required"]:
                    lacking = put(sound, path, {other: child for other, child in value.items() if other != key})
                    if path or key != "kind":
                        yield f"{name} required {key}", (lacking, (*path, key), "POE102", "owner")
            elif keyword == "additionalProperties" and node[keyword] is False:
                yield f"{name} {keyword}", (put(sound, (*path, "qqq"), 1), (*path, "qqq"), "POE103", "key")
            elif keyword == "additionalProperties":
                answers = resolved(node[keyword], root).get("type") == "boolean"
                for bad, code in ANSWERS if answers else METRICS:
                    yield f"{name} other {bad}", (put(sound, (*path, "reach"), bad), (*path, "reach"), code, "value")
            elif keyword == "propertyNames":
                yield f"{name} {keyword}", (put(sound, (*path, "A b"), 1), (*path, "A b"), "POE106", "key")
            elif keyword == "type" and not path:
                yield f"{name} {keyword}", ("x", path, "POE101", "value")
            elif path != ("kind",) and not (keyword == "pattern" and node.get("format") in SPEAKS_FIRST):
                yield (
                    f"{name} {keyword}",
                    (put(sound, path, wrong(keyword, node, value)), path, CODES[keyword], "value"),
                )


def position(text: str, path: Path, what: str) -> tuple[int, int]:
    """Line and column of a path as PyYAML has them."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    mark = node.start_mark
    for number, part in enumerate(path):
        last = number == len(path) - 1
        if last and what == "owner":
            break
        if isinstance(part, int):
            node = node.value[part]
            mark = node.start_mark
            continue
        key, node = next(pair for pair in node.value if pair[0].value == part)
        mark = key.start_mark if what != "value" or not last else node.start_mark
    return mark.line + 1, mark.column + 1


ALL = [(name, case) for kind in KINDS for name, case in broken(kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_full_document_is_sound(kind: str) -> None:
    root = load_schema(kind)
    tree, faults = read_tree(yaml.safe_dump(full(root, root), allow_unicode=True, sort_keys=False, width=1000).encode())
    assert tree is not None
    assert not faults
    assert check_schema(tree) == (kind, [])


@pytest.mark.parametrize(("name", "case"), ALL, ids=[name for name, _ in ALL])
def test_a_broken_keyword_is_one_fault(name: str, case: Broken, record_property: Callable[[str, object], None]) -> None:
    document, path, code, what = case
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000)
    tree, faults = read_tree(text.encode())
    assert tree is not None
    found = [*faults, *check_schema(tree)[1]]
    assert [fault.code.code for fault in found] == [code]
    assert found[0].path == "".join(f"/{part}" for part in path)
    assert found[0].position[:2] == position(text, path, what)
    record_property("swept", name)


def test_every_keyword_is_swept() -> None:
    used = {keyword for kind in KINDS for _, node in places(load_schema(kind), load_schema(kind)) for keyword in node}
    assert used - SILENT <= {*CODES, "required", "additionalProperties", "propertyNames"}
    assert len(ALL) > 500
