"""Bank and tax profile are complete before a claim is made.

## What it checks
`profile_complete` of the partner is not `false` while a claim is still the partner's. Where it is not given, nobody
knows.

## Why
The portal takes no new claim without them, and almost all delays of payment come from there.

## Example
`profile_complete: false` in `partner.yaml` and a claim in `editing`.

## How to fix
Complete bank and tax profile in Partner Center, then write `profile_complete: true`.

## Source
R24: Microsoft, Create claims; Incentives ten essentials (delays of payment).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE313"
NAME = "profile-incomplete"
SEVERITY = Severity.WARNING
READS = ("/status",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    partner = ctx.partner
    if partner is not None and partner.profile_complete is False and not claim.is_closed:
        related = (Place(partner.file, "/profile_complete"),)
        yield Hit("/status", related=related, judged_by=ctx.source("principles", "bank_and_tax_profile"))
