"""What a run says of the documents: the findings, and how much was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from poe_pack.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class RulebookStamp:
    """Which rulebook judged: enough to judge again."""

    id: str
    version: str
    title: str
    vendor: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RuleSwitchedOff:
    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a run found out. `root` is the folder of `poe.yaml`; `base` is what `file` of a finding is relative to.

    `findings` are those shown (sorted, waived ones apart). `claim_count` counts the claims of the repository, readable
    or not, `unread` those that could not be read at all. `shown_below` are the places, relative to `base`, that the
    findings were narrowed to (empty: they were not); with `shown_staged` they are those of what is staged in git.
    `documents` are file and id of each document whose findings are shown, sound or not.
    """

    root: Path
    base: Path
    as_of: date
    rulebooks: tuple[RulebookStamp, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    rules_ran: tuple[str, ...]
    rules_off: tuple[RuleSwitchedOff, ...]
    claim_count: int
    unread: int
    shown_below: tuple[str, ...] = ()
    shown_staged: bool = False
    documents: tuple[tuple[str, str], ...] = ()

    def count(self, severity: Severity) -> int:
        return sum(1 for finding in self.findings if finding.severity is severity)
