"""The funds of a partner are paid by one company.

## What it checks
The funds documents of a partner that say who pays (`entity`) all name the same company. The first document of each
further company has the finding.

## Why
Each company pays in the currency of its own country, so what was earned of one cannot be added to what was earned of
another. This is said, not held against anybody.

## Example
One funds document with `entity: Microsoft Ireland Operations Limited`, another with `entity: Microsoft Corporation`.

## How to fix
Nothing need be mended. Compare payments company by company; correct `entity` if it was mistyped.

## Source
R28: Microsoft, Manage co-op claims (payment by several entities, in each one's own currency).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Funds
from poe_pack.rulebook import UnknownValue
from poe_pack.rules.base import Hit, Place, RepositoryContext

CODE = "POE603"
NAME = "several-entities"
SEVERITY = Severity.INFO
READS = ("/entity",)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    first: dict[str, Funds] = {}
    for funds in sorted(ctx.funds, key=lambda funds: funds.file):
        if funds.entity is None or _folded(funds.entity) in first:
            continue
        others = tuple(Place(other.file, "/entity") for other in first.values())
        values = {"entity": funds.entity, "others": tuple(other.entity for other in first.values())}
        first[_folded(funds.entity)] = funds
        if others:
            try:
                source = ctx.book.value(ctx.today, "principles", "payout_currency").judged_by(ctx.today)
            except UnknownValue:
                source = None
            yield Hit("/entity", values, file=funds.file, related=others, judged_by=source)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
