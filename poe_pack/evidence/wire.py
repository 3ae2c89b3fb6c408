"""How facts travel between the child process and its parent: one JSON object on one line.

The child works on hostile files and may be taken over by one, so its answer is checked like any other input.
"""

from __future__ import annotations

import json
import math
import unicodedata
from datetime import date
from typing import Any

from poe_pack.evidence.facts import Page, ProbeFacts, ProbeState, Told

MAX_LINE = 4 * 1024 * 1024
"""Bytes of the longest answer that is taken: some hundred thousand pages."""

_MAX_DETAIL = 200
_MAX_NAMES = 50
MAX_TOLD = 6000
"""Characters of the longest text that a file tells of itself."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def encode(facts: ProbeFacts) -> bytes:
    """Return `facts` as one line of ASCII JSON that ends with a line feed."""
    answer = {
        "state": facts.state,
        "detail": facts.detail,
        "pages": [[page.width, page.height] for page in facts.pages],
        "pixels": facts.pixels,
        "has_text": facts.has_text,
        "active_content": facts.active_content,
        "embedded": facts.embedded,
        "created": facts.created and facts.created.isoformat(),
        "taken": facts.taken and facts.taken.isoformat(),
        "told": facts.told,
    }
    return json.dumps(answer, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> ProbeFacts:
    """Return the facts of `line`. Raises ValueError where it does not hold exactly what `encode` makes."""
    try:
        answer = json.loads(line)
        pages = tuple(Page(_length(width), _length(height)) for width, height in answer["pages"])
        names = answer["active_content"]
        return ProbeFacts(
            ProbeState(answer["state"]),
            one_line(answer["detail"]),
            pages,
            _pixels(answer["pixels"]),
            _flag(answer["has_text"]),
            tuple(one_line(name) for name in names[:_MAX_NAMES]),
            _count(answer["embedded"]),
            _day(answer["created"]),
            _day(answer["taken"]),
            tuple((Told(key), lines_of(text)) for key, text in answer["told"][:_MAX_NAMES]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not an answer of the child process") from error


def one_line(text: Any) -> str:
    """Return `text` without anything that could leave its line or hide in it, at most 200 characters."""
    if not isinstance(text, str):
        raise TypeError("text expected")
    return "".join(c for c in text[:_MAX_DETAIL] if unicodedata.category(c) not in _HIDDEN)


def lines_of(text: Any) -> str:
    """Return `text` in lines that end in LF, without anything that could hide in them, at most MAX_TOLD characters."""
    if not isinstance(text, str):
        raise TypeError("text expected")
    whole = text[: 2 * MAX_TOLD].replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    shown = "".join(c for c in whole if c == "\n" or unicodedata.category(c) not in _HIDDEN)
    return shown[:MAX_TOLD]


def _length(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("length expected")
    if not (math.isfinite(value) and value > 0):
        raise ValueError("a length is finite and positive")
    return float(value)


def _pixels(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    width, height = value
    if type(width) is not int or type(height) is not int or width < 1 or height < 1:
        raise ValueError("pixels are whole and positive")
    return width, height


def _flag(value: Any) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise TypeError("true, false or null expected")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("a count is whole and not negative")
    return value


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)
