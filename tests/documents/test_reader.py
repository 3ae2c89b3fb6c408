"""Reading: strict, with exact values, and with the right place for everything, whatever the text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from poe_pack.documents.fault import Fault
from poe_pack.documents.node import Tree, pointer
from poe_pack.documents.reader import MAX_BYTES, MAX_DEPTH, MAX_VALUES, read_tree
from poe_pack.documents.scalars import MAX_DIGITS, resolve, trap_of

# What both versions of YAML take for the end of a line.
BREAK = re.compile("\r\n|[\n\r]")


def read(text: str) -> Tree:
    tree, faults = read_tree(text.encode())
    assert tree is not None, faults
    assert not faults
    return tree


def faults(text: str | bytes) -> list[Fault]:
    return read_tree(text if isinstance(text, bytes) else text.encode())[1]


# --- arbitrary texts ----------------------------------------------------------------------------------------

# Texts that look like YAML break more than texts that do not.
pieces = st.sampled_from(
    [
        *("a: ", "b: ", "- ", "? ", ": ", "{", "}", "[", "]", ", ", "\n", "  ", "\t", "'", '"', "#", "\\", "~", "1.50"),
        *("&x ", "*x", "!t ", "<<: ", "---\n", "...\n", "%YAML 1.2\n", "|\n", ">-\n"),
        *("\r\n", "\r", "\x85", "\u2028", "\ufeff", "\x07", "é", "🎪"),
    ]
)
texts = st.one_of(st.text(), st.lists(pieces, max_size=40).map("".join))


@given(texts)
@example("")
@example("\n")
@example("a: 1\na: 2\n")
@example("\ufeffkind: claim")
@example("a: é\x07")
@example("é: [")
@example("x\u2028a: [\n")
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    tree, found = read_tree(text.encode())
    assert tree is not None or found
    lines = BREAK.split(text)
    places = [fault.position for fault in found]
    if tree is not None:
        places += [*tree.places.values.values(), *tree.places.keys.values()]
    for line, column, end_line, end_column in places:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert (end_line, end_column) >= (line, column)
    starts = [(fault.position.line, fault.position.column) for fault in found]
    assert starts == sorted(starts)


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    tree, found = read_tree(raw)
    assert tree is not None or found


@given(texts)
def test_every_value_has_its_place(text: str) -> None:
    tree, _ = read_tree(text.encode())
    if tree is not None:
        assert {path for path, _ in values(tree.data)} == set(tree.places.values)


def values(node: Any, path: str = "") -> list[tuple[str, Any]]:
    found = [(path, node)]
    if isinstance(node, dict):
        for key, child in node.items():
            found += values(child, path + pointer(key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            found += values(child, f"{path}/{index}")
    return found


# --- agreement with YAML ------------------------------------------------------------------------------------

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=12
)
# The writer of these tests leaves words bare that only YAML 1.2 takes for numbers, and puts an empty key behind a ?.
words = words.filter(lambda word: trap_of(word) is None)
names = words.filter(bool)
plain_documents = st.recursive(
    st.one_of(words, st.booleans(), st.none(), st.integers(-(10**25), 10**25)),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(names, children, max_size=4),
    max_leaves=12,
)


@given(plain_documents, st.booleans() | st.none())
def test_plain_documents_mean_what_yaml_says(data: object, flow: bool | None) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True)
    assert read(text).data == yaml.safe_load(text) == data


@given(st.dictionaries(st.text("abcdef", min_size=1), words | st.integers(0, 99), min_size=1))
def test_the_place_of_a_value_is_where_it_is_written(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, width=10_000)
    tree, lines = read(text), BREAK.split(text)
    for key, value in data.items():
        place = tree.places.values[f"/{key}"]
        if place.line == place.end_line:
            written = lines[place.line - 1][place.column - 1 : place.end_column - 1]
            assert yaml.safe_load(written) == value
        name = tree.places.keys[f"/{key}"]
        assert lines[name.line - 1][name.column - 1 : name.end_column - 1] == key or key in ("y", "n")


# The profile takes a date as text and a decimal as exact; what else the two versions read differently is a trap.
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-09-17", "2026-09-17"),
        ("2026-09-17T08:00:00Z", "2026-09-17T08:00:00Z"),
        ("2026-09-17 08:00:00", "2026-09-17 08:00:00"),
        ("12:75", "12:75"),
        ("1.2.3", "1.2.3"),
        ("٣", "٣"),
        ("yess", "yess"),
        ("1" * MAX_DIGITS, int("1" * MAX_DIGITS)),
        ("0", 0),
        ("-12", -12),
        ("9141.10", Decimal("9141.10")),
        ("-0.5", Decimal("-0.5")),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
    ],
)
def test_plain_values(text: str, value: object) -> None:
    found = read(f"a: {text}").data["a"]
    assert (found, type(found)) == (value, type(value))
    assert resolve(text) == value
    assert read(f'a: "{text}"').data["a"] == text
    assert read(f"a: '{text}'").data["a"] == text


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,12})\.[0-9]{1,12}", fullmatch=True))
def test_decimals_are_exact(text: str) -> None:
    found = read(f"a: {text}").data["a"]
    assert str(found) == str(Decimal(text))


# --- duplicates and limits ----------------------------------------------------------------------------------


def test_of_a_key_written_twice_the_first_counts() -> None:
    tree, found = read_tree(b"a: 1\nb: 2\na: {c: 3}\n")
    assert tree is not None
    assert tree.data == {"a": 1, "b": 2}
    assert "/a/c" not in tree.places.values
    (fault,) = found
    assert (fault.message, fault.path, fault.position) == ("read.duplicate_key", "/a", (3, 1, 3, 2))
    assert fault.related[0][0] == (1, 1, 1, 2)


def test_faults_inside_a_duplicate_are_told_too() -> None:
    assert [fault.path for fault in faults("a: 1\na: {b: 1, b: 2}\n")] == ["/a", "/a/b"]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=8))
def test_every_repetition_is_a_fault(keys: list[str]) -> None:
    found = faults("".join(f"{key}: {number}\n" for number, key in enumerate(keys)))
    repeated = [number for number, key in enumerate(keys, start=1) if key in keys[: number - 1]]
    assert [fault.position.line for fault in found] == repeated


@pytest.mark.parametrize("key", ["a", "b"])
def test_duplicates_inside_duplicates_do_not_escape_the_limit(key: str) -> None:
    depth = 900
    text = "".join(f"{' ' * level}a: 1\n{' ' * level}{key}:\n" for level in range(depth))
    assert faults(text)[-1].message == "read.too_deep"
    assert faults(f"{{a: 1, {key}: " * depth + "1" + "}" * depth)[-1].message == "read.too_deep"


def test_limits_are_met_exactly() -> None:
    assert not faults("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert faults("[" * (MAX_DEPTH + 2))[0].position[:2] == (1, MAX_DEPTH + 2)
    assert not faults("- x\n" * (MAX_VALUES - 1))
    assert faults("- x\n" * MAX_VALUES)[0].message == "read.too_many_values"
    assert not faults(b"x" * MAX_BYTES)
    assert faults(b"x" * (MAX_BYTES + 1))[0].message == "read.too_large"


def test_places_count_characters_not_bytes() -> None:
    tree = read('göteborg: {"🎪": "å", sista: 1}')
    assert tree.places.keys["/göteborg/🎪"] == (1, 12, 1, 15)
    assert tree.places.values["/göteborg/sista"] == (1, 29, 1, 30)
    assert faults("é🎪: \x07")[0].position[:2] == (1, 5)
    assert faults("é: 1\n".encode() + b"ab\xff")[0].position[:2] == (2, 3)
