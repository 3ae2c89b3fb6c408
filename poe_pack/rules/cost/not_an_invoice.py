"""What is claimed was invoiced, not only ordered or offered.

## What it checks
`document_type` of a document of which something is claimed is an invoice, a receipt or a credit note.

## Why
Quotes, orders, pro-forma invoices and statements say what may be owed, not what was bought. Reviewers refuse them.

## Example
`document_type: quote` with a line that is claimed.

## How to fix
Put the invoice itself in its place, or set `claimed: "0.00"` for its lines.

## Source
R48: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.cost._lines import claimed_invoices

CODE = "POE415"
NAME = "not-an-invoice"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices",)

_BILLS = frozenset({"invoice", "receipt", "credit_note"})


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for path, invoice in claimed_invoices(claim):
        if invoice.document_type not in _BILLS:
            values = {"number": invoice.number, "type": invoice.document_type.replace("_", "-")}
            yield Hit(f"{path}/document_type", values)
