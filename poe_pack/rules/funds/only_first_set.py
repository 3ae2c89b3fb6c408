"""What only the first of is paid back is claimed once.

## What it checks
Where the rulebook pays back only the first of something, one claimed invoice line of a partner at most is for it, over
all claims that are not rejected or expired, and its `quantity` is not above 1. The later line has the finding.

## Why
Second and later sets are not eligible.

## Example
A membership plaque claimed in FY26 and another one in FY27.

## How to fix
Set `claimed` of the later line to 0, or claim one piece of it. If the first was never paid, say so in its claim's
status.

## Source
R89: Microsoft, Core requirements for the activities in your incentive program.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import JudgedBy, Severity
from poe_pack.rules._order import turn
from poe_pack.rules.base import ClaimContext, Hit, Place, RepositoryContext
from poe_pack.rules.funds._taking import takes

CODE = "POE615"
NAME = "only-first-set"
SEVERITY = Severity.WARNING
READS = (
    *("/activity_type", "/amount", "/usage_period", "/date", "/status", "/history", "/submissions", "/approval"),
    "/third_party_invoices",
)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    once = [(context, categories) for context in ctx.claims if (categories := _once(context))]
    first: dict[str, Place] = {}
    for context, categories in sorted(once, key=lambda entry: turn(entry[0])):
        if not takes(context):
            continue
        claim = context.claim
        for i, invoice in enumerate(claim.third_party_invoices):
            for n, line in enumerate(invoice.lines):
                if line.category not in categories or line.claimed_here <= 0:
                    continue
                path, source = f"/third_party_invoices/{i}/lines/{n}", categories[line.category]
                values = {"category": context.book.name("expense_categories", line.category)}
                if line.category in first:
                    related = (first[line.category],)
                    yield Hit(f"{path}/category", values, file=claim.file, related=related, judged_by=source)
                elif line.quantity is not None and line.quantity > 1:
                    more = {**values, "quantity": line.quantity}
                    yield Hit(f"{path}/quantity", more, "quantity", file=claim.file, judged_by=source)
                first.setdefault(line.category, Place(claim.file, f"{path}/category"))


def _once(context: ClaimContext) -> dict[str, JudgedBy]:
    """Expense categories of which only the first is paid back, with the source."""
    found: dict[str, JudgedBy] = {}
    for id in context.needs.ineligible if context.needs is not None else ():
        value = context.value("ineligible_expenses", id)
        if value is not None and value.fields.get("except_first"):
            source = value.judged_by(context.judged_on, "except_first")
            found |= dict.fromkeys(value.fields.get("expenses", ()), source)
    return found
