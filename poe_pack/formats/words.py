"""What a finding says, in a reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from poe_pack.findings import Finding
from poe_pack.languages import Catalogue, with_nearest
from poe_pack.languages.visible import visible

_LONGEST = 200
_KEY = re.compile(r"[a-z][a-z0-9_]*")


def message_of(finding: Finding, words: Catalogue) -> str:
    """What is wrong; names the nearest valid word where there is one."""
    return with_nearest(words.fill(finding.message, _short(finding.values)), finding.values)


def hint_of(finding: Finding, words: Catalogue) -> str:
    """How to mend it: the message's own hint, or else that of its code."""
    for key in (f"{finding.message}.hint", f"{finding.code}.hint"):
        if key in words:
            return words.fill(key, _short(finding.values))
    return ""


def line_of(finding: Finding, words: Catalogue) -> str:
    """The whole finding in one line: `file:line:column: severity CODE message`."""
    line, column, _, _ = finding.position
    severity = words.text(f"severity.{finding.severity.value}")
    return visible(f"{finding.file}:{line}:{column}: {severity} {finding.code} {message_of(finding, words)}")


def pointer_of(finding: Finding) -> str:
    """The JSON pointer, only as far down as its keys look like keys: a slip may make a name or an address one."""
    kept: list[str] = []
    for part in finding.path.split("/")[1:]:
        if not part.isdecimal() and _KEY.fullmatch(part) is None:
            break
        kept.append(f"/{part}")
    return "".join(kept)


def _short(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with texts cut that would fill the screen: a key or name may be as long as its document.

    A key that neither looks like one nor is near one is not named: a slip may make a person's name or address one.
    """
    key = values.get("key")
    if isinstance(key, str) and _KEY.fullmatch(key) is None and "nearest" not in values:
        values = {**values, "key": "…"}
    long = {
        key: f"{text[:_LONGEST]}…" for key, text in values.items() if isinstance(text, str) and len(text) > _LONGEST
    }
    return {**values, **long} if long else values
