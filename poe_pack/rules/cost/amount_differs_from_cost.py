"""The amount claimed is the sum of the cost behind it.

## What it checks
Claimed parts of all invoice lines (foreign ones at their rate, rounded half up per line) plus the totals of the
certification service reports equal `amount`. An amount of zero, and one that only has too many decimals, have findings
of their own.

## Why
A claim above its cost is refused; one below it gives money away, which may be meant and is only noted.

## Example
Lines that add up to 9,141.12 USD under `amount: "9414.12"`.

## How to fix
Correct the amount, or what is `claimed` of a line.

## Source
R40: partner guidance on proof of execution (an invoice must map to the activity and its amount).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Money, round_money
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE402"
NAME = "amount-differs-from-cost"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/amount", "/currency", "/third_party_invoices", "/certification_service_reports")
CHECKLIST = "cost"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    cost = _cost(claim)
    if cost is None or not claim.amount:
        return
    if cost in (claim.amount, round_money(claim.amount, claim.currency)):
        return  # decimals beyond its currency's are another rule's
    values = {"amount": Money(claim.amount, claim.currency), "cost": Money(cost, claim.currency)}
    if claim.amount > cost:
        yield Hit("/amount", {**values, "difference": Money(claim.amount - cost, claim.currency)})
    else:
        values["difference"] = Money(cost - claim.amount, claim.currency)
        yield Hit("/amount", values, "less", severity=Severity.INFO)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    cost = _cost(claim)
    return None if cost is None else Words("POE402.compared", {"cost": Money(cost, claim.currency)})


def _cost(claim: Claim) -> Decimal | None:
    """Sum of what proves cost; None where there is nothing yet, or a figure is missing (that has its own finding)."""
    parts = [invoice.claimed_in(claim.currency) for invoice in claim.third_party_invoices]
    parts += [report.total for report in claim.certification_service_reports]
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if parts and len(known) == len(parts) else None
