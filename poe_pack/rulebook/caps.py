"""Caps as values: the most that may be claimed of an activity type. Nothing is added up or converted here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from poe_pack.model import Money
from poe_pack.rulebook.book import Source

_PERCENT = Decimal("0.01")


class Limit(Struct, frozen=True):
    """The greatest of `amounts` and of `percents` (of what was earned, 25 is a quarter); or a number of `people`."""

    amounts: tuple[Money, ...] = ()
    percents: tuple[int, ...] = ()
    people: int | None = None

    def money(self, earned: Money | None) -> tuple[Money, ...] | None:
        """Amounts of which the greatest counts; in two currencies where a percentage meets an amount.

        None where the limit is a share of what was earned and `earned` is not known. Empty for a number of people.
        Shares are not rounded.
        """
        if self.percents and earned is None:
            return None
        shares = [] if earned is None else [earned.amount * percent * _PERCENT for percent in self.percents]
        return self.amounts + tuple(Money(share, earned.currency) for share in shares if earned is not None)


class Cap(Struct, frozen=True):
    """What claims of one activity type of one partner may add up to, for the same of everything in `per`.

    `per` holds `usage_period`, `program`, `conference`, `person`, `claim`. `expenses`: only these categories are
    added up; None: everything that is claimed. `source`: where the cap was read.
    """

    limit: Limit
    per: tuple[str, ...]
    expenses: frozenset[str] | None
    limits_by_program: Mapping[str, Limit]
    unlimited_for: frozenset[str]
    may_differ_for: frozenset[str]
    may_differ_in: frozenset[str]
    source: Source

    def limit_for(self, kinds: Collection[str]) -> Limit | None:
        """The limit for a program, given as its id and groups (ProgramFacts.kinds); None where there is none."""
        if not self.unlimited_for.isdisjoint(kinds):
            return None
        return next((limit for kind, limit in self.limits_by_program.items() if kind in kinds), self.limit)

    def is_firm(self, kinds: Collection[str], market: str | None) -> bool:
        """Whether going beyond is an error; elsewhere the program or market may have other allowances: it warns."""
        return self.may_differ_for.isdisjoint(kinds) and market not in self.may_differ_in


def read_cap(data: Mapping[str, Any], markets: frozenset[str], source: Source) -> Cap:
    """A cap from a rulebook's data; `markets` are those with allowances of their own."""
    expenses = data.get("expenses")
    return Cap(
        limit=_limit(data["highest"]),
        per=tuple(data["per"]),
        expenses=None if expenses is None else frozenset(expenses),
        limits_by_program={kind: _limit(limit) for kind, limit in data.get("for", {}).items()},
        unlimited_for=frozenset(data.get("unlimited_for", ())),
        may_differ_for=frozenset(data.get("may_differ_for", ())),
        may_differ_in=markets,
        source=source,
    )


def read_money(data: Mapping[str, Any]) -> Money:
    """An amount from a rulebook's data."""
    return Money(Decimal(data["value"]), data["currency"])


def _limit(data: Mapping[str, Any]) -> Limit:
    ((kind, value),) = data.items()
    if kind == "amount":
        return Limit(amounts=(read_money(value),))
    if kind == "percent_of_earned":
        return Limit(percents=(value,))
    if kind == "people":
        return Limit(people=value)
    of = [_limit(child) for child in value]
    heads = [limit.people for limit in of if limit.people is not None]
    return Limit(
        amounts=tuple(amount for limit in of for amount in limit.amounts),
        percents=tuple(percent for limit in of for percent in limit.percents),
        people=max(heads, default=None),
    )
