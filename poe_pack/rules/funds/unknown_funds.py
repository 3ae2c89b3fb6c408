"""The fund that a claim draws on is known.

## What it checks
There is a funds document for the claim's program, location and usage period, in the claim's currency.

## Why
Without it nobody can say whether the claim is covered. This is said, not held against the claim.

## Example
A claim for `program: Hosting`, location 6071245, FY27 H1, without a file in `funds/` for them.

## How to fix
Copy "Co-op earned" from the portal into `funds/<name>.yaml`.

## Source
R82: Microsoft, View your co-op funds.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Status
from poe_pack.rules.base import Hit, RepositoryContext
from poe_pack.rules.funds._taking import draws_on

CODE = "POE602"
NAME = "unknown-funds"
SEVERITY = Severity.INFO
READS = ("/currency", "/program", "/location", "/usage_period", "/date", "/status")


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    if "funds" in ctx.unreadable:
        return
    known = {funds.key: funds for funds in ctx.funds}
    for context in ctx.claims:
        claim = context.claim
        key = draws_on(context)
        if claim.status is Status.REJECTED or not key[2]:
            continue
        funds = known.get(key)
        values = {"program": key[0], "location": key[1] or "-", "period": key[2]}
        if funds is None:
            yield Hit("/program", values, file=claim.file)
        elif funds.currency != claim.currency:
            values |= {"claim": claim.currency, "funds": funds.currency}
            yield Hit("/currency", values, "currency", file=claim.file)
