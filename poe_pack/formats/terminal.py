"""What may go to a terminal: no control, no bidi characters; colour only where it was asked for."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

_HIDDEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])


def plain(text: str) -> str:
    """The text with every character that could steer a terminal or reorder a line written as its code."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in _HIDDEN else c for c in text)


class Paint:
    """Colours by meaning; does nothing when colour is off."""

    _CODES: ClassVar = {"error": "31;1", "warning": "33;1", "info": "36", "open": "34;1", "strong": "1", "faint": "2"}

    def __init__(self, color: bool) -> None:
        self._color = color

    def __call__(self, meaning: str, text: str) -> str:
        return f"\x1b[{self._CODES[meaning]}m{text}\x1b[0m" if self._color else text
