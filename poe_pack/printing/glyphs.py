"""A character that no bundled font can draw is an error before anything is printed, not a box on paper."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

from poe_pack.printing.fonts import covered

_UNDRAWN = frozenset("\n\r\t")
_EXCERPT = 24
_BOX = "□"


class MissingGlyph(ValueError):
    """Characters without a glyph, each with the text around its first place."""

    def __init__(self, missing: dict[str, str]) -> None:
        self.missing = missing
        named = (f"{describe(character)} in “{excerpt}”" for character, excerpt in missing.items())
        super().__init__("no font of this program can print " + "; ".join(named))


def describe(character: str) -> str:
    """`U+1F680 ROCKET`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name')}"


def check_glyphs(html: str) -> None:
    """Raise MissingGlyph if a page's text holds a character that no family covers."""
    points = covered()
    absent = {character for character in set(html) - _UNDRAWN if ord(character) not in points}
    if not absent:
        return
    reader = _Reader(absent)
    reader.feed(html)
    reader.close()
    if reader.found:
        raise MissingGlyph(reader.found)


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
