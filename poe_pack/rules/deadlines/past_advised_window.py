"""A claim is handed in by the day that is advised for its usage period.

## What it checks
The first submission, or for a draft today, is not after the day that the rulebook advises from the end of the usage
period. Once the claim window itself has closed, POE701 says so instead.

## Why
Pages and tables differ by a day about when the window closes. Whoever keeps the earlier day is right by both.

## Example
A claim of FY27 H1 handed in on 15 February 2027: inside the table's window, a day after the one that the help names.

## How to fix
Hand in at once; the table decides, but only until the window closes.

## Source
R95: help page on claims beside Microsoft, Overview of co-op claims, which differ by one day.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Status
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import handed_in_first, last_day, window

CODE = "POE703"
NAME = "past-advised-window"
SEVERITY = Severity.WARNING
READS = ("/flow", "/usage_period", "/date", "/status", "/history", "/submissions")
KIND = "advised_window"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    found, handed_in = window(ctx), handed_in_first(claim, ctx)
    if found is None or handed_in is None:
        return
    period = found[0]
    last = last_day(claim, ctx, KIND, ctx.usage_period.last if ctx.usage_period is not None else None)
    path, day = handed_in
    if last is not None and last.day < day <= period.last:
        values = {"period": period.label, "last": last.day, "closes": period.last}
        is_draft = claim.status is Status.EDITING
        values |= {"days": (period.last - day).days} if is_draft else {"day": day}
        yield Hit(path, values, "draft" if is_draft else "", judged_by=last.value.judged_by(ctx.judged_on))
