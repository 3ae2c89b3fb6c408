"""An invoice is there as a file, with its total.

## What it checks
Each third-party invoice has `file` and `total`.

## Why
The portal takes the invoice itself; figures without it prove nothing.

## Example
An invoice that was typed in, without `file: evidence/invoice-10482.pdf`.

## How to fix
Put the file into the claim's `evidence` folder and name it.

## Source
R39: Microsoft, Prepare your proof of execution ("required invoice details").
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE406"
NAME = "missing-invoice-file"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/third_party_invoices",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for i, invoice in enumerate(claim.third_party_invoices):
        missing = [key for key, value in (("file", invoice.file), ("total", invoice.total)) if value is None]
        if missing:
            values = {"number": invoice.number, "missing": tuple(missing)}
            yield Hit(f"/third_party_invoices/{i}", values, at_key=True)
