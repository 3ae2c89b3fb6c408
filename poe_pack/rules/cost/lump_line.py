"""An invoice says what was bought, line by line.

## What it checks
No invoice of which something is claimed is one lump: a single line that names neither quantity and unit price nor a
course, an exam or a person. No claimed line has a description so general that it says nothing, such as "Marketing
services"; `generic_descriptions` in `poe.yaml` replaces the list of those.

## Why
A reviewer has to see that what was paid for is the activity. Lump sums lead to questions, and general words to refusal.

## Example
`lines: [{description: Marketing services, net: "5000.00"}]`.

## How to fix
Copy the invoice line by line. If it has only one, ask the supplier for an itemised one, or waive the finding with the
reason.

## Source
R43: partner guidance on proof of execution (itemised invoices); the words are the project's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from poe_pack.findings import Severity
from poe_pack.model import Claim, InvoiceLine, ThirdPartyInvoice
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.cost._lines import claimed_invoices, claimed_lines

CODE = "POE431"
NAME = "lump-line"
SEVERITY = Severity.WARNING
READS = ("/third_party_invoices",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    generic = {_plain(text) for text in ctx.settings.generic_descriptions}
    lumps = {f"{path}/lines/0" for path, invoice in claimed_invoices(claim) if _is_lump(invoice)}
    for path, line in claimed_lines(claim):
        values = {"description": line.description}
        if _plain(line.description) in generic:
            yield Hit(f"{path}/description", values, "generic")
        elif path in lumps:
            yield Hit(f"{path}/description", values)


def _is_lump(invoice: ThirdPartyInvoice) -> bool:
    return len(invoice.lines) == 1 and not _is_itemised(invoice.lines[0])


def _is_itemised(line: InvoiceLine) -> bool:
    is_counted = line.quantity is not None and line.unit_price is not None
    return is_counted or line.course_code is not None or line.person is not None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
