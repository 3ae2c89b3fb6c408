"""The date of execution lies inside the usage period that the claim draws on.

## What it checks
In the co-op flow, `date` lies between the first and last day of `usage_period`.

## Why
Co-op earned in one half-year must be used in the next; activities of other days are refused.

## Example
`usage_period: FY27 H1` (July to December 2026) with `date: "2027-01-12"`.

## How to fix
Correct the date, or claim it in the usage period in which it lies.

## Source
R20: Microsoft, Overview of co-op claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Flow
from poe_pack.rulebook import UnknownValue
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE302"
NAME = "date-outside-usage-period"
SEVERITY = Severity.ERROR
READS = ("/flow", "/date", "/usage_period")
CHECKLIST = "dates"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    period = ctx.usage_period
    if claim.flow is Flow.CO_OP_MANAGEMENT and claim.date is not None and period and claim.date not in period:
        values = {"date": claim.date, "period": period.label, "first": period.first, "last": period.last}
        variant, related = "", (Place(claim.file, "/usage_period"),)
        try:
            values["actual"] = ctx.calendar.period_of(claim.date).label
        except UnknownValue:
            variant = "outside_calendar"
        yield Hit("/date", values, variant, related=related, judged_by=ctx.source("principles", "usage_period"))


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    if claim.flow is not Flow.CO_OP_MANAGEMENT or ctx.usage_period is None:
        return None
    return Words("POE302.compared", {"start": ctx.usage_period.first, "end": ctx.usage_period.last})
