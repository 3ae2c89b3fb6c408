"""No part of an invoice is claimed twice.

## What it checks
Over all claims of a partner that are not rejected, what is claimed of an invoice (same number, and same vendor by tax
id or name) is not more than its net amount, line by line where the claims copy the same lines. An honest split is
allowed.

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
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Money, Status, ThirdPartyInvoice
from poe_pack.model.invoices import same_invoices
from poe_pack.rules.base import ClaimContext, Hit, Place, RepositoryContext

CODE = "POE410"
NAME = "invoice-claimed-twice"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices", "/status", "/history", "/submissions")
CHECKLIST = "cost"


@dataclass(frozen=True, slots=True)
class _Use:
    """One claim's use of an invoice."""

    claim: Claim
    index: int
    invoice: ThirdPartyInvoice

    @property
    def path(self) -> str:
        return f"/third_party_invoices/{self.index}"

    @property
    def place(self) -> Place:
        return Place(self.claim.file, f"{self.path}/number")


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    uses = [
        (_Use(context.claim, index, invoice), invoice)
        for context in sorted(ctx.claims, key=_order)
        if context.claim.status is not Status.REJECTED
        for index, invoice in enumerate(context.claim.third_party_invoices)
    ]
    for group in same_invoices(uses):
        if len(group) > 1:
            yield from _over_claimed([use for use, _ in group])


def _order(context: ClaimContext) -> tuple[bool, str, str]:
    """Claims handed in come first, in time order: the later one is at fault."""
    moment = context.claim.submitted_at
    return (moment is None, moment.astimezone(UTC).isoformat() if moment else "", context.claim.id)


def _over_claimed(uses: Sequence[_Use]) -> Iterator[Hit]:
    nets = [tuple(line.net for line in use.invoice.lines) for use in uses]
    if len(set(nets)) == 1:
        for number in range(len(nets[0])):
            yield from _line_over_claimed(uses, number)
        return
    taken = Decimal(0)
    net = max(use.invoice.net for use in uses)
    for use in uses:
        taken += use.invoice.claimed_here
        if taken > net and use.invoice.claimed_here > 0:
            yield _hit(use, uses, "", f"{use.path}/number", taken, net)
            return


def _line_over_claimed(uses: Sequence[_Use], number: int) -> Iterator[Hit]:
    taken = Decimal(0)
    for position, use in enumerate(uses):
        line = use.invoice.lines[number]
        taken += line.claimed_here
        if position and line.claimed_here > 0 and line.net is not None and taken > line.net:
            path = f"{use.path}/lines/{number}" + ("/claimed" if line.claimed is not None else "/net")
            yield _hit(use, uses, "line", path, taken, line.net)


def _hit(use: _Use, uses: Sequence[_Use], variant: str, path: str, taken: Decimal, net: Decimal) -> Hit:
    others = tuple(other.place for other in uses if other is not use)
    values = {
        "number": use.invoice.number,
        "claims": tuple(sorted({other.claim.id for other in uses if other is not use})),
        "taken": Money(taken, use.invoice.currency),
        "net": Money(net, use.invoice.currency),
    }
    return Hit(path, values, variant, file=use.claim.file, related=others)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    count = len(claim.third_party_invoices)
    return Words("POE410.compared", {"count": count}) if count else None
