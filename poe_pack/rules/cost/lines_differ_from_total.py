"""The lines of an invoice add up to its total.

## What it checks
Net and tax of all lines equal `total`, where it is given.

## Why
A line that was forgotten or mistyped makes the claim differ from the document a reviewer holds.

## Example
Lines of 124,400.00 net and 28,500.00 tax under `total: "152000.00"`.

## How to fix
Copy the invoice again, line by line; write lines that are not claimed with `claimed: "0.00"`.

## Source
R40 and R43: partner guidance on proof of execution (itemised invoices).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Money
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE404"
NAME = "lines-differ-from-total"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices",)
CHECKLIST = "cost"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for i, invoice in enumerate(claim.third_party_invoices):
        lines = invoice.net + invoice.tax
        if invoice.total is not None and invoice.total != lines:
            values = {"lines": Money(lines, invoice.currency), "total": Money(invoice.total, invoice.currency)}
            yield Hit(f"/third_party_invoices/{i}/total", values)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    totals = [Money(i.total, i.currency) for i in claim.third_party_invoices if i.total is not None]
    if not totals:
        return None
    return Words("POE404.compared", {"totals": tuple(totals)})
