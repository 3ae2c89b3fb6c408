"""The quick reader and the reader: the same data, or no word of the quick one. `make fuzz` holds them together, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from poe_pack.documents.ordinary import read_ordinary
from poe_pack.documents.reader import MAX_BYTES, MAX_DEPTH, MAX_KEY, MAX_VALUES, read_text
from tests.documents.reading_table import TABLE
from tests.documents.test_productions import ACCEPTED, REFUSED

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    [*ROOT.glob("claims/**/*.yaml"), *ROOT.glob("examples/**/*.yaml"), *ROOT.glob("tests/rules/base/**/*.yaml")]
)
TEXTS = [text for rows in TABLE.values() for text, _ in rows]
TEXTS += [row[1] for row in ACCEPTED]
TEXTS += [row[1] for row in REFUSED]
WORDS = (
    "a",
    "b: c",
    "id",
    "-",
    "- ",
    ": ",
    "\n",
    "\n  ",
    "\n    ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'x'",
    '"y"',
    "#",
    " # z",
    "?",
    "|",
)
MORE = (
    "1",
    "1.50",
    "no",
    "null",
    "~",
    "012",
    "12:30",
    "2026-11-21",
    "&q ",
    "*q",
    "!t ",
    "<<",
    "---",
    "...",
    "%A",
    "é",
    "\t",
    ">",
)


def same(text: str) -> bool:
    """Whether the quick reader dared to read a text; then it must have read what the reader reads."""
    data = read_ordinary(text)
    if data is None:
        return False
    tree, faults = read_text(text)
    assert tree is not None
    assert (faults, repr(tree.data)) == ([], repr(data))
    return True


def test_documents_of_the_project() -> None:
    read = [file for file in FILES if same(file.read_text(encoding="utf-8"))]
    assert len(read) > len(FILES) / 2, "most documents are ordinary, or the quick reader is of no use"


@pytest.mark.parametrize("text", TEXTS)
def test_productions_and_traps(text: str) -> None:
    same(text)


@given(st.lists(st.sampled_from(WORDS + MORE), max_size=14).map("".join))
@example("a: b\n")
@settings(max_examples=2_000)
def test_any_text(text: str) -> None:
    same(text)


@pytest.mark.parametrize(
    "value", ["1", "-7", "1.50", "true", "null", "", "2026-11-21", "word", '"no"', "'012'", "[a, {b: c}]"]
)
def test_what_is_ordinary(value: str) -> None:
    assert same(f"a: {value}\n")


def test_limits_are_left_to_the_reader() -> None:
    assert MAX_BYTES > MAX_VALUES
    for text in (
        "a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1) + "\n",
        "a: [" + "b," * MAX_VALUES + "b]\n",
        "k" * (MAX_KEY + 1) + ": a\n",
    ):
        assert not same(text)
        assert read_text(text)[1]


def test_places_come_when_they_are_asked_for() -> None:
    from poe_pack.documents.reader import read_tree

    text = "a: b\nc:\n  - d\n"
    tree, faults = read_tree(text.encode())
    full, _ = read_text(text)
    assert (read_ordinary(text), faults) == ({"a": "b", "c": ["d"]}, [])
    assert tree is not None
    assert full is not None
    assert tree.places == full.places
    assert tree == full
