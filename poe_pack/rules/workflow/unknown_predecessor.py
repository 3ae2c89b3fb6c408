"""A claim that replaces another one names one that has come to its end.

## What it checks
`replaces` names another claim of the same partner, no two claims replace each other in a ring, and one claim is
replaced by one only (rejected ones do not count). The claim that is replaced was rejected, or its time ran out while
it was a draft.

## Why
A claim beside the one that it replaces asks for the same money twice.

## Example
`replaces: security-breakfast`, while the folder's claim has the id `security-breakfast-seminar`.

## How to fix
Use the id of the claim that was rejected or has expired, or take `replaces` out.

## Source
R112: inferred from general practice (one activity, one claim).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rules.base import ClaimContext, Hit, Place, RepositoryContext
from poe_pack.rules.deadlines._days import window

CODE = "POE812"
NAME = "unknown-predecessor"
SEVERITY = Severity.ERROR
READS = ("/replaces", "/status", "/usage_period", "/date", "/history", "/submissions")


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    by_id = {context.claim.id: context for context in ctx.claims}
    for context in ctx.claims:
        if context.claim.replaces is not None:
            yield from _names(context, by_id, "claim" in ctx.unreadable)
    yield from _twice(ctx)


def _names(context: ClaimContext, by_id: Mapping[str, ClaimContext], some_unreadable: bool) -> Iterator[Hit]:
    claim, before = context.claim, context.predecessor
    values = {"id": claim.replaces}
    if claim.replaces == claim.id:
        yield Hit("/replaces", values, "self", file=claim.file)
    elif before is None:
        if not some_unreadable:
            yield Hit("/replaces", values, file=claim.file)
    elif ring := _ring(claim, by_id):
        if claim.id == ring[0]:
            yield Hit("/replaces", {"claims": ring}, "cycle", file=claim.file)
    elif before.id in by_id and not _ended(by_id[before.id]):
        related = (Place(before.file, "/status"),)
        values = {"id": before.id, "status": before.status.value if before.status is not None else ""}
        yield Hit("/replaces", values, "alive", severity=Severity.WARNING, file=claim.file, related=related)


def _ring(claim: Claim, by_id: Mapping[str, ClaimContext]) -> tuple[str, ...]:
    """The ids of a ring of claims that this one is part of, the first by name in front; else empty."""
    seen = [claim.id]
    while (context := by_id.get(seen[-1])) is not None and context.claim.replaces is not None:
        following = context.claim.replaces
        if following == claim.id:
            first = seen.index(min(seen))
            return tuple(seen[first:] + seen[:first])
        if following in seen:  # the ring is further down; its own claims say so
            return ()
        seen.append(following)
    return ()


def _ended(context: ClaimContext) -> bool:
    """Rejected, or a draft whose claim window has closed."""
    claim, found = context.claim, window(context)
    if claim.status is Status.EDITING:
        return found is not None and context.today > found[0].last
    return claim.status is Status.REJECTED


def _twice(ctx: RepositoryContext) -> Iterator[Hit]:
    """All but the first of the claims that take the place of one."""
    taken: dict[str, list[Claim]] = defaultdict(list)
    for context in sorted(ctx.claims, key=_order):
        claim = context.claim
        if context.predecessor is not None and claim.status is not Status.REJECTED and claim.replaces != claim.id:
            taken[context.predecessor.id].append(claim)
    for id, claims in taken.items():
        for claim in claims[1:]:
            values = {"id": id, "claim": claims[0].id}
            related = (Place(claims[0].file, "/replaces"),)
            yield Hit("/replaces", values, "twice", file=claim.file, related=related)


def _order(context: ClaimContext) -> tuple[bool, str, str]:
    """Claims handed in come first, in time order."""
    moment = context.claim.submitted_at
    return (moment is None, moment.astimezone(UTC).isoformat() if moment else "", context.claim.id)
