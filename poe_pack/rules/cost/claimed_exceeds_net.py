"""No more is claimed of an invoice line than its net amount.

## What it checks
`claimed` of a line is at most its `net`; of an expense whose taxes are paid back, such as travel, at most net and tax
together.

## Why
What a partner recovers as tax was never its cost, and more than the line says was never spent.

## Example
`net: "52000.00"`, `tax: "13000.00"`, `claimed: "65000.00"`.

## How to fix
Claim the net amount, or the part of it that belongs to this activity.

## Source
R41: Microsoft, Core requirements (taxes are named for travel and hotel only); otherwise inferred.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Money
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.cost._lines import claimable, taxed

CODE = "POE403"
NAME = "claimed-exceeds-net"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices", "/date")
CHECKLIST = "cost"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    with_tax = taxed(ctx)
    for i, invoice in enumerate(claim.third_party_invoices):
        for n, line in enumerate(invoice.lines):
            most = claimable(line, with_tax)
            if most is None or line.claimed is None or line.claimed <= most:
                continue
            values = {
                "line": n + 1,
                "claimed": Money(line.claimed, invoice.currency),
                "net": Money(most, invoice.currency),
            }
            path, is_taxed = f"/third_party_invoices/{i}/lines/{n}/claimed", line.category in with_tax
            source = ctx.source("tax_included") if is_taxed else None
            yield Hit(path, values, "gross" if is_taxed else "", judged_by=source)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    lines = sum(len(invoice.lines) for invoice in claim.third_party_invoices)
    return Words("POE403.compared", {"count": lines}) if lines else None
