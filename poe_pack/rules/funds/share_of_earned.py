"""Claims of one activity do not exceed its share of what was earned.

## What it checks
Where the rulebook caps an activity type at a share of what was earned, all claims of it that draw on one account add up
to no more than that share of `earned` with its adjustments. Claims handed in come first, then drafts by date; expired
drafts count nothing. The share may differ between programmes; where the market may have other allowances, going beyond
is a warning. Without a funds document nothing is compared.

## Why
What is above the share is not paid back.

## Example
Earned 20,000 USD, a quarter of it may go into customer offers, and claims for 5,001 USD.

## How to fix
Claim less, or claim another activity with it; check `earned` against the portal.

## Source
R85 and R86: Microsoft, Core requirements for the activities in your incentive program; Americas partner blog.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.rules.base import Hit, RepositoryContext
from poe_pack.rules.funds import _beyond
from poe_pack.rules.funds._caps import Kind

CODE = "POE611"
NAME = "share-of-earned"
SEVERITY = Severity.ERROR
READS = (*_beyond.READS, *_beyond.OF_EARNED)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    yield from _beyond.beyond(ctx, Kind.SHARE)
