"""No part of an invoice is claimed twice.

## What it checks
Over all claims of a partner that are not rejected, what is claimed of an invoice (same number, and same vendor by tax
id or name) is not more than its net amount (net and tax where taxes are paid back), line by line where the claims copy
the same lines. An honest split is allowed.

## Why
Claiming a cost twice is the fault that audits look for.

## Example
Invoice 10482, line "Venue hire", claimed whole in two claims.

## How to fix
Set `claimed` of the line in each claim so that the parts add up to no more than its net amount.

## Source
R49: inferred from general practice (double claiming).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Money
from poe_pack.rules.base import ClaimContext, Hit, RepositoryContext
from poe_pack.rules.cost._lines import claimable, taxed
from poe_pack.rules.cost._uses import Use, shared_invoices

CODE = "POE410"
NAME = "invoice-claimed-twice"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices", "/status", "/history", "/submissions", "/date")
CHECKLIST = "cost"


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    for uses in shared_invoices(ctx):
        nets = [tuple(line.net for line in use.invoice.lines) for use in uses]
        if len(set(nets)) > 1:
            yield from _invoice_over_claimed(uses)
        else:
            for number in range(len(nets[0])):
                yield from _line_over_claimed(uses, number)


def _invoice_over_claimed(uses: Sequence[Use]) -> Iterator[Hit]:
    """The first use by which the invoice as a whole is claimed beyond what any of them says it is worth."""
    taken = Decimal(0)
    most, is_taxed = max((_worth(use) for use in uses), key=lambda worth: worth[0])
    for use in uses:
        taken += use.invoice.claimed_here
        if taken > most and use.invoice.claimed_here > 0:
            yield _hit(use, uses, "gross" if is_taxed else "", f"{use.path}/number", taken, most)
            return


def _worth(use: Use) -> tuple[Decimal, bool]:
    """The most that may be claimed of an invoice, and whether that is more than its net amount."""
    with_tax = taxed(use.context)
    most = sum((claimable(line, with_tax) or Decimal(0) for line in use.invoice.lines), Decimal(0))
    return most, most > use.invoice.net


def _line_over_claimed(uses: Sequence[Use], number: int) -> Iterator[Hit]:
    taken = Decimal(0)
    known = [claimable(use.invoice.lines[number], taxed(use.context)) for use in uses]
    most = max((limit for limit in known if limit is not None), default=None)
    for position, use in enumerate(uses):
        line = use.invoice.lines[number]
        taken += line.claimed_here
        if position and line.claimed_here > 0 and most is not None and taken > most:
            path = f"{use.path}/lines/{number}" + ("/claimed" if line.claimed is not None else "/net")
            yield _hit(use, uses, "line" if most == line.net else "line_gross", path, taken, most)


def _hit(use: Use, uses: Sequence[Use], variant: str, path: str, taken: Decimal, most: Decimal) -> Hit:
    others = tuple(other.place for other in uses if other is not use)
    values = {
        "number": use.invoice.number,
        "claims": tuple(sorted({other.claim.id for other in uses if other is not use})),
        "taken": Money(taken, use.invoice.currency),
        "net": Money(most, use.invoice.currency),
    }
    return Hit(path, values, variant, file=use.claim.file, related=others)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    count = len(claim.third_party_invoices)
    return Words("POE410.compared", {"count": count}) if count else None
