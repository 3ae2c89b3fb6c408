"""The line that a finding is about: carets under the place, and nothing that is nobody's business."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.documents.showable import Showable
from poe_pack.findings import NOWHERE, Position
from poe_pack.formats.excerpt import WIDEST, Excerpts, excerpt
from poe_pack.languages.width import cells
from tests.cli.house import House, assert_harmless
from tests.formats.test_terminal import ANY_TEXT


def on_line(text: str, start: int, end: int) -> tuple[str, str]:
    """A line and the marks under its code points from `start` up to `end`, from 0."""
    made = excerpt(tuple(text), Position(1, start + 1, 1, end + 1))
    assert made is not None
    return made.text, made.marks


@pytest.mark.parametrize(
    ("text", "span", "shown", "marks"),
    [
        ("id: a", (4, 5), "id: a", "    ^"),
        ("name: 北京 now", (6, 8), "name: 北京 now", "      ^^^^"),
        ("北京: now", (4, 7), "北京: now", "      ^^^"),
        ("e\u0301e\u0301: x", (6, 7), "e\u0301e\u0301: x", "    ^"),
        ("\tid: a", (0, 1), "    id: a", "^^^^"),
        ("id:\ta", (4, 5), "id: a", "    ^"),
        ("a\u202eb: c", (5, 6), "a[U+202E]b: c", "            ^"),
        ("id: \x1b[2J", (4, 8), "id: [U+001B][2J", "    ^^^^^^^^^^^"),
        ("id:", (3, 3), "id:", "   ^"),
        ("id: abc  ", (4, 4), "id: abc", "    ^"),
    ],
)
def test_carets_stand_under_the_place(text: str, span: tuple[int, int], shown: str, marks: str) -> None:
    assert on_line(text, *span) == (shown, marks)


def test_a_long_line_is_cut_around_the_place() -> None:
    text = "".join(f"k{number:03}: {number:03}, " for number in range(200))
    at = text.index("100,")
    shown, marks = on_line(text, at, at + 3)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert shown[marks.index("^") :].startswith("100,")
    assert marks.strip() == "^^^"
    assert on_line("x" * 5_000, 0, 5_000)[1] == "^" * (WIDEST - 2)


def test_a_place_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    made = excerpt(tuple("note: first"), Position(1, 7, 3, 4))
    assert made is not None
    assert made.marks == "      ^^^^^"


@given(ANY_TEXT, st.integers(0, 70), st.integers(0, 70))
def test_no_line_steers_the_terminal_or_is_too_wide(text: str, start: int, length: int) -> None:
    made = excerpt(tuple(text), Position(1, start + 1, 1, start + length + 1))
    if made is not None:
        assert_harmless(f"{made.text}\n{made.marks}".encode())
        assert len(made.text.splitlines()) <= 1
        assert cells(made.text) <= WIDEST
        assert made.marks.strip(" ").strip("^") == ""
        assert len(made.marks) <= WIDEST + 8  # as wide as the widest single letter that was named


@given(st.text(st.characters(categories=["L", "M", "N", "P"]), max_size=40))
def test_width_is_never_more_than_two_columns_a_letter(text: str) -> None:
    assert cells(text) <= 2 * len(text)
    assert cells(unicodedata.normalize("NFD", text)) <= 2 * len(unicodedata.normalize("NFD", text))


def shown(document: str, line: int) -> str:
    characters = Showable(document.encode()).line(line)
    assert characters is not None
    made = excerpt(characters, Position(line, 1, line, 2))
    return "" if made is None else made.text


CLAIM = """\
kind: claim
id: a   # a comment by Karin
amount: "640.00"
amount: "1.00"
estimated_impresions: 4200
whatever: Karin
third_party_invoices:
  - vendor: {name: Brightfjord, address: "Karin's way", tax_id: |
      SE55 }
history:
  - {at: "2026-11-17T09:30:00Z", by: Karin, role: reviewer}
"""


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (2, "id: a"),
        (3, 'amount: "640.00"'),
        (4, 'amount: "….…"'),
        (5, "estimated_impresions: 4200"),
        (6, "…: …"),
        (8, "  - vendor: {name: Brightfjord, address: …, tax_id: …}"),
        (10, '  - {at: "2026-11-17T09:30:00Z", by: …, role: reviewer}'),
    ],
)
def test_only_what_the_schema_knows_as_harmless_is_shown(line: int, text: str) -> None:
    document = CLAIM.replace("|\n      SE55 }", "SE55}")
    assert shown(document, line) == text


def test_of_what_is_no_yaml_only_known_keys_and_their_first_word() -> None:
    document = 'kind: claim\nname: Karin: x\ndate: "2026-11-13 of Karin\n  email: Karin\n'
    assert shown(document, 2) == "name: …: …"
    assert shown(document, 3) == 'date: "2026-11-13 … …'
    assert shown(document, 4) == "  email: …"


def test_nothing_is_shown_of_a_file_as_a_whole_or_of_one_that_is_gone(house: House) -> None:
    excerpts = Excerpts(house.root)
    assert excerpts.at("partner.yaml", NOWHERE) is None
    assert excerpts.at("partner.yaml", Position(2, 5, 2, 6)) is not None
    assert excerpts.at("partner.yaml", Position(99, 1, 99, 2)) is None
    for name in ("gone.yaml", "x" * 300, "nul\0", "."):
        assert excerpts.at(name, Position(1, 1, 1, 2)) is None
