"""What a finding says, in a reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from poe_pack.findings import Finding
from poe_pack.languages import Catalogue, with_nearest

_LONGEST = 200


def message_of(finding: Finding, words: Catalogue) -> str:
    """What is wrong; names the nearest valid word where there is one."""
    return with_nearest(words.fill(finding.message, _short(finding.values)), finding.values)


def hint_of(finding: Finding, words: Catalogue) -> str:
    """How to mend it: the message's own hint, or else that of its code."""
    for key in (f"{finding.message}.hint", f"{finding.code}.hint"):
        if key in words:
            return words.fill(key, _short(finding.values))
    return ""


def _short(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with texts cut that would fill the screen: a key or name may be as long as its document."""
    long = {
        key: f"{text[:_LONGEST]}…" for key, text in values.items() if isinstance(text, str) and len(text) > _LONGEST
    }
    return {**values, **long} if long else values
