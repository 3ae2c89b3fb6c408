"""The record of a dispute fits the history.

## What it checks
A disputed claim has `dispute`, and a claim that never was disputed has none. Its day is that of the entry of
`history`, its outcome the status that followed, and it was not decided before it began.

## Why
The business days for the decision are counted from the dispute.

## Example
`dispute: {outcome: approved}` while the history goes on with `rejected`.

## How to fix
Correct the record, or add the entry that the history lacks.

## Source
R101 and R108: Microsoft, Manage co-op claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Dispute, HistoryEntry, Status
from poe_pack.rules.base import ClaimContext, Hit, Place
from poe_pack.rules.workflow._steps import stands_on, steps

CODE = "POE811"
NAME = "dispute-differs"
SEVERITY = Severity.ERROR
READS = ("/status", "/history", "/dispute")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if claim.dispute is None:
        if stands_on(claim, Status.DISPUTED):
            yield Hit("/dispute", variant="missing")
        return
    all_steps = list(steps(claim.history))
    disputed = [number for number, (_, entry) in enumerate(all_steps) if entry.status is Status.DISPUTED]
    if disputed:
        yield from _differs(claim, ctx, claim.dispute, all_steps[disputed[-1] :])
    elif claim.status is not Status.DISPUTED:
        yield Hit("/dispute", variant="never", at_key=True)
    yield from _decided_early(ctx, claim.dispute)


def _differs(claim: Claim, ctx: ClaimContext, dispute: Dispute, since: list[tuple[int, HistoryEntry]]) -> Iterator[Hit]:
    """What does not agree with the last dispute of the history and the step after it."""
    index, entry = since[0]
    if dispute.at is not None and entry.at is not None and ctx.day(dispute.at) != ctx.day(entry.at):
        values = {"day": ctx.day(dispute.at), "disputed_on": ctx.day(entry.at)}
        related = (Place(claim.file, f"/history/{index}/at"),)
        yield Hit("/dispute/at", values, "day", severity=Severity.WARNING, related=related)
    index, entry = since[min(1, len(since) - 1)]
    if dispute.outcome is not None and entry.status is not None and entry.status is not dispute.outcome:
        states = {"outcome": dispute.outcome.value, "status": entry.status.value}
        related = (Place(claim.file, f"/history/{index}/status"),)
        yield Hit("/dispute/outcome", states, "outcome", related=related)


def _decided_early(ctx: ClaimContext, dispute: Dispute) -> Iterator[Hit]:
    if dispute.decided_on is not None and dispute.at is not None and dispute.decided_on < ctx.day(dispute.at):
        values = {"decided": dispute.decided_on, "day": ctx.day(dispute.at)}
        yield Hit("/dispute/decided_on", values, "early")
