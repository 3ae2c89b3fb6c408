"""Who asks a claim or plan back, or rejects it, says why.

## What it checks
Each step of `history` to a status that the rulebook names for that (action required, rejected) has a `text`, or a
comment with one follows it, or a request of the same day says what was asked.

## Why
Nobody can mend what nobody has named, and a dispute needs the reason that it contradicts.

## Example
`status: rejected` without `text`.

## How to fix
Copy the reviewer's text from the portal's history into `text`.

## Source
R107: Microsoft, Manage co-op claims (the reviewer gives the reason).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import Claim, HistoryEntry, Plan
from poe_pack.rulebook import Rulebook, UnknownValue
from poe_pack.rules.base import ClaimContext, Hit, PlanContext
from poe_pack.rules.workflow._steps import steps

CODE = "POE804"
NAME = "missing-reason"
SEVERITY = Severity.WARNING
READS = ("/history", "/requests", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    asked = {ctx.day(request.at) for request in claim.requests if request.at is not None}
    for entry, hit in _silent(claim.history, ctx.book, ctx.judged_on, "claim"):
        if entry.at is None or ctx.day(entry.at) not in asked:
            yield hit


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    for _, hit in _silent(plan.history, ctx.book, ctx.today, "plan"):
        yield hit


def _silent(
    history: Sequence[HistoryEntry], book: Rulebook, day: date, kind: str
) -> Iterator[tuple[HistoryEntry, Hit]]:
    """Steps that need a text and have none."""
    try:
        value = book.value(day, "statuses", kind)
    except UnknownValue:
        return
    needing: Collection[str] = value.fields["needs_text"]
    for index, entry in steps(history):
        if entry.status is not None and entry.status.value in needing and not _says(history, index):
            values = {"status": entry.status.value}
            source = value.judged_by(day, "needs_text")
            yield entry, Hit(f"/history/{index}/text", values, at_key=True, judged_by=source)


def _says(history: Sequence[HistoryEntry], index: int) -> bool:
    """Whether a step or a comment after it has a text."""
    status = history[index].status
    for entry in history[index:]:
        if entry.status is not status:
            return False
        if entry.text is not None:
            return True
    return False
