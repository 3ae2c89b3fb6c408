"""An invoice is addressed to the partner that claims.

## What it checks
`bill_to` of an invoice of which something is claimed, where it is given, is the partner's `name`, or begins with it.
Letter case and blanks do not count.

## Why
A cost of somebody else is not the partner's.

## Example
`bill_to: Nordanvind Holding AB` in a claim of Nordanvind IT AB.

## How to fix
Ask the supplier for an invoice to the partner, or correct `bill_to`.

## Source
R47: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Partner
from poe_pack.model.invoices import folded
from poe_pack.rules.base import ClaimContext, Hit, Place
from poe_pack.rules.cost._lines import claimed_invoices

CODE = "POE414"
NAME = "billed-to-another"
SEVERITY = Severity.WARNING
READS = ("/third_party_invoices",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    partner = ctx.partner
    if partner is None or not partner.name:
        return
    for path, invoice in claimed_invoices(claim):
        if invoice.bill_to is None or _is(invoice.bill_to, partner):
            continue
        values = {"number": invoice.number, "bill_to": invoice.bill_to, "partner": partner.name}
        is_affiliate = folded(invoice.bill_to) in map(folded, partner.affiliates)
        key, variant = ("/affiliates", "affiliate") if is_affiliate else ("/name", "")
        yield Hit(f"{path}/bill_to", values, variant, related=(Place(partner.file, key),))


def _is(bill_to: str, partner: Partner) -> bool:
    """The partner's name, alone or followed by an address after a comma."""
    return folded(bill_to.split(",")[0]) == folded(partner.name) or folded(bill_to) == folded(partner.name)
