"""What a run says of the documents: the findings, and how much was looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from poe_pack.findings import Finding, Severity
from poe_pack.languages import Words
from poe_pack.languages.visible import visible
from poe_pack.validation.options import ConfigurationError

if TYPE_CHECKING:
    from poe_pack.rulebook import Rulebook
    from poe_pack.validation.baseline import Compared


class RulebookStamp(Struct, frozen=True):
    """Which rulebook judged: enough to judge again. `fund` is what the vendor calls its money, where it says so."""

    id: str
    version: str
    title: str
    vendor: str
    sha256: str
    fund: Words | None = None

    @classmethod
    def of(cls, book: Rulebook) -> RulebookStamp:
        """The stamp of a rulebook."""
        return cls(book.id, book.version, book.title, book.vendor, book.sha256, book.fund)


class RuleSwitchedOff(Struct, frozen=True):
    code: str
    reason: str


class PolicyStamp(Struct, frozen=True):
    """The revision that judged, as it was named, and the hash of its commit."""

    revision: str
    commit: str

    def refusal(self, why: str) -> ConfigurationError:
        """One sentence: what cannot judge, why, and what to do."""
        return ConfigurationError(f"--policy-from {visible(self.revision)} ({self.commit[:12]}) cannot judge: {why}")


class Verdict(Struct, frozen=True, kw_only=True):
    """What a run found out. `root` is the folder of `poe.yaml`; `base` is what `file` of a finding is relative to.

    `findings` are those shown (sorted, waived ones apart). `claim_count` counts the claims of the repository, readable
    or not, `unread` those that could not be read at all. `shown_below` are the places, relative to `base`, that the
    findings were narrowed to (empty: they were not); with `shown_staged` they are those of what is staged in git,
    with `shown_since` those of what changed since that revision. `documents` are file and id of each document whose
    findings are shown, sound or not. `history_not_checked` says, where claims were handed in, why git could not tell
    what they said before (the end of a message key `summary.history.…`). `settled` counts claims whose submission
    another version of the rulebook judged: they keep its verdict. `known` are findings that the baseline holds, apart
    like waived ones; `baseline` says what became of it (None: there was none). `policy_from` says which revision judged
    (None: the working tree).
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
    shown_since: str | None = None
    documents: tuple[tuple[str, str], ...] = ()
    history_not_checked: str | None = None
    settled: int = 0
    known: tuple[Finding, ...] = ()
    baseline: Compared | None = None
    policy_from: PolicyStamp | None = None

    def count(self, severity: Severity) -> int:
        return sum(1 for finding in self.findings if finding.severity is severity)
