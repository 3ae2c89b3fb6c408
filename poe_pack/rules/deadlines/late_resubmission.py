"""After a rejection a claim is handed in again in time.

## What it checks
Where the rulebook limits it, each submission that follows a rejection is not later than the days allowed; nor is it
today for a claim that is being edited again.

## Why
After that day the claim cannot be handed in any more.

## Example
Rejected on 1 July 2026 and handed in again on 20 August, with 45 days between them allowed.

## How to fix
Hand in again in time; after that, ask the vendor's manager what can be done.

## Source
Huawei Cloud, Applying for MDF reimbursement (page apb_060002).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import last_day

CODE = "POE712"
NAME = "late-resubmission"
SEVERITY = Severity.ERROR
READS = ("/flow", "/date", "/status", "/history")
KIND = "resubmission"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    rejected: date | None = None
    for index, entry in enumerate(claim.history):
        if entry.at is None:
            continue
        if entry.status is Status.REJECTED:
            rejected = ctx.day(entry.at)
        elif entry.status is Status.SUBMITTED:
            yield from _late(claim, ctx, rejected, ctx.day(entry.at), f"/history/{index}/at")
            rejected = None
    if claim.status is Status.EDITING:
        yield from _late(claim, ctx, rejected, ctx.today, "/status")


def _late(claim: Claim, ctx: ClaimContext, rejected: date | None, day: date, path: str) -> Iterator[Hit]:
    last = last_day(claim, ctx, KIND, rejected)
    if last is not None and day > last.day:
        is_draft = path == "/status"
        values: dict[str, object] = {"rejected": rejected, "last": last.day}
        values |= {"days": (day - last.day).days} if is_draft else {"day": day}
        yield Hit(path, values, "draft" if is_draft else "", judged_by=last.value.judged_by(ctx.judged_on))
