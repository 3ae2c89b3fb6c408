"""An invoice is of the programme's year and not older than the approval.

## What it checks
Where the rulebook limits the dates of invoices, an invoice of which something is claimed is dated within the
programme's year of the activity, and not before the day of the pre-approval (of the contract). An invoice of which
only exempt expenses are claimed, such as space at a trade show, may be older.

## Why
Money of one year pays for that year; what was ordered before the contract was not ordered under it.

## Example
An invoice of 12 January 2026 under a contract of 2 February 2026.

## How to fix
Claim it in its own year, or set `claimed: "0.00"`. Correct a date that was copied wrongly.

## Source
Food Export, Branded Program documentation series: invoices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Period, ThirdPartyInvoice
from poe_pack.rulebook import UnknownValue
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE440"
NAME = "invoice-outside-program-year"
SEVERITY = Severity.ERROR
READS = ("/date", "/third_party_invoices", "/pre_approval")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    value = ctx.value("invoice_dates")
    if value is None:
        return
    year = _year(claim, ctx) if value.fields.get("within") == "program_year" else None
    contract = claim.pre_approval.approved_on if claim.pre_approval is not None and "after" in value.fields else None
    for index, invoice in enumerate(claim.third_party_invoices):
        if invoice.date is None or _is_exempt(invoice, value.fields.get("except_for", ())):
            continue
        values = {"number": invoice.number, "date": invoice.date}
        path, source = f"/third_party_invoices/{index}/date", value.judged_by(ctx.judged_on)
        if year is not None and invoice.date not in year:
            yield Hit(path, values | {"year": year.label, "first": year.first, "last": year.last}, judged_by=source)
        elif contract is not None and invoice.date < contract:
            related = (Place(claim.file, "/pre_approval/approved_on"),)
            yield Hit(path, values | {"approved": contract}, "before_approval", related=related, judged_by=source)


def _year(claim: Claim, ctx: ClaimContext) -> Period | None:
    """The programme's year of the activity, where both are known."""
    try:
        return None if claim.date is None else ctx.calendar.program_year_of(claim.date)
    except UnknownValue:
        return None


def _is_exempt(invoice: ThirdPartyInvoice, exempt: Collection[str]) -> bool:
    """Whether nothing but exempt expenses is claimed of an invoice."""
    return all(line.category in exempt for line in invoice.lines if line.claimed_here > 0)
