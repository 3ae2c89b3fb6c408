"""The total of a certification service report is what its hours and materials cost.

## What it checks
`total` equals the sum of hours times rate over all people, plus all materials, rounded half up.

## Why
The report is a signed statement; a sum that is wrong in it discredits the rest.

## Example
40 hours at 65.00 with `total: "2700.00"`.

## How to fix
Correct hours, rate, cost or total.

## Source
R52: inferred from the form (certification statement and report).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Money, round_money
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE420"
NAME = "csr-total-differs"
SEVERITY = Severity.ERROR
READS = ("/certification_service_reports", "/currency")
CHECKLIST = "cost"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for i, report in enumerate(claim.certification_service_reports):
        computed = report.computed_total
        if computed is None or report.total is None:
            continue
        computed = round_money(computed, claim.currency)
        if computed != report.total:
            values = {"total": Money(report.total, claim.currency), "computed": Money(computed, claim.currency)}
            yield Hit(f"/certification_service_reports/{i}/total", values)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    totals = [Money(r.total, claim.currency) for r in claim.certification_service_reports if r.total is not None]
    return Words("POE420.compared", {"totals": tuple(totals)}) if totals else None
