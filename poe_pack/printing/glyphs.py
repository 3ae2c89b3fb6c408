"""A character that no font can draw is an error before anything is printed, not a box on paper."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

from poe_pack.printing.fonts import bundled, covered
from poe_pack.printing.system_fonts import families_for, install_line, packages_for

_UNDRAWN = frozenset("\n\r\t")
_EXCERPT = 24
_BOX = "□"


class MissingGlyph(ValueError):
    """Characters without a glyph, each with the text around its first place. Says which font to install for them."""

    def __init__(self, missing: dict[str, str]) -> None:
        self.missing = missing
        named = (f"{describe(character)} in “{excerpt}”" for character, excerpt in missing.items())
        packages = packages_for(map(ord, missing))
        remedy = f"; {install_line(' '.join(packages))}" if packages else "; write it another way"
        super().__init__("no font here can print " + "; ".join(named) + remedy)


def describe(character: str) -> str:
    """`U+1F680 ROCKET`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name')}"


def check_glyphs(html: str) -> tuple[str, ...]:
    """The families of the machine that a page needs beside ours. Raise MissingGlyph if a character has no glyph."""
    foreign = set(map(ord, set(html) - _UNDRAWN)) - bundled()
    if not foreign:
        return ()
    absent = {chr(point) for point in foreign - covered()}
    if absent:
        reader = _Reader(absent)
        reader.feed(html)
        reader.close()
        if reader.found:
            raise MissingGlyph(reader.found)
    return families_for(foreign)


def printable(text: str) -> str:
    """`text` with a box in place of each character that no family covers: for evidence, whose words are not ours."""
    points = covered()
    return "".join(c if ord(c) in points or c in _UNDRAWN else _BOX for c in text)


class _Reader(HTMLParser):
    """Finds the first place of each character in the text of a page."""

    def __init__(self, wanted: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._wanted = wanted
        self.found: dict[str, str] = {}

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        for place, character in enumerate(text):
            if character in self._wanted:
                excerpt = text[max(0, place - _EXCERPT) : place + _EXCERPT]
                self.found.setdefault(character, excerpt)
