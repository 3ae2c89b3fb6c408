"""What a finding says, in a reader's language."""

from __future__ import annotations

from poe_pack.findings import Finding
from poe_pack.languages import Catalogue, with_nearest


def message_of(finding: Finding, words: Catalogue) -> str:
    """What is wrong; names the nearest valid word where there is one."""
    return with_nearest(words.fill(finding.message, finding.values), finding.values)


def hint_of(finding: Finding, words: Catalogue) -> str:
    """How to mend it: the message's own hint, or else that of its code."""
    for key in (f"{finding.message}.hint", f"{finding.code}.hint"):
        if key in words:
            return words.fill(key, finding.values)
    return ""
