"""The status is that of the last entry of the history.

## What it checks
`status` equals the status of the last `history` entry. Without a history only `editing` is possible.

## Why
Two answers to one question; whoever reads the other one acts wrongly.

## Example
`status: submitted` while the history ends with `editing`.

## How to fix
Add the entry that is missing, or correct `status`.

## Source
R105: Microsoft, Create and manage claims (everything is logged in History).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poe_pack.findings import Severity
from poe_pack.model import Claim, HistoryEntry, Plan, Status
from poe_pack.rules.base import ClaimContext, Hit, Place, PlanContext

CODE = "POE802"
NAME = "status-differs-from-history"
SEVERITY = Severity.ERROR
READS = ("/status", "/history")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    yield from _differs(claim.status, claim.history, claim.file)


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    if plan.history:
        yield from _differs(plan.status, plan.history, plan.file)


def _differs(status: Status | None, history: Sequence[HistoryEntry], file: str) -> Iterator[Hit]:
    if status is None:
        return
    if not history:
        if status is not Status.EDITING:
            yield Hit("/status", {"status": status.value}, "no_history")
        return
    last = history[-1].status
    if last is not None and last is not status:
        place = Place(file, f"/history/{len(history) - 1}/status")
        yield Hit("/status", {"status": status.value, "last": last.value}, related=(place,))
