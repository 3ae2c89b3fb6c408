"""What the page and the paper print alike: the facts with their charts, ready for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from msgspec import Struct

from poe_pack.languages import with_nearest
from poe_pack.languages.formats import LocaleFormat
from poe_pack.languages.visible import visible
from poe_pack.report.charts import Axis, Bar, fund_bar, fund_scale, time_axis
from poe_pack.report.facts import ClaimRow, FundRow, StatusFacts
from poe_pack.report.text import shorten
from poe_pack.validation.state import State, Turn

SHAPES = {
    State.SUBMITTED: "under_review",
    State.EXPIRED: "rejected",
}
"""Shapes of states that share one; every other state has the shape of its own name."""

BARS = ("approved", "review", "drafts", "free", "lapsed")
"""Parts of a fund's bar, in their order."""

# Lines at 45 degrees, five pixels apart, for hatching a box up to 720 pixels wide and 20 high.
_HATCH = "".join(f"M{x} 20l20-20" for x in range(-20, 720, 5))


class FundLine(Struct, frozen=True):
    """An account with its bar, and in words what its name does not say."""

    row: FundRow
    bar: Bar
    about: str


class FundOwner(Struct, frozen=True):
    """The accounts of one partner."""

    partner: str
    lines: tuple[FundLine, ...]


class FundGroup(Struct, frozen=True):
    """The accounts in one currency; their bars share one scale."""

    currency: str
    owners: tuple[FundOwner, ...]


class Waiting(Struct, frozen=True):
    """Claims that wait for one side: those shown, and how many more there are."""

    turn: Turn
    rows: tuple[ClaimRow, ...]
    more: int


class Limits(Struct, frozen=True):
    """How many claims by deadline are shown for either side; the table of all claims has them all.

    `own_page`: on paper they stand on a page of their own, as the first one is full.
    """

    partner: int
    vendor: int
    own_page: bool = False


def view_of(facts: StatusFacts, speech: LocaleFormat, limits: Limits) -> Mapping[str, Any]:
    """Names for the templates below `report/`."""
    waiting = _waiting(facts, limits)
    shown = [row for side in waiting for row in side.rows]
    return {
        "facts": facts,
        "fund_groups": _fund_groups(facts, speech),
        "limits": limits,
        "waiting": waiting,
        "axis": time_axis(facts.as_of, shown),
        "bars": BARS,
        "has_over": any(row.over > 0 for row in facts.funds),
        "hatch": _HATCH,
        "one_currency": facts.currencies[0] if len(facts.currencies) == 1 else None,
        "days": lambda days: days_left(speech, days),
        "tick_day": lambda axis, day: tick_label(speech, axis, day),
        "count_text": lambda row: row_counts(speech, row),
        "finding_text": lambda finding: with_nearest(speech.fill(finding.message, finding.values), finding.values),
        "about_claim": lambda row: speech.value([row.name or row.id, row.activity_type]),
        "brief": lambda text, width: shorten(visible(text), width),
        "state_shape": lambda state: SHAPES.get(state, str(state)),
    }


def days_left(speech: LocaleFormat, days: int) -> str:
    """In 2 days, today, 3 days late."""
    if days == 0:
        return speech.text("report.today")
    return speech.text("report.days_left" if days > 0 else "report.days_late", count=abs(days))


def tick_label(speech: LocaleFormat, axis: Axis, day: Any) -> str:
    """A day on the time axis, with its year where the axis spans one or more."""
    return speech.short_date(day) if axis.has_years else speech.short_day(day)


def row_counts(speech: LocaleFormat, row: ClaimRow) -> str:
    """`1 error, 2 open items`; empty where there is nothing to say."""
    counts = {"errors": row.errors, "warnings": row.warnings, "open": row.open, "waived": row.waived}
    parts = (speech.text(f"report.count.{name}", count=count) for name, count in counts.items() if count)
    return speech.text("format.comma").join(parts)


def _fund_groups(facts: StatusFacts, speech: LocaleFormat) -> tuple[FundGroup, ...]:
    same = Counter(_without_location(row) for row in facts.funds)

    def line(row: FundRow, scale: Decimal) -> FundLine:
        place = [row.location] if same[_without_location(row)] > 1 else []
        return FundLine(row, fund_bar(row, scale), speech.value([*place, *_fund_words(row, speech)]))

    groups = []
    for currency, rows in groupby(facts.funds, key=lambda row: row.currency):
        mine = tuple(rows)
        scale = fund_scale(mine)
        owners = (
            FundOwner(partner, tuple(line(row, scale) for row in accounts))
            for partner, accounts in groupby(mine, key=lambda row: row.partner)
        )
        groups.append(FundGroup(currency, tuple(owners)))
    return tuple(groups)


def _fund_words(row: FundRow, speech: LocaleFormat) -> list[str]:
    """Until when can be claimed, and what was earned where the available amount is another."""
    if row.claim_by is None:
        words = [speech.text("report.funds.no_window")]
    else:
        words = [speech.text(f"report.funds.{'closed' if row.closed else 'claim_by'}", day=row.claim_by)]
    if row.earned is not None and row.earned != row.available:
        words.append(speech.text("report.funds.earned", amount=speech.amount(row.earned, row.currency)))
    return words


def _without_location(row: FundRow) -> tuple[str, str, str, str]:
    return (row.currency, row.partner, row.program, row.usage_period)


def _waiting(facts: StatusFacts, limits: Limits) -> tuple[Waiting, ...]:
    sides = ((Turn.PARTNER, limits.partner), (Turn.VENDOR, limits.vendor))
    found = ((turn, facts.on_turn(turn), limit) for turn, limit in sides)
    return tuple(Waiting(turn, rows[:limit], max(0, len(rows) - limit)) for turn, rows, limit in found if rows)
