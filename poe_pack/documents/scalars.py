"""What a plain value means: the part of YAML on which versions 1.1 and 1.2 agree, with exact decimals.

Nothing (an empty value) and `null` are no value, `true` and `false` are truth values, numbers are written as JSON
writes them. A date, with or without a time, is text by definition, and a decimal is exact, quoted or not, so that
nothing depends on the reader. Whatever else either version takes for more than text is a trap.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from poe_pack.documents import reading_codes as codes
from poe_pack.documents.fault import Code

Plain = str | int | Decimal | bool | None

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_WORDS: dict[str, bool | None] = {"": None, "null": None, "true": True, "false": False}

# Past this a number is an attack or a slip; int() of very long digits is slow and capped by Python itself.
MAX_DIGITS = 30

# What may be more than text: a cheap look that lets nearly all words pass. A trap begins like this or is a word.
_STARTS = frozenset("0123456789+-.~=<")
_TRUTHS = frozenset("yes no on off y n true false".split())
_LONGEST_WORD = 5


def _is(pattern: str) -> Callable[[str], object]:
    return re.compile(rf"(?:{pattern})\Z").match


# In this order: the first that fits says what is wrong.
_TRAPS: tuple[tuple[Callable[[str], object], Code, str], ...] = (
    (_is(r"~"), codes.NO_VALUE, "read.null"),
    (_is(r"=|<<"), codes.SPECIAL_SIGN, "read.special_sign"),
    (_is(r"[-+]?\.(?i:inf|nan)"), codes.NOT_FINITE, "read.not_finite"),
    (_is(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"), codes.BASE_SIXTY, "read.base_sixty"),
    (_is(r"[-+]?0([xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+)"), codes.NUMBER_FORM, "read.other_base"),
    (_is(r"[-+]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)[eE][-+]?[0-9]+"), codes.NUMBER_FORM, "read.exponent"),
    (
        _is(r"[-+]?([0-9][0-9.]*_[0-9_.]*|\.[0-9_]*_[0-9_]*([eE][-+]?[0-9]+)?)|[-+]_[0-9_.]*"),
        codes.NUMBER_FORM,
        "read.underscore",
    ),
    (_is(r"\+([0-9]+\.?[0-9]*|\.[0-9]+)"), codes.NUMBER_FORM, "read.plus"),
    (_is(r"-?(\.[0-9]+|[0-9]+\.)"), codes.NUMBER_FORM, "read.bare_point"),
    (_is(r"-?0[0-9]+(\.[0-9]*)?"), codes.NUMBER_FORM, "read.leading_zero"),
)


# Longer ones are judged by the look of their characters alone: the exact patterns take time in long digits.
_LONG = 100
_LONG_NUMBER = re.compile(r"([-+]?(0[xX][0-9a-fA-F_]+|\.?[0-9][0-9_.:]*([eE][-+]?[0-9]+)?)|[-+.]{1,2}_[0-9_.]*)\Z")


def may_be_more(text: str) -> bool:
    """Whether a plain scalar could be more than text; False for nearly all words."""
    return len(text) <= _LONGEST_WORD or text[0] in _STARTS


def resolve(text: str) -> Plain:
    """Value of a plain (unquoted) scalar. Whatever is not a word, integer or decimal of the profile is text."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= MAX_DIGITS:
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text):
            return Decimal(text)
    return text


def trap_of(text: str) -> tuple[Code, str] | None:
    """Code and message of a plain scalar that readers understand differently; None where they agree."""
    return _long_trap(text) if len(text) > _LONG else _trap_of(text)


@lru_cache(maxsize=1024)
def _trap_of(text: str) -> tuple[Code, str] | None:
    word = text.lower() if len(text) <= _LONGEST_WORD else ""
    if word and text not in _WORDS:
        if word in _TRUTHS:
            return codes.TRUTH_WORD, "read.truth_word"
        if word == "null":
            return codes.NO_VALUE, "read.null"
    if _INTEGER.match(text) or _DECIMAL.match(text):
        return (codes.LONG_NUMBER, "read.long_number") if len(text) > MAX_DIGITS else None
    return next(((code, message) for fits, code, message in _TRAPS if fits(text)), None)


def _long_trap(text: str) -> tuple[Code, str] | None:
    return (codes.LONG_NUMBER, "read.long_number") if _LONG_NUMBER.match(text) else None
