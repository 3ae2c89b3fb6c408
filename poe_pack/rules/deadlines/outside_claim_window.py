"""A claim is handed in while its claim window is open.

## What it checks
The claim is handed in inside the window of the usage period, both ends included, in the repository's time zone. The
first submission counts: what is handed in again because the reviewer asked is not late. A draft whose window has
closed has expired; with `--for submission` a window that is not open yet is a finding too.

## Why
What is not claimed in time is lost for good.

## Example
A claim of FY27 H1 (window 16 August 2026 to 15 February 2027) handed in on 16 February 2027.

## How to fix
Nothing brings an expired claim back. Before the window opens, wait: earnings are not visible yet.

## Source
R93 and R94: Microsoft, Overview of co-op claims (table of claiming periods).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from poe_pack.findings import JudgedBy, Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Period, Status
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import first_handed_in, window

CODE = "POE701"
NAME = "outside-claim-window"
SEVERITY = Severity.ERROR
READS = ("/usage_period", "/date", "/status", "/history", "/submissions")
CHECKLIST = "dates"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    found = window(ctx)
    if found is None:
        return
    period, value = found
    source = value.judged_by(ctx.judged_on)
    values = {"period": period.label, "opens": period.first, "closes": period.last}
    if claim.status is not Status.EDITING:
        yield from _handed_in(claim, ctx, period, values, source)
    elif ctx.today > period.last:
        yield Hit("/status", values, "expired", judged_by=source)
    elif ctx.for_submission and ctx.today < period.first:
        yield Hit("/status", values, "not_open", judged_by=source)


def _handed_in(
    claim: Claim, ctx: ClaimContext, period: Period, values: Mapping[str, Any], source: JudgedBy
) -> Iterator[Hit]:
    """The first round may be too late, the last one still too early."""
    first, last = first_handed_in(claim), ctx.handed_in_on
    if first is None or last is None:
        return
    if (day := ctx.day(first[1])) > period.last:
        path, variant = first[0], ""
    elif (day := last) < period.first:
        path, variant = f"/submissions/{len(claim.submissions) - 1}/at", "early"
    else:
        return
    path = path if claim.submissions else "/history"
    yield Hit(path, {**values, "day": day}, variant, at_key=not claim.submissions, judged_by=source)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    found = window(ctx)
    return None if found is None else Words("POE701.compared", {"start": found[0].first, "end": found[0].last})
