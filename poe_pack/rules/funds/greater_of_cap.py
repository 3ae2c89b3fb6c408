"""Claims of one activity do not exceed the greater of an amount and a share of what was earned.

## What it checks
Where the rulebook caps an activity type at the greatest of several limits, all claims of it by a partner in a programme
and usage period add up to no more than the greatest. A limit in another currency is compared with `cap_exchange_rate`.
Programmes for which there is no such cap are left out. Without a funds document nothing is compared.

## Why
What is above the cap is not paid back.

## Example
Earned 20,000 USD and demo units for 3,001 USD: a tenth are 2,000 USD, so 3,000 USD are the most.

## How to fix
Claim less; check `earned` against the portal.

## Source
R88: Microsoft, Core requirements for the activities in your incentive program (the sentence is garbled: inferred).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.rules.base import Hit, RepositoryContext
from poe_pack.rules.funds import _beyond
from poe_pack.rules.funds._caps import Kind

CODE = "POE614"
NAME = "greater-of-cap"
SEVERITY = Severity.ERROR
READS = (*_beyond.READS, *_beyond.OF_EARNED, "/cap_exchange_rate")


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    yield from _beyond.beyond(ctx, Kind.GREATEST)
