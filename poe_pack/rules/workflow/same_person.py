"""A large claim is handed in by somebody other than the one who prepared it.

## What it checks
From the amount `second_person_above` of poe.yaml on, in the same currency, the entry of `history` that hands the claim
in last is by somebody else than its first entry. Without that setting nothing is compared.

## Why
Four eyes find what two overlook, and auditors ask for them.

## Example
A claim of 12,000.00 USD, prepared and handed in by one person, where the house wants two from 10,000.00 USD on.

## How to fix
Have a second person look at the claim, and hand in the next one.

## Source
R111: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE807"
NAME = "same-person"
SEVERITY = Severity.INFO
READS = ("/amount", "/currency", "/history")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    limit, money = ctx.settings.second_person_above, claim.money
    if limit is None or money is None or money.currency != limit.currency or money.amount < limit.amount:
        return
    submitted = [index for index, entry in enumerate(claim.history) if entry.status is Status.SUBMITTED]
    if not submitted:
        return
    first, last = claim.history[0], claim.history[submitted[-1]]
    if first.status is Status.EDITING and _folded(first.by) == _folded(last.by):
        values = {"amount": money, "limit": limit}
        related = (Place(claim.file, "/history/0/by"),)
        yield Hit(f"/history/{submitted[-1]}/by", values, related=related)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
