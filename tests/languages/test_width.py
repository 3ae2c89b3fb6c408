"""How wide text is, on a terminal and about in print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.languages.width import cells, letters


@given(st.text(), st.text())
def test_widths_add_up(one: str, other: str) -> None:
    assert cells(one + other) == cells(one) + cells(other)
    assert letters(one + other) == pytest.approx(letters(one) + letters(other))


@pytest.mark.parametrize(
    ("narrower", "wider"),
    [
        ("Inbjudan till evenemanget", "Programme de l’événement"),  # longer, and yet it fits where the other breaks
        ("till", "mamma"),
        ("iiii", "MMM"),
        ("e\u0301", "ee"),
        ("kin", "活动"),
    ],
)
def test_letters_have_widths_of_their_own(narrower: str, wider: str) -> None:
    assert letters(narrower) < letters(wider)


def test_a_mark_on_a_letter_takes_no_room() -> None:
    assert (cells("e\u0301"), letters("e\u0301")) == (1, letters("e"))
