"""A history runs forward in time.

## What it checks
No entry of `history` is earlier than the one before it.

## Why
The history is append-only; an entry in the wrong place was put there afterwards or has a wrong time.

## Example
Submitted on 30 September, then "under review" on 29 September.

## How to fix
Correct the time, or put the entry where it belongs.

## Source
R110: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from poe_pack.findings import Severity
from poe_pack.model import Claim, HistoryEntry, Plan
from poe_pack.rules.base import ClaimContext, Hit, Place, PlanContext

CODE = "POE803"
NAME = "history-out-of-order"
SEVERITY = Severity.ERROR
READS = ("/history",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    yield from _backwards(claim.history, claim.file)


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    yield from _backwards(plan.history, plan.file)


def _backwards(history: Sequence[HistoryEntry], file: str) -> Iterator[Hit]:
    for index, (before, entry) in enumerate(pairwise(history), start=1):
        if before.at is not None and entry.at is not None and entry.at < before.at:
            values = {"at": entry.at, "before": before.at}
            yield Hit(f"/history/{index}/at", values, related=(Place(file, f"/history/{index - 1}/at"),))
