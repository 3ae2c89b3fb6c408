"""Travel is claimed for conferences of the vendor, not for one's own events.

## What it checks
No claimed line is for air or train fare or a hotel room unless the activity type is one that pays for travel, also
where the list of its expenses is not known or not complete.

## Why
Travel to seminars and other events is excluded in so many words.

## Example
`category: air_train_fare` in a claim for a customer seminar.

## How to fix
Set `claimed: "0.00"` for the line, or claim it under the conference that the journey led to.

## Source
R58: Microsoft, Core requirements (only the conference has a row for travel); partner training of 2015.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.cost._ineligible import EVENT_TRAVEL, ineligible
from poe_pack.rules.cost._lines import claimed_lines

CODE = "POE425"
NAME = "travel-not-allowed"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    travel = ineligible(ctx, EVENT_TRAVEL)
    if travel is None:
        return
    for path, line in claimed_lines(claim):
        if line.category in travel.expenses:
            values = {"category": line.category, "type": claim.activity_type, "allowed": travel.except_in}
            yield Hit(f"{path}/category", values, judged_by=travel.source)
