"""The partner is in good standing before it claims.

## What it checks
What the rulebook asks of a partner is not answered otherwise under `standing` in partner.yaml, as long as the claim is
still with the partner. What is not answered there is not held against the claim.

## Why
Overdue bills freeze the benefit, and without authenticated business information the portal takes no claim.

## Example
`standing: {bills_overdue: true}` and a draft of a claim.

## How to fix
Put the matter right with the vendor, then correct partner.yaml.

## Source
Huawei Cloud, partner help on the market development fund (pages apb_060001 and apb_060002).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import OPEN_TO_PARTNER, Claim
from poe_pack.rules.base import ClaimContext, Hit, Place, When

CODE = "POE325"
NAME = "benefit-frozen"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/status", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    value = ctx.value("gates")
    if value is None or ctx.partner is None or claim.status not in OPEN_TO_PARTNER:
        return
    for id, wanted in value.fields["must_be"].items():
        if ctx.partner.standing.get(id, wanted) != wanted:
            values = {"flag": ctx.book.name("partner_flags", id), "id": id}
            related = (Place(ctx.partner.file, f"/standing/{id}"),)
            variant = "not_yet" if wanted else ""
            yield Hit("/status", values, variant, related=related, judged_by=value.judged_by(ctx.judged_on))
