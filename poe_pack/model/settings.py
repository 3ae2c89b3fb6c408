"""What `poe.yaml` decides for a claims repository."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

PAPERS = ("A4", "letter")


@dataclass(frozen=True, slots=True)
class RuleOff:
    """A rule that this repository switched off, with the reason."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults are the documented house values; none of them is a figure of a programme."""

    rulebook: str = "microsoft-coop"
    timezone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    paper: str = "A4"
    evidence_file_megabytes: Decimal = Decimal(25)
    evidence_pages: int = 200
    rules_off: tuple[RuleOff, ...] = ()
    answer_days: int = 7
    holidays: frozenset[date] = frozenset()

    @property
    def evidence_file_bytes(self) -> int:
        return int(self.evidence_file_megabytes * 1_000_000)
