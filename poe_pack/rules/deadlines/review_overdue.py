"""A claim that was handed in is reviewed in time.

## What it checks
While a claim waits for its review, the day is not over by which the rulebook says that it will be reviewed. Business
days leave out the `holidays` of poe.yaml.

## Why
A claim that is stuck stays stuck until somebody asks.

## Example
A claim of the co-op flow handed in on Thursday 22 October 2026 and still under review on Tuesday 27 October.

## How to fix
Ask with a support ticket that names the portal's number of the claim.

## Source
R100: Microsoft, Manage co-op claims; Submit proof of execution.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import last_day, overdue

CODE = "POE707"
NAME = "review-overdue"
SEVERITY = Severity.INFO
READS = ("/flow", "/date", "/status", "/history", "/submissions")
CLOCK = True
KINDS = ("co_op_review", "plan_review")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for kind in KINDS:
        last = last_day(claim, ctx, kind, ctx.handed_in_on)
        values = overdue(claim, ctx, last)
        if last is not None and values is not None:
            values["day"] = ctx.handed_in_on
            yield Hit("/status", values, judged_by=last.value.judged_by(ctx.judged_on))
