"""An invoice is older than the claim that it is in.

## What it checks
`date` of each invoice is not after the day on which the claim was last handed in; while the claim is the partner's,
not after today. Where the activity itself is dated after that day, that has a finding of its own.

## Why
Nobody can hand in an invoice that does not exist yet: one of the two dates is wrong, or the paper is another one.

## Example
`date: "2026-12-28"` on an invoice in a claim handed in on 2 November 2026.

## How to fix
Correct the date.

## Source
R45: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE412"
NAME = "invoice-after-submission"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices", "/date", "/status", "/history", "/submissions")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    # The last submission counts: a claim that was given back may bring new invoices with it.
    last, variant = (ctx.handed_in_on, "") if claim.is_closed else (ctx.today, "future")
    if last is None or (claim.date is not None and claim.date > last):
        return
    for i, invoice in enumerate(claim.third_party_invoices):
        if invoice.date is not None and invoice.date > last:
            values = {"number": invoice.number, "date": invoice.date}
            if claim.is_closed:
                values["last"] = last
            yield Hit(f"/third_party_invoices/{i}/date", values, variant)
