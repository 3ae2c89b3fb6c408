"""What an invoice is for took place in the campaign or usage period.

## What it checks
`service_period` of each invoice of which something is claimed lies in the campaign (plan flow) or in the usage period
(co-op flow); an invoice without it is judged by its date. More than `service_days` of `poe.yaml` away it is an error.

## Why
Only what was done within the period is paid back, and the dates on the invoice are how a reviewer sees it.

## Example
A service until 3 December 2026 under a campaign that ends on 30 November 2026.

## How to fix
Correct the dates, add the service period, or claim the invoice where its service belongs.

## Source
R44: partner guidance on proof of execution; from how far away it is an error is the house's choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import Claim, Flow, ThirdPartyInvoice
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.cost._lines import claimed_invoices

CODE = "POE411"
NAME = "service-outside-period"
SEVERITY = Severity.WARNING
READS = ("/third_party_invoices", "/flow", "/date", "/usage_period", "/plan", "/campaign", "plan:/campaigns")

_Span = tuple[date, date]


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    window = _window(claim, ctx)
    if window is None or window[0] > window[1]:
        return  # a campaign that ends before it starts has that finding
    start, end = window
    for path, invoice in claimed_invoices(claim):
        for field, (first, last) in _service(invoice):
            before, after = (start - first).days, (last - end).days
            if max(before, after) <= 0:
                continue
            # How far the nearest day of the service is away: a licence for a year may reach beyond the campaign.
            distance = max((start - last).days, (first - end).days)
            is_far = distance > ctx.settings.service_days
            key, day = ("from", first) if before > after else ("to", last)
            values = {"number": invoice.number, "day": day, "start": start, "end": end}
            values["limit"] = ctx.settings.service_days
            place = f"{path}/{field}/{key}" if field == "service_period" else f"{path}/{field}"
            variant = ("invoice_" if field == "date" else "") + ("far" if is_far else "beyond")
            yield Hit(place, values, variant, severity=Severity.ERROR if is_far else None)


def _window(claim: Claim, ctx: ClaimContext) -> _Span | None:
    """First and last day on which the activity may take place, where they are known."""
    if claim.flow is Flow.PLAN_MANAGEMENT:
        campaign = ctx.campaign
        if campaign is None or campaign.start_date is None or campaign.end_date is None:
            return None
        return campaign.start_date, campaign.end_date
    period = ctx.usage_period
    return None if period is None else (period.first, period.last)


def _service(invoice: ThirdPartyInvoice) -> Iterator[tuple[str, _Span]]:
    """The days of an invoice's service, and the field that says them."""
    period = invoice.service_period
    if period is None:
        if invoice.date is not None:
            yield "date", (invoice.date, invoice.date)
    elif period.first is not None and period.last is not None:
        yield "service_period", (period.first, period.last)
