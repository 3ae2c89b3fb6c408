"""Names of copies: harmless everywhere, and near what they were."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.documents.schema_files import load_schema
from poe_pack.editing.names import MOST, folded, safe_name
from poe_pack.evidence.files import is_safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("invoice-10482.pdf", "invoice-10482.pdf"),
        ("My page: v2.pdf", "My-page-v2.pdf"),
        ("a\tb\u00a0c\u2028d.png", "a-b-c-d.png"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden.pdf", "hidden.pdf"),
        ("--rm.pdf", "rm.pdf"),
        ("end. ", "end"),
        ("con.pdf", "file-con.pdf"),
        ("LPT1", "file-LPT1"),
        ("console.pdf", "console.pdf"),
        ("A\u030angstro\u0308m.jpg", "Ångström.jpg"),
        ("会议.png", "会议.png"),
        ("exe\u202egnp.jpg", "exegnp.jpg"),
        ("x" * 200 + ".jpeg", "x" * (MOST - 5) + ".jpeg"),
        ("a." + "x" * 200, "a." + "x" * (MOST - 2)),
        ('<>:"|?*.pdf', "pdf"),
    ],
)
def test_names(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize("name", ["", ".", "..", " ", "\n", "///", "\u202e"])
def test_nothing_left(name: str) -> None:
    with pytest.raises(ValueError, match="nothing"):
        safe_name(name)


@given(st.text(min_size=1))
def test_every_name_is_harmless_and_stays_when_it_was(name: str) -> None:
    try:
        kept = safe_name(name)
    except ValueError:
        return
    assert is_safe_name(f"evidence/{kept}")
    assert safe_name(kept) == kept
    assert "/" not in kept
    assert len(kept) <= MOST + len("file-")
    assert not any(unicodedata.category(character).startswith(("C", "Z")) for character in kept)


def test_the_schema_takes_what_is_made() -> None:
    assert load_schema("claim")["$defs"]["file"]["pattern"].startswith("^(?!/)")


def test_names_that_some_systems_take_for_one() -> None:
    assert folded("Room.JPG") == folded("room.jpg")
    assert folded("A\u030a") == folded("å")
    assert folded("a") != folded("b")
