"""One activity is claimed once.

## What it checks
No two claims of a partner that are not rejected have the same activity (in the co-op flow: activity type and
location), day and amount, unless one replaces the other.

## Why
A claim that was copied and handed in again takes money twice, and the vendor asks for it back.

## Example
Two claims for the seminar of 17 September 2026 over 7,617.60 USD each.

## How to fix
Delete one of them, or say with `replaces` that it was filed anew; where there really were two, give each its own
amount and activity, or waive the finding.

## Source
R112: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rules._order import turn
from poe_pack.rules.base import Hit, Place, RepositoryContext
from poe_pack.rules.integrity._alike import likeness, origins

CODE = "POE915"
NAME = "near-duplicate-claim"
SEVERITY = Severity.WARNING
READS = (
    "/flow",
    "/plan",
    "/campaign",
    "/activity",
    "/activity_type",
    "/location",
    "/date",
    "/amount",
    "/currency",
    "/status",
    "/replaces",
    "/history",
    "/submissions",
)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    claims = [context.claim for context in sorted(ctx.claims, key=turn)]
    origin = origins({claim.id: claim for claim in claims})
    first: dict[Hashable, Claim] = {}
    for claim in claims:
        like = likeness(claim)
        if like is None or claim.status is Status.REJECTED:
            continue
        other = first.setdefault(like, claim)
        # Two claims of one id have that finding.
        if origin[other.id] != origin[claim.id]:
            values = {"claim": other.id, "date": claim.date, "amount": claim.money}
            yield Hit("/amount", values, file=claim.file, related=(Place(other.file, "/amount"),))
