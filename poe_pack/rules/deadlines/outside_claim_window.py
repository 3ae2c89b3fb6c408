"""A claim is handed in while its claim window is open.

## What it checks
The last submission lies inside the window of the usage period, both ends included, in the repository's time zone. A
draft whose window has closed has expired; with `--for submission` a window that is not open yet is a finding too.

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

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Period, Status
from poe_pack.rulebook import Dated, UnknownValue
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE701"
NAME = "outside-claim-window"
SEVERITY = Severity.ERROR
READS = ("/usage_period", "/date", "/status", "/history", "/submissions")
CHECKLIST = "dates"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    found = _window(ctx)
    if found is None:
        return
    window, value = found
    source = value.judged_by(ctx.judged_on)
    values = {"period": window.label, "opens": window.first, "closes": window.last}
    handed_in = ctx.handed_in_on
    if claim.is_closed and handed_in is not None:
        if handed_in not in window:
            path = f"/submissions/{len(claim.submissions) - 1}/at" if claim.submissions else "/history"
            variant = "early" if handed_in < window.first else ""
            yield Hit(path, {**values, "day": handed_in}, variant, at_key=path == "/history", judged_by=source)
    elif claim.status in (Status.EDITING, Status.ACTION_REQUIRED) and ctx.today > window.last:
        yield Hit("/status", values, "expired", judged_by=source)
    elif ctx.for_submission and claim.status is Status.EDITING and ctx.today < window.first:
        yield Hit("/status", values, "not_open", judged_by=source)


def _window(ctx: ClaimContext) -> tuple[Period, Dated] | None:
    if ctx.usage_period is None:
        return None
    try:
        return ctx.calendar.claim_window(ctx.usage_period)
    except UnknownValue:
        return None


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    found = _window(ctx)
    return None if found is None else Words("POE701.compared", {"start": found[0].first, "end": found[0].last})
