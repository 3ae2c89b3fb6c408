"""A foreign invoice states the rate by which it was converted.

## What it checks
An invoice in another currency than the claim has an `exchange_rate` with its rate, date and source.

## Why
The programme publishes no rule for rates, so the partner's own must be there to be followed.

## Example
An invoice with `currency: SEK` in a claim in USD, without `exchange_rate`.

## How to fix
Add `exchange_rate: {rate: "0.1058", date: "2026-09-28", source: Company month rate}`; the rate is in claim currency
for one unit of invoice currency.

## Source
R26 and R30: one currency in a claim; the rate rule is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE405"
NAME = "missing-exchange-rate"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/third_party_invoices", "/currency")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for i, invoice in enumerate(claim.third_party_invoices):
        if invoice.currency == claim.currency or not invoice.currency:
            continue
        rate = invoice.exchange_rate
        values = {"number": invoice.number, "invoice": invoice.currency, "claim": claim.currency}
        if rate is None or rate.rate is None:
            yield Hit(f"/third_party_invoices/{i}/exchange_rate", values, at_key=True)
        elif rate.date is None or not rate.source:
            yield Hit(f"/third_party_invoices/{i}/exchange_rate", values, "incomplete", at_key=True)
