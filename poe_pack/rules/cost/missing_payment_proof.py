"""It is proved that an invoice was paid.

## What it checks
Where the rulebook asks for it, each invoice of which something is claimed has a proof of payment with its day, and
`payment_details` say what can be read there: holder, vendor and amount. It is of a kind that counts: an invoice with a
zero balance, or a receipt where receipts do not count, is none.

## Why
Such programmes pay back what was paid, and only a bank or the payee can tell that it was.

## Example
An invoice with `payment_details: {kind: zero_balance_invoice}`.

## How to fix
Take the statement into the evidence folder (other lines may be blacked out), name it as `payment_proof` and copy what
it shows.

## Source
Food Export, Branded Program documentation series: proof of payment.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, ThirdPartyInvoice
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE441"
NAME = "missing-payment-proof"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/date", "/third_party_invoices")
CHECKLIST = "cost"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    value = ctx.value("payment_proof")
    if value is None:
        return
    source = value.judged_by(ctx.judged_on)
    for index, invoice in enumerate(claim.third_party_invoices):
        if invoice.claimed_here <= 0:
            continue
        path, kinds = f"/third_party_invoices/{index}", tuple(value.fields["any"])
        missing = tuple(_missing(invoice))
        if missing:
            yield Hit(path, {"number": invoice.number, "missing": missing}, at_key=True, judged_by=source)
        details = invoice.payment_details
        if details is not None and details.kind not in kinds:
            values = {"number": invoice.number, "kind": details.kind, "expected": kinds}
            yield Hit(f"{path}/payment_details/kind", values, "kind", judged_by=source)


def _missing(invoice: ThirdPartyInvoice) -> Iterator[str]:
    """What is not there of the proof and of what it shows."""
    if invoice.payment_proof is None:
        yield "payment_proof"
    if invoice.paid_on is None:
        yield "paid_on"
    details = invoice.payment_details
    if details is None:
        yield "payment_details"
    else:
        shown = (("holder", details.holder), ("vendor", details.vendor), ("amount", details.amount))
        yield from (key for key, value in shown if value is None)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    count = sum(1 for invoice in claim.third_party_invoices if invoice.claimed_here > 0)
    if ctx.value("payment_proof") is None or not count:
        return None
    return Words("POE441.compared", {"count": count})
