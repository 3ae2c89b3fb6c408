"""Enough was earned in the half-year for there to be co-op at all.

## What it checks
What the claim's funds document says was earned, with its adjustments, reaches the threshold of the programme that was
in force when it was earned: in the half-year before the usage period. A document in another currency is compared with
its `cap_exchange_rate`.

## Why
Earned less, everything is paid out as rebate: there is nothing to claim.

## Example
Hosting, earned 1,499.99 USD, where 1,500 USD are the least.

## How to fix
Check `earned` against the portal. If it is right, withdraw the claim; the money comes as rebate.

## Source
R83: Microsoft, Co-op claims threshold.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Money, Status
from poe_pack.rules.base import ClaimContext, Hit, Place
from poe_pack.rules.funds._caps import exchanged
from poe_pack.rules.funds._threshold import threshold

CODE = "POE605"
NAME = "below-threshold"
SEVERITY = Severity.ERROR
READS = ("/program", "/usage_period", "/date", "/currency", "/cap_exchange_rate", "/status")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    funds, least = ctx.funds, threshold(ctx)
    # Nothing earned is what a new funds document says: nobody has copied the figure yet.
    if least is None or funds is None or not funds.earned_in_all or claim.status is Status.REJECTED:
        return
    stated = Money(funds.earned_in_all, funds.currency)
    earned = exchanged(stated, least.money.currency, ctx)
    if earned is not None and earned.amount < least.money.amount:
        values = {
            "earned": stated,
            "least": least.money,
            "program": claim.program,
            "period": least.earned.label,
        }
        place = Place(funds.file, "/earned")
        yield Hit("/program", values, related=(place,), judged_by=least.judged_by)
