"""What is claimed for one person stays below the most that is paid for a person.

## What it checks
Where the rulebook caps what is paid for a person, the claimed invoice lines for a person (`person` of the line) at one
event, over all claims of a partner that name the same `event`, add up to no more. The line that goes beyond has the
finding. Where the programme or market may have other allowances, it is a warning.

## Why
What is above the cap is not paid back.

## Example
Flight and hotel of one colleague at a conference for 5,000.01 USD.

## How to fix
Set `claimed` of the line to what is left; compare spelling if two people were taken for one.

## Source
R87: Microsoft, Core requirements for the activities in your incentive program.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.rules.base import Hit, RepositoryContext
from poe_pack.rules.funds import _beyond
from poe_pack.rules.funds._caps import Kind

CODE = "POE613"
NAME = "person-cap"
SEVERITY = Severity.ERROR
READS = (*_beyond.READS, *("/event", "/third_party_invoices", "/cap_exchange_rate"))


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    yield from _beyond.beyond(ctx, Kind.PERSON)
