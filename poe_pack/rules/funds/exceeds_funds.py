"""A claim does not exceed what is left of its fund.

## What it checks
For each programme, location and usage period with a funds document: claims that were handed in (approved ones with
the approved amount, rejected ones not at all), then drafts in order of their date, add up to no more than what was
earned. A draft whose claim window has closed counts nothing. The claim that goes beyond it has the finding.

## Why
A claim above the remaining co-op is refused, and there is no second chance once the window has closed.

## Example
Earned 48,600.00, handed in 45,000.00, and a draft over 9,141.12.

## How to fix
Claim less, or claim another part from another usage period; check `earned` against the portal.

## Source
R82 and R90: Microsoft, View your co-op funds; help on claims (refusal grounds).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Funds, Money
from poe_pack.rules._order import turn
from poe_pack.rules.base import ClaimContext, Hit, Place, RepositoryContext
from poe_pack.rules.funds._taking import draws_on, takes

CODE = "POE601"
NAME = "exceeds-funds"
SEVERITY = Severity.ERROR
READS = (
    *("/amount", "/currency", "/program", "/location", "/usage_period", "/date", "/status"),
    *("/history", "/submissions", "/approval", "/earned", "/adjustments", "/claimed_outside"),
)
CHECKLIST = "dates"


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    drawn: dict[tuple[str, str, str], list[ClaimContext]] = defaultdict(list)
    for context in ctx.claims:
        drawn[draws_on(context)].append(context)
    told: set[str | None] = set()
    for funds in ctx.funds:
        if funds.available is not None:
            for hit in _beyond(funds, funds.available, drawn.get(funds.key, [])):
                # Two documents may speak of one account: of a claim it is said once.
                if hit.file not in told:
                    told.add(hit.file)
                    yield hit


def _beyond(funds: Funds, available: Decimal, claims: list[ClaimContext]) -> Iterator[Hit]:
    left = available
    for context in sorted(claims, key=turn):
        claim, amount = context.claim, takes(context)
        if claim.currency != funds.currency or not amount:
            continue
        if amount > left:
            values = {
                "amount": Money(amount, claim.currency),
                "left": Money(max(left, Decimal(0)), funds.currency),
                "period": funds.usage_period,
                "program": funds.program,
            }
            source = context.source("principles", "remaining_funds")
            place = Place(funds.file, "/earned")
            yield Hit("/amount", values, file=claim.file, related=(place,), judged_by=source)
        left -= amount


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    funds = ctx.funds
    if funds is None or funds.available is None or funds.currency != claim.currency:
        return None  # nothing was compared
    return Words("POE601.compared", {"program": funds.program, "period": funds.usage_period})
