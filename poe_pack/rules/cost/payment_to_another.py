"""The payment went to the vendor of the invoice.

## What it checks
Where the rulebook asks for proof of payment, the vendor's name there equals the one on the invoice; case and spaces
do not matter.

## Why
A reviewer matches the two by name. Payments to somebody else prove nothing about the invoice.

## Example
An invoice of Harbour Print Ltd, and a statement that shows a payment to HP Holdings.

## How to fix
Copy both names as they are printed. If they differ, ask the vendor for a letter that links them, and waive this
finding with it as the reason.

## Source
Food Export, Branded Program documentation series: invoices.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE442"
NAME = "payment-to-another"
SEVERITY = Severity.ERROR
READS = ("/date", "/third_party_invoices")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    value = ctx.value("payment_proof")
    if value is None:
        return
    for index, invoice in enumerate(claim.third_party_invoices):
        paid = invoice.payment_details.vendor if invoice.payment_details is not None else None
        if paid is not None and invoice.claimed_here > 0 and _folded(paid) != _folded(invoice.vendor_name):
            path = f"/third_party_invoices/{index}"
            values = {"number": invoice.number, "vendor": invoice.vendor_name, "paid": paid}
            related = (Place(claim.file, f"{path}/vendor/name"),)
            source = value.judged_by(ctx.judged_on)
            yield Hit(f"{path}/payment_details/vendor", values, related=related, judged_by=source)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
