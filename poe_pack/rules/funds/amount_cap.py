"""Claims of one activity do not exceed what the programme pays for it.

## What it checks
Where the rulebook caps an activity type at an amount, all claims of it by a partner that the cap counts together (those
of a usage period, of a programme in a usage period) add up to no more. Claims handed in come first (approved ones with
the approved amount, rejected ones not at all), then drafts by date; expired drafts count nothing. Some caps count
certain expenses only. The claim that goes beyond has the finding.

## Why
What is above the cap is not paid back, however much was earned.

## Example
Two claims for syndicated content in one half-year, 10,000 USD and 9,000 USD, where 18,750 USD are the most.

## How to fix
Claim less, or claim another activity with it.

## Source
R84 and R87: Microsoft, Core requirements for the activities in your incentive program.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.rules.base import Hit, RepositoryContext
from poe_pack.rules.funds import _beyond
from poe_pack.rules.funds._caps import Kind

CODE = "POE610"
NAME = "amount-cap"
SEVERITY = Severity.ERROR
READS = (
    *_beyond.READS,
    *("/cap_exchange_rate", "/third_party_invoices", "/certification_service_reports"),
)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    yield from _beyond.beyond(ctx, Kind.AMOUNT)
