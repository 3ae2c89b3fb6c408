"""The amount claimed is the sum of the cost behind it.

## What it checks
Claimed parts of all invoice lines (foreign ones at their rate, rounded half up per line) plus the totals of the
certification service reports equal `amount`; where the rulebook pays back a share, that share of them. An amount of
zero, and one that only has too many decimals, have findings of their own.

## Why
A claim above its cost is refused; one below it gives money away, which may be meant and is only noted.

## Example
Lines that add up to 9,141.12 USD under `amount: "9414.12"`.

## How to fix
Correct the amount, or what is `claimed` of a line.

## Source
R40: partner guidance on proof of execution (an invoice must map to the activity and its amount). The share: Food
Export, Branded Program.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Money, round_money
from poe_pack.rulebook import Dated
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE402"
NAME = "amount-differs-from-cost"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/date", "/amount", "/currency", "/third_party_invoices", "/certification_service_reports")
CHECKLIST = "cost"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    total, value = _cost(claim), ctx.value("reimbursement")
    if total is None or not claim.amount:
        return
    cost = total if value is None else _share(total, value, claim.currency)
    if cost in (claim.amount, round_money(claim.amount, claim.currency)):
        return  # decimals beyond its currency's are another rule's
    values: dict[str, object] = {"amount": Money(claim.amount, claim.currency), "cost": Money(cost, claim.currency)}
    if value is not None:
        values |= {"percent": Decimal(value.fields["percent"]), "total": Money(total, claim.currency)}
    source = None if value is None else value.judged_by(ctx.judged_on)
    variant = "" if value is None else "share"
    if claim.amount > cost:
        values["difference"] = Money(claim.amount - cost, claim.currency)
        yield Hit("/amount", values, variant, judged_by=source)
    else:
        values["difference"] = Money(cost - claim.amount, claim.currency)
        variant = f"{variant}_less" if variant else "less"
        yield Hit("/amount", values, variant, severity=Severity.INFO, judged_by=source)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    cost, value = _cost(claim), ctx.value("reimbursement")
    if cost is not None and value is not None:
        cost = _share(cost, value, claim.currency)
    return None if cost is None else Words("POE402.compared", {"cost": Money(cost, claim.currency)})


def _share(cost: Decimal, value: Dated, currency: str) -> Decimal:
    """What is paid back of a cost, rounded half up."""
    return round_money(cost * Decimal(value.fields["percent"]) / 100, currency)


def _cost(claim: Claim) -> Decimal | None:
    """Sum of what proves cost; None where there is nothing yet, or a figure is missing (that has its own finding)."""
    parts = [invoice.claimed_in(claim.currency) for invoice in claim.third_party_invoices]
    parts += [report.total for report in claim.certification_service_reports]
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if parts and len(known) == len(parts) else None
