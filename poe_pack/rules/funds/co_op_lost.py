"""What was earned is claimed before its claim window closes.

## What it checks
Something is left of an account (earned with its adjustments, less what was handed in) although its claim window has
closed or closes within the days of `reminder_days` in `poe.yaml`. Drafts have not been handed in yet, so they do not
count.

## Why
Unused co-op is lost when its claim window closes; no appeal brings it back. This is said, not held against anybody.

## Example
5,729.75 USD of FY26 H2 that nobody claimed by 15 August 2026.

## How to fix
Hand in what is ready. Once the window has closed, nothing mends it; switch the rule off or leave the note.

## Source
R91: Microsoft, support article on co-op claims; Overview of co-op claims (forfeit).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.model import Funds, Money
from poe_pack.rulebook import UnknownValue
from poe_pack.rules.base import ClaimContext, Hit, RepositoryContext
from poe_pack.rules.funds._taking import draws_on

CODE = "POE606"
NAME = "co-op-lost"
SEVERITY = Severity.INFO
CLOCK = True
READS = (
    *("/amount", "/currency", "/program", "/location", "/usage_period", "/date", "/status"),
    *("/approval", "/earned", "/adjustments", "/claimed_outside"),
)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    if "claim" in ctx.unreadable:
        return  # one of those may have claimed it
    drawn: dict[tuple[str, str, str], list[ClaimContext]] = defaultdict(list)
    for context in ctx.claims:
        drawn[draws_on(context)].append(context)
    for funds in ctx.funds:
        yield from _left(funds, drawn.get(funds.key, []), ctx)


def _left(funds: Funds, claims: Sequence[ClaimContext], ctx: RepositoryContext) -> Iterator[Hit]:
    if funds.available is None or any(context.claim.currency != funds.currency for context in claims):
        return
    left = funds.available - sum((context.claim.counted_amount for context in claims), Decimal(0))
    try:
        period = ctx.calendar.period(funds.usage_period)
        if period is None:
            return
        last = ctx.calendar.claim_window(period)[0].last
        source = ctx.book.value(last, "principles", "forfeit").judged_by(last)
    except UnknownValue:
        return
    days = (last - ctx.today).days
    if left > 0 and days <= ctx.settings.reminder_days:
        values = {
            "left": Money(left, funds.currency),
            "program": funds.program,
            "period": funds.usage_period,
            "last": last,
        }
        if days >= 0:
            values["days"] = days
        yield Hit("/earned", values, "lapsed" if days < 0 else "", file=funds.file, judged_by=source)
