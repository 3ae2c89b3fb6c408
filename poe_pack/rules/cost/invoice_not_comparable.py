"""It is said which invoices, or which of their values, could not be compared with their files.

## What it checks
When files are opened (`--deep`, `packet`): a scan or a picture has no text, and of a text it is not always clear what
it says. What could not be compared is listed, so that nobody takes it for checked.

## Why
A value that was not compared is no value that agrees: somebody has to look.

## Example
An invoice that was photographed; an invoice whose vendor is named by its logo alone.

## How to fix
Look at the file and compare it yourself. Ask the vendor for the invoice as it was sent, not as it was scanned.

## Source
R39: Microsoft, Prepare your proof of execution ("required invoice details"); that they must be those of the file is
inferred.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.evidence.facts import ProbeState
from poe_pack.evidence.invoices.facts import Comparison, Outcome, Source
from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, ThirdPartyInvoice
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE451"
NAME = "invoice-not-comparable"
SEVERITY = Severity.INFO
READS = ("/third_party_invoices",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for index, invoice in enumerate(claim.third_party_invoices):
        comparison = ctx.comparisons.get(index)
        if comparison is not None:
            yield from _hits(f"/third_party_invoices/{index}/file", invoice, comparison)


def _hits(path: str, invoice: ThirdPartyInvoice, comparison: Comparison) -> Iterator[Hit]:
    values = {"number": invoice.number, "file": invoice.file}
    left = comparison.those(Outcome.CANNOT_CHECK)
    if comparison.state is ProbeState.UNSUPPORTED:
        yield Hit(path, values, "kind")
    elif comparison.state is not ProbeState.OK:
        yield Hit(path, values, "unread")
    elif comparison.source is Source.NOTHING:
        yield Hit(path, values)
    elif left:
        yield Hit(path, values | {"fields": tuple(Words(f"invoice.field.{name}") for name in left)}, "part")
