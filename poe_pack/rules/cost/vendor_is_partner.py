"""A vendor is somebody else.

## What it checks
The vendor of an invoice of which something is claimed is neither the partner, by name or tax id, nor one of its
`affiliates`. Letter case and blanks do not count.

## Why
What the partner's own people did is no purchase. It is proven by a certification service report, at cost.

## Example
An invoice of Nordanvind Event AB in a claim of Nordanvind IT AB, which names it among its affiliates.

## How to fix
Replace the invoice by a certification service report, or correct the vendor.

## Source
R46: Microsoft, Prepare your proof of execution (the report is for in-house work).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Partner, ThirdPartyInvoice
from poe_pack.model.invoices import folded
from poe_pack.rules.base import ClaimContext, Hit, Place
from poe_pack.rules.cost._lines import claimed_invoices

CODE = "POE413"
NAME = "vendor-is-partner"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.partner is None:
        return
    source = ctx.source("principles", "in_house_work")
    for path, invoice in claimed_invoices(claim):
        for variant, key in _same(invoice, ctx.partner):
            values = {"number": invoice.number, "vendor": invoice.vendor_name}
            related = (Place(ctx.partner.file, key),)
            yield Hit(f"{path}/vendor/name", values, variant, related=related, judged_by=source)


def _same(invoice: ThirdPartyInvoice, partner: Partner) -> Iterator[tuple[str, str]]:
    """By what the vendor is the partner, at most one: the message's variant and the partner's key."""
    name = folded(invoice.vendor_name)
    if name == folded(partner.name):
        yield "", "/name"
    elif name in map(folded, partner.affiliates):
        yield "affiliate", "/affiliates"
    elif invoice.vendor_tax_id and partner.tax_id and folded(invoice.vendor_tax_id) == folded(partner.tax_id):
        yield "tax_id", "/tax_id"
