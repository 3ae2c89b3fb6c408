"""Where the vendor's own original invoice is needed, that is the one that is claimed.

## What it checks
For activity types whose evidence is the original invoice of the programme's vendor, each invoice of which something
is claimed names a vendor whose name begins as the rulebook says.

## Why
The membership fee is paid to Microsoft. A reseller's bill for it, or one for something else, is refused.

## Example
A distributor's invoice in a claim for the annual fee of the partner programme.

## How to fix
Claim the original invoice, or claim this one under the activity type that it belongs to.

## Source
R54: Microsoft, Core requirements (original Microsoft invoice).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.model.invoices import folded
from poe_pack.rules.base import ClaimContext, Hit, When
from poe_pack.rules.cost._evidence import invoice_kinds
from poe_pack.rules.cost._lines import claimed_invoices

CODE = "POE417"
NAME = "invoice-of-another-vendor"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/third_party_invoices", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    names, source = invoice_kinds(ctx, "invoice_from")
    beginnings = tuple(map(folded, names))
    if not beginnings:
        return
    for path, invoice in claimed_invoices(claim):
        if not folded(invoice.vendor_name).startswith(beginnings):
            values = {"number": invoice.number, "vendor": invoice.vendor_name, "expected": names}
            yield Hit(f"{path}/vendor/name", values, judged_by=source)
