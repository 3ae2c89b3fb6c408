"""The partner's own invoice for an approved claim is mailed in time and with its form.

## What it checks
Where the rulebook asks for such an invoice, it was sent (or is dated) within the days allowed after the approval; while
none is there, that day is not over. Where a printed form goes with it, the form bears the invoice's number.

## Why
Nothing is paid before the invoice has arrived.

## Example
A claim approved on 1 September 2026 whose invoice was mailed on 17 September, with fifteen days allowed.

## How to fix
Mail the invoice with the form, then write both under `approval: tax_invoice`.

## Source
Huawei Cloud, Applying for MDF reimbursement and Mailing invoice (pages apb_060002 and apb_060003).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status, TaxInvoice
from poe_pack.rulebook import LastDay
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import last_day
from poe_pack.rules.workflow._payments import was_made

CODE = "POE713"
NAME = "late-own-invoice"
SEVERITY = Severity.WARNING
READS = ("/flow", "/date", "/status", "/approval", "/payments")
CLOCK = True
KIND = "own_invoice"
PLACE = "/approval/tax_invoice"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if claim.approval is None or claim.status is not Status.APPROVED:
        return
    invoice = claim.approval.tax_invoice
    last = last_day(claim, ctx, KIND, claim.approval.on)
    if last is not None:
        yield from _late(claim, ctx, invoice, last)
    value = ctx.value("own_invoice")
    if value is not None and value.fields.get("form_number") and invoice is not None:
        source = value.judged_by(ctx.judged_on)
        if invoice.form_number is None:
            yield Hit(f"{PLACE}/form_number", {"number": invoice.number}, "form", at_key=True, judged_by=source)
        elif invoice.form_number.strip() != invoice.number.strip():
            values = {"number": invoice.number, "form": invoice.form_number}
            yield Hit(f"{PLACE}/form_number", values, "form_differs", judged_by=source)


def _late(claim: Claim, ctx: ClaimContext, invoice: TaxInvoice | None, last: LastDay) -> Iterator[Hit]:
    values = {"approved": claim.approval.on if claim.approval is not None else None, "last": last.day}
    source = last.value.judged_by(ctx.judged_on)
    if invoice is None:
        if ctx.today > last.day and not any(was_made(payment, ctx.book) for payment in claim.payments):
            yield Hit("/approval", {**values, "days": (ctx.today - last.day).days}, "missing", judged_by=source)
        return
    sent = invoice.sent_on or invoice.date
    if sent is not None and sent > last.day:
        path = f"{PLACE}/sent_on" if invoice.sent_on is not None else f"{PLACE}/date"
        yield Hit(path, {**values, "day": sent}, judged_by=source)
