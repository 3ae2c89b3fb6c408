"""What of a document must stay as it was handed in, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

# What the portal, its reviewer and the records of this repository add afterwards.
_LATER = {
    "claim": frozenset(
        "portal_id status history submissions requests approval payments dispute waivers replaces".split()
    ),
    "plan": frozenset("status history plan_id limit".split()),
}


def frozen_part(data: Mapping[str, Any]) -> dict[str, Any]:
    """Keys of a claim or plan, as its document has them, that nobody may change once it was handed in."""
    later = _LATER.get(str(data.get("kind")), frozenset())
    return {key: value for key, value in data.items() if key not in later}


def first_change(before: Mapping[str, Any], now: Mapping[str, Any]) -> str | None:
    """The first key, in the order of today's document, whose frozen content differs; a key that is gone comes last."""
    old, new = frozen_part(before), frozen_part(now)
    return next((key for key in (*new, *old) if _text(old.get(key)) != _text(new.get(key))), None)


def digest(data: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of what must not change, as JSON with sorted keys and without blanks."""
    return hashlib.sha256(_text(frozen_part(data)).encode()).hexdigest()


def _text(value: object) -> str:
    """An amount says the same as text and as a number."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_exact)


def _exact(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"{type(value).__name__} is in no document")
