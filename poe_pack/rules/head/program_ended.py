"""The program still earned co-op for the usage period that is claimed.

## What it checks
`program` is none of those that the rulebook says had ended by the first day of the claim's usage period.

## Why
What such a program earned last was paid as a rebate, and there is no co-op money left to claim.

## Example
`program: Mixed Reality ADD` with `usage_period: FY24 H1`.

## How to fix
Correct program or usage period. Otherwise the claim cannot be made.

## Source
R29: Microsoft, Americas incentives guide of October 2023.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, Place
from poe_pack.rules.head._programs import ended_on, program_of, used_on

CODE = "POE315"
NAME = "program-ended"
SEVERITY = Severity.ERROR
READS = ("/program", "/usage_period", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    day = used_on(ctx)
    facts, ended = program_of(ctx), ended_on(ctx.book, claim.program, day)
    if facts is None or facts.value is None or ended is None:
        return
    values = {"program": ctx.book.name("programs", facts.id, day), "ended": ended}
    path = "/date" if claim.usage_period is None else "/usage_period"
    related = (Place(claim.file, path),)
    yield Hit("/program", values, related=related, judged_by=facts.value.judged_by(day, "co_op"))
