"""What a plain value means: the part of YAML on which versions 1.1 and 1.2 agree, with exact decimals.

A date stays text and a decimal stays exact, quoted or not, so that nothing depends on the reader.
"""

from __future__ import annotations

import re
from decimal import Decimal

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}

# Past this a number is an attack or a slip; int() of very long digits is slow and capped by Python itself.
MAX_DIGITS = 30


def resolve(text: str) -> str | int | Decimal | bool | None:
    """Value of a plain (unquoted) scalar. Whatever is not a word, integer or decimal of the profile is text."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= MAX_DIGITS:
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text):
            return Decimal(text)
    return text
