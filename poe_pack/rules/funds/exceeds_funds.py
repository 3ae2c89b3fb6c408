"""A claim does not exceed what is left of its fund.

## What it checks
For each programme, location and usage period with a funds document: claims that were handed in (approved ones with
the approved amount, rejected ones not at all), then drafts in order of their date, add up to no more than what was
earned. The claim that goes beyond it has the finding.

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
from datetime import UTC
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Funds, Money, Status
from poe_pack.rules.base import ClaimContext, Hit, Place, RepositoryContext

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


def draws_on(context: ClaimContext) -> tuple[str, str, str]:
    """Program, location and usage period that a claim draws on; the period follows from the date if not written."""
    claim, period = context.claim, context.usage_period
    return (claim.program, claim.location or "", period.label if period else "")


def _beyond(funds: Funds, available: Decimal, claims: list[ClaimContext]) -> Iterator[Hit]:
    left = available
    for context in sorted(claims, key=_order):
        claim = context.claim
        takes = (claim.amount or Decimal(0)) if claim.status is Status.EDITING else claim.counted_amount
        if claim.currency != funds.currency or not takes:
            continue
        if takes > left:
            values = {
                "amount": Money(takes, claim.currency),
                "left": Money(max(left, Decimal(0)), funds.currency),
                "period": funds.usage_period,
                "program": funds.program,
            }
            source = context.source("principles", "remaining_funds")
            place = Place(funds.file, "/earned")
            yield Hit("/amount", values, file=claim.file, related=(place,), judged_by=source)
        left -= takes


def _order(context: ClaimContext) -> tuple[bool, str, str, str]:
    claim = context.claim
    moment = claim.submitted_at
    return (
        claim.status is Status.EDITING,
        moment.astimezone(UTC).isoformat() if moment else "",
        claim.date.isoformat() if claim.date else "",
        claim.id,
    )


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    funds = ctx.funds
    if funds is None or funds.available is None or funds.currency != claim.currency:
        return None  # nothing was compared
    return Words("POE601.compared", {"program": funds.program, "period": funds.usage_period})
