"""What may reach a terminal, whatever a repository holds."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from poe_pack.formats.terminal import Paint
from poe_pack.languages.visible import visible

# Written out here, not taken from the code under test.
_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_C0_AND_C1 = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))}
_JOINERS = set("\u200c\u200d")
_LINE_ENDS = set("\u2028\u2029\x85\x0b\x0c")

ANY_TEXT = st.text(st.characters(codec=None), max_size=60) | st.text(
    st.sampled_from([*_BIDI, *_C0_AND_C1, *_LINE_ENDS, "\ud800", "\udcff", "\ufeff", "\u200b", "\U000e0041", "a", "é"])
)


@given(ANY_TEXT)
@example("\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\")
@example("\u202egnp.exe")
@example("\udcff")
@example("\U000e0001")
@example("\u0378")
def test_no_control_or_bidi_character_survives(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & (_BIDI | _C0_AND_C1 | _LINE_ENDS)
    assert all(unicodedata.category(character)[0] != "C" for character in set(shown) - _JOINERS)
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")  # no lone surrogate either


@given(ANY_TEXT)
def test_once_is_enough(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"]), max_size=60))
@example("Göteborg 北京 Ærø naïve “quoted” – 1 000 €")
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text


@given(st.characters(codec=None))
def test_a_hidden_character_is_shown_by_its_code(character: str) -> None:
    spaces = (" ", "") if unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp") else ()
    assert visible(character) in (character, f"[U+{ord(character):04X}]", *spaces)


@given(ANY_TEXT)
def test_paint_without_colour_adds_nothing(text: str) -> None:
    for meaning in ("error", "warning", "info", "open", "strong", "faint"):
        assert Paint(False)(meaning, text) == text
        assert Paint(True)(meaning, text) == f"\x1b[{Paint(True)(meaning, '').split('m')[0][2:]}m{text}\x1b[0m"
