"""Every line that is claimed is an expense that the activity type allows.

## What it checks
`category` of each claimed line is in the rulebook's list for the activity type; a claimed line without a category is
open. Alcohol, hotel extras and travel to events have findings of their own.

## Why
Expenses outside the list are refused, and with them often the whole claim.

## Example
`category: catering_no_alcohol` in a claim for digital advertising.

## How to fix
Use the category that fits, or set `claimed: "0.00"` for the line.

## Source
R42: Microsoft, Core requirements (eligible expenses).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When
from poe_pack.rules.cost._ineligible import said_by_others
from poe_pack.rules.cost._lines import claimed_lines

CODE = "POE407"
NAME = "ineligible-expense"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/third_party_invoices", "/activity_type", "/date")
CHECKLIST = "cost"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.needs is None or ctx.needs.expenses is None:
        return
    allowed, source = ctx.needs.expenses, ctx.needs.activity.judged_by(ctx.judged_on, "expenses")
    for path, line in claimed_lines(claim):
        expected = tuple(sorted(allowed))
        if line.category is None:
            values = {"line": line.description, "expected": expected}
            yield Hit(f"{path}/category", values, "missing", at_key=True, judged_by=source)
        elif line.category in allowed or ctx.needs.expenses_truncated or said_by_others(ctx, line):
            continue
        else:
            values = {"category": line.category, "type": claim.activity_type, "expected": expected}
            yield Hit(f"{path}/category", values, judged_by=source)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    categories = {line.category for _, line in claimed_lines(claim) if line.category}
    return Words("POE407.compared", {"count": len(categories)}) if categories else None
