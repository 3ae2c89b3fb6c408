"""An activity has taken place when it is claimed.

## What it checks
`date`, and the last day of `execution_period`, are not after the day of the last submission, nor in a draft after
today. In a draft it may still be open.

## Why
The date is that of execution: Microsoft pays what was done, not what is planned.

## Example
`date: "2026-10-23"` in a claim that was handed in on 22 October 2026.

## How to fix
Correct the date, or hand in when the activity is over.

## Source
R17: practice; Microsoft, Prepare your proof of execution, calls it the date of execution.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE306"
NAME = "date-in-future"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/date", "/execution_period", "/status", "/history", "/submissions")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    path, done = "/date", claim.date
    over = claim.execution_period.last if claim.execution_period is not None else None
    if over is not None and (done is None or over > done):
        path, done = "/execution_period/to", over
    limit = ctx.handed_in_on if claim.is_closed else ctx.today
    if done is not None and limit is not None and done > limit:
        variant = "" if claim.is_closed else "draft"
        source = ctx.source("principles", "claim_form")
        yield Hit(path, {"date": done, "limit": limit}, variant, judged_by=source)
