"""No more is claimed of an invoice than was paid.

## What it checks
Where the rulebook asks for proof of payment, the claimed parts of an invoice's lines add up to no more than the amount
that the proof of payment shows, in the invoice's currency.

## Why
The amount paid decides what is paid back, not the amount billed.

## Example
5,000.00 USD claimed of an invoice of which the bank statement shows 4,500.00 USD as paid.

## How to fix
Lower `claimed` to what was paid, or add the rest of the payment.

## Source
Food Export, Branded Program documentation series: proof of payment.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Money
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE443"
NAME = "claimed-beyond-paid"
SEVERITY = Severity.ERROR
READS = ("/date", "/third_party_invoices")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    value = ctx.value("payment_proof")
    if value is None:
        return
    for index, invoice in enumerate(claim.third_party_invoices):
        paid = invoice.payment_details.amount if invoice.payment_details is not None else None
        if paid is not None and invoice.claimed_here > paid:
            values = {
                "number": invoice.number,
                "claimed": Money(invoice.claimed_here, invoice.currency),
                "paid": Money(paid, invoice.currency),
            }
            path = f"/third_party_invoices/{index}/payment_details/amount"
            yield Hit(path, values, judged_by=value.judged_by(ctx.judged_on))
