"""The co-op account of one programme, location and usage period, as the portal shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from poe_pack.model.claim import CapRate


class Adjustment(Struct, frozen=True):
    """A correction of what was earned, such as a co-op rollover; may be negative."""

    amount: Decimal | None
    on: date | None
    reason: str | None


class Funds(Struct, frozen=True):
    """`earned` and `claimed_outside` (claims that are not kept in this repository) are in `currency`."""

    id: str
    file: str
    program: str
    location: str
    usage_period: str
    currency: str
    earned: Decimal | None
    adjustments: tuple[Adjustment, ...]
    claimed_outside: Decimal | None
    as_of: date | None
    entity: str | None = None
    cap_exchange_rate: CapRate | None = None

    @property
    def available(self) -> Decimal | None:
        """Earned with its adjustments, less what was claimed outside this repository."""
        earned = self.earned_in_all
        return None if earned is None else earned - (self.claimed_outside or Decimal(0))

    @property
    def earned_in_all(self) -> Decimal | None:
        """Earned with its adjustments: what thresholds and shares of the earned amount are measured by."""
        if self.earned is None:
            return None
        return sum((a.amount or Decimal(0) for a in self.adjustments), self.earned)

    @property
    def key(self) -> tuple[str, str, str]:
        """Program, location and usage period: what a claim draws on."""
        return (self.program, self.location, self.usage_period)
