"""An invoice is copied alike into every claim that shares it.

## What it checks
Where several claims of a partner that are not rejected have the same invoice (same number, and same vendor by tax id
or name), its date, currency, total, document type, number of lines, and net amount and tax of each line agree. What
is claimed of it may differ. The first difference is shown, in the later claim.

## Why
There is one paper. If two copies differ, one is wrong, and what is left to claim of it cannot be worked out.

## Example
Invoice 10482 with a line of 38,000.00 in one claim and of 36,000.00 in another.

## How to fix
Compare both with the paper and correct the wrong one.

## Source
R49: inferred from general practice (double claiming).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from poe_pack.findings import Severity
from poe_pack.model import Money, ThirdPartyInvoice
from poe_pack.rules.base import Hit, Place, RepositoryContext
from poe_pack.rules.cost._uses import shared_invoices

CODE = "POE416"
NAME = "transcriptions-differ"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices", "/status", "/history", "/submissions", "/date")


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    for first, *later in shared_invoices(ctx):
        for use in later:
            difference = next(_differences(first.invoice, use.invoice), None)
            if difference is None:
                continue
            path, field, there, here = difference
            values = {"number": use.invoice.number, "field": field, "here": here, "there": there}
            values["claim"] = first.claim.id
            related = (Place(first.claim.file, f"{first.path}{path}"),)
            yield Hit(f"{use.path}{path}", values, field, at_key=True, file=use.claim.file, related=related)


def _differences(first: ThirdPartyInvoice, later: ThirdPartyInvoice) -> Iterator[tuple[str, str, Any, Any]]:
    """Path within the invoice, field, what the first and what the later copy says. The unknown differs from nothing."""
    for field in ("date", "currency", "total", "document_type"):
        there, here = getattr(first, field), getattr(later, field)
        if None not in (there, here) and there != here:
            yield f"/{field}", field, _shown(first, there), _shown(later, here)
    if len(first.lines) != len(later.lines):
        yield "/lines", "lines", len(first.lines), len(later.lines)
        return
    for number, (one, other) in enumerate(zip(first.lines, later.lines, strict=True)):
        for field in ("net", "tax"):
            there, here = getattr(one, field), getattr(other, field)
            if None not in (there, here) and there != here:
                yield f"/lines/{number}/{field}", field, _shown(first, there), _shown(later, here)


def _shown(invoice: ThirdPartyInvoice, value: Any) -> Any:
    """Amounts with their currency."""
    return Money(value, invoice.currency) if isinstance(value, Decimal) else value
