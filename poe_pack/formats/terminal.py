"""Colour on a terminal, only where it was asked for."""

from __future__ import annotations

from typing import ClassVar


class Paint:
    """Colours by meaning; does nothing when colour is off."""

    _CODES: ClassVar = {"error": "31;1", "warning": "33;1", "info": "36", "open": "34;1", "strong": "1", "faint": "2"}

    def __init__(self, color: bool) -> None:
        self._color = color

    def __call__(self, meaning: str, text: str) -> str:
        return f"\x1b[{self._CODES[meaning]}m{text}\x1b[0m" if self._color else text
