"""Text from data on its way to a reader: nothing in it may steer a terminal or turn round what is read."""

from __future__ import annotations

import unicodedata

_NO_BREAK = "\u00a0\u202f"  # stand inside numbers and before French punctuation
_JOINERS = "\u200c\u200d"  # spelling in Persian and Indic scripts, and joined emoji, need them


def visible(text: str) -> str:
    """One line. Control, bidi, invisible and unassigned characters are named instead: `[U+202E]`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\n\r\v\f\x85" or category in ("Zl", "Zp", "Zs"):
        return character if character in _NO_BREAK else " "
    if character == "\u00ad":  # a soft hyphen shows only where a line breaks
        return ""
    if category.startswith("C") and character not in _JOINERS:
        return f"[U+{ord(character):04X}]"
    return character
