"""Fonts: the same cut of the same text, and no character without a glyph."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from poe_pack.printing import MissingGlyph, check_glyphs, embedded_faces, lay_out, pdf_bytes, system_fonts
from poe_pack.printing import fonts as rooms
from poe_pack.printing.fonts import PRINT_FACES, points_for, print_font
from poe_pack.printing.system_fonts import han_missing, install_line, system_covered


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


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine without any font but ours."""
    monkeypatch.setattr(system_fonts, "_folders", lambda: iter([tmp_path]))
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for kept in (system_fonts._installed, system_fonts._found, system_fonts._files):
        kept.cache_clear()


@pytest.mark.usefixtures("no_system_fonts")
def test_a_missing_glyph_is_named_with_its_place() -> None:
    with pytest.raises(MissingGlyph) as caught:
        check_glyphs("<p>Welcome &amp; 你好 to the <b>show \N{ROCKET}</b></p>")
    assert caught.value.missing == {
        "你": "Welcome & 你好 to the",
        "好": "Welcome & 你好 to the",
        "\N{ROCKET}": "show \N{ROCKET}",
    }
    assert "U+1F680 ROCKET" in str(caught.value)


@pytest.mark.usefixtures("no_system_fonts")
@pytest.mark.parametrize(
    ("text", "package"),
    [("你好", "fonts-noto-cjk"), ("한국", "fonts-noto-cjk"), ("שלום", "fonts-noto-core"), ("ไทย", "fonts-noto-core")],
)
def test_the_font_to_install_is_named(text: str, package: str) -> None:
    with pytest.raises(MissingGlyph, match=f"; apt-get install --no-install-recommends {package}$"):
        check_glyphs(f"<p>{text}</p>")
    assert install_line("x y") == "apt-get install --no-install-recommends x y"


def test_no_font_is_named_where_none_would_help() -> None:
    with pytest.raises(MissingGlyph, match=r"; write it another way$"):
        check_glyphs("<p>\N{ROCKET}</p>")


@pytest.mark.usefixtures("no_system_fonts")
def test_a_machine_without_a_chinese_font_is_told_so() -> None:
    assert han_missing() == "apt-get install --no-install-recommends fonts-noto-cjk"
    assert system_covered() == frozenset()


def test_the_machines_chinese_font_is_found_and_embedded() -> None:
    assert han_missing() is None, "scripts/setup.sh test installs one"
    assert check_glyphs("<p>Latin alone</p>") == ()
    (family,) = check_glyphs("<p>第三方发票：9,141.12，骨</p>")
    page = '<!doctype html><html lang="zh-CN"><head><title>T</title></head><body><p>第三方发票</p></body></html>'
    with pikepdf.open(io.BytesIO(pdf_bytes(lay_out(page, ["look/print.css"])))) as pdf:
        (font,) = pdf.pages[0].obj.Resources.Font.values()
        assert family.replace(" ", "-") in str(font.BaseFont)
        described = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile3" in described or "/FontFile2" in described


def test_what_the_families_cover_passes() -> None:
    check_glyphs("<p>Łódź, Ελλάδα, Україна: 9 141,12 € → ✓ −5\u202f%</p>")
