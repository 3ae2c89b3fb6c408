"""A claim may be in another currency than the one in which it is paid, and says so.

## What it checks
`currency` of a claim is the partner's `payout_currency`, where that is given.

## Why
It is allowed, but what arrives is converted by Microsoft and differs from what the claim says.

## Example
`currency: SEK` in the claim and `payout_currency: USD` in `partner.yaml`.

## How to fix
Nothing, if both are right; expect another amount on the account.

## Source
R27: Microsoft, Manage co-op claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE314"
NAME = "other-payout-currency"
SEVERITY = Severity.INFO
READS = ("/currency",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    partner = ctx.partner
    if partner is not None and partner.payout_currency is not None and claim.currency != partner.payout_currency:
        values = {"claim": claim.currency, "payout": partner.payout_currency}
        related = (Place(partner.file, "/payout_currency"),)
        yield Hit("/currency", values, related=related, judged_by=ctx.source("principles", "payout_currency"))
