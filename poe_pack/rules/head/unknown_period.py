"""A usage period is written as the programme's calendar writes it.

## What it checks
`usage_period` of a claim or a funds document names a period of the rulebook's calendar.

## Why
A period of another form is none: nothing can be said about its days, its window or its money.

## Example
`usage_period: "2026"` under a rulebook whose periods are called `FY27 H1`.

## How to fix
Write the period as the rulebook does.

## Source
R20: Microsoft, Overview of co-op claims (halves of the fiscal year); Food Export, Branded Program (calendar years).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rulebook import Calendar, UnknownValue
from poe_pack.rules.base import ClaimContext, Hit, RepositoryContext

CODE = "POE316"
NAME = "unknown-period"
SEVERITY = Severity.ERROR
READS = ("/usage_period",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if claim.usage_period is not None and not _is_known(claim.usage_period, ctx.calendar):
        yield Hit("/usage_period", {"period": claim.usage_period, "example": ctx.calendar.example})


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    for funds in ctx.funds:
        if not _is_known(funds.usage_period, ctx.calendar):
            values = {"period": funds.usage_period, "example": ctx.calendar.example}
            yield Hit("/usage_period", values, file=funds.file)


def _is_known(label: str, calendar: Calendar) -> bool:
    """Whether the calendar has such a period; where it has none at all, nothing can be said."""
    try:
        return calendar.period(label) is not None
    except UnknownValue:
        return True
