"""Fonts: the same cut of the same text, and no character without a glyph."""

from __future__ import annotations

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from poe_pack.printing import MissingGlyph, check_glyphs, embedded_faces
from poe_pack.printing import fonts as rooms
from poe_pack.printing.fonts import PRINT_FACES, points_for, print_font


def test_a_kept_font_is_the_one_that_would_be_made() -> None:
    face = PRINT_FACES[0]
    points = points_for("Göteborg")
    assert print_font(face.name, points) == rooms._make_cut(face, points)


def test_fonts_for_paper_stand_still_and_hold_what_the_page_needs() -> None:
    points = points_for("Ελλάδα")
    with TTFont(io.BytesIO(print_font("sans-500", points))) as font:
        assert "fvar" not in font
        assert set(map(ord, "Ελλάδα Göteborg €")) <= set(font.getBestCmap())


def test_most_pages_share_one_cut() -> None:
    assert points_for("Göteborg, 17 September") == points_for("Århus – “quoted”")


def test_embedded_fonts_hold_the_characters_of_the_page() -> None:
    rules = embedded_faces("Łódź")
    assert rules == embedded_faces("Łódź")
    families = re.findall(r'font-family:"([^"]+)"', rules)
    assert families == ["Poe Sans", "Poe Serif", "Poe Mono"]
    for data in re.findall(r"base64,([^\"]+)\"", rules):
        with TTFont(io.BytesIO(base64.b64decode(data))) as font:
            assert set(map(ord, "Łódź Azure 0123")) <= set(font.getBestCmap())


def test_a_missing_glyph_is_named_with_its_place() -> None:
    with pytest.raises(MissingGlyph) as caught:
        check_glyphs("<p>Welcome &amp; 你好 to the <b>show \N{ROCKET}</b></p>")
    assert caught.value.missing == {
        "你": "Welcome & 你好 to the",
        "好": "Welcome & 你好 to the",
        "\N{ROCKET}": "show \N{ROCKET}",
    }
    assert "U+1F680 ROCKET" in str(caught.value)


def test_what_the_families_cover_passes() -> None:
    check_glyphs("<p>Łódź, Ελλάδα, Україна: 9 141,12 € → ✓ −5\u202f%</p>")
