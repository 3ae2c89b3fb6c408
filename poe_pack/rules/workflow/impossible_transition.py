"""A claim or plan moves between statuses as the portal lets it.

## What it checks
Each entry of `history` follows from the one before by the rulebook's table; the first one is a first status. An entry
that repeats the status is a comment.

## Why
A history that cannot have happened says that something is missing from it.

## Example
`editing`, then `approved`.

## How to fix
Add the entry that is missing, or correct the status.

## Source
R105 and R108: Microsoft, Manage co-op claims; what is not documented is not allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from poe_pack.findings import JudgedBy, Severity
from poe_pack.model import Claim, HistoryEntry, Plan, Status
from poe_pack.rulebook import Rulebook, UnknownValue
from poe_pack.rules.base import ClaimContext, Hit, PlanContext

CODE = "POE801"
NAME = "impossible-transition"
SEVERITY = Severity.ERROR
READS = ("/history", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    yield from _impossible(claim.history, ctx.book, ctx.judged_on, "claim")


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    yield from _impossible(plan.history, ctx.book, ctx.today, "plan")


def _impossible(history: Sequence[HistoryEntry], book: Rulebook, day: date, kind: str) -> Iterator[Hit]:
    try:
        value = book.value(day, "statuses", kind)
    except UnknownValue:
        return
    source: JudgedBy = value.judged_by(day)
    before: Status | None = None
    for index, entry in enumerate(history):
        if entry.status is None:
            return
        allowed = value.fields["first"] if before is None else value.fields["transitions"].get(before.value, [])
        if entry.status != before and entry.status.value not in allowed:
            values = {"from": before.value if before else "", "to": entry.status.value, "expected": tuple(allowed)}
            variant = "first" if before is None else "" if allowed else "final"
            yield Hit(f"/history/{index}/status", values, variant, judged_by=source)
        before = entry.status
