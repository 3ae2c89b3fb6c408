"""The compiled check and jsonschema agree: on every document here, and on documents spoilt at random."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poe_pack.documents import schema
from poe_pack.documents.precheck import is_surely_valid
from poe_pack.documents.reader import read_tree

ROOT = Path(__file__).resolve().parents[2]


def documents() -> Iterator[tuple[str, str, Any]]:
    for folder in ("claims", "examples/broken", "tests/rules/base"):
        for file in sorted((ROOT / folder).rglob("*.yaml")):
            tree, _ = read_tree(file.read_bytes())
            if tree is not None and isinstance(tree.data, dict) and tree.data.get("kind") in schema.KINDS:
                yield str(file.relative_to(ROOT)), tree.data["kind"], tree.data


DOCUMENTS = list(documents())
SOUND = [(kind, data) for _, kind, data in DOCUMENTS if is_surely_valid(kind, data)]


def says_jsonschema(kind: str, data: Any) -> bool:
    return next(schema._validator(kind).iter_errors(data), None) is None


@pytest.mark.parametrize(("name", "kind", "data"), DOCUMENTS, ids=[name for name, _, _ in DOCUMENTS])
def test_agrees_on_documents(name: str, kind: str, data: Any) -> None:
    assert is_surely_valid(kind, data) == says_jsonschema(kind, data)


def test_every_kind_is_there() -> None:
    assert {kind for kind, _ in SOUND} == set(schema.KINDS)


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**20),
    st.decimals(-1000, 10**6, allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(["", " ", "FY27 H1", "FY27 H1\n", "2026-02-30", "2026-09-17", "USD", "usd", "0.00", "-1.0"]),
    st.sampled_from(["https://a.example", "ftp://a.example", "a@b.example", "a@b", "evidence/../x", "/etc/x"]),
    st.just([]),
    st.just({}),
    st.lists(st.text(max_size=3), max_size=3),
)


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_agrees_on_mutations(data: st.DataObject) -> None:
    kind, document = data.draw(st.sampled_from(SOUND))
    spoilt: Any = {"document": copy.deepcopy(document)}
    for _ in range(data.draw(st.integers(1, 3))):
        *parents, last = ("document", *data.draw(st.sampled_from(list(places(spoilt["document"])))))
        node = spoilt
        for part in parents:
            node = node[part]
        if len(parents) and data.draw(st.booleans()):
            del node[last]
        else:
            node[last] = data.draw(VALUES)
    assert is_surely_valid(kind, spoilt["document"]) == says_jsonschema(kind, spoilt["document"])


def test_numbers_beyond_it_are_left_to_jsonschema() -> None:
    kind, document = next(pair for pair in SOUND if pair[0] == "claim")
    for number in (Decimal("1E+400"), 10**400):
        assert is_surely_valid(kind, {**document, "amount": number}) in (says_jsonschema(kind, document), False)
