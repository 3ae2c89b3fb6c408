"""A claim names the very program, where the portal asks to choose among several.

## What it checks
In the co-op flow, `program` is none of those for which the rulebook lists others that a claim names instead.

## Why
The portal keeps an account for each of them, and a claim draws on one.

## Example
`program: Surface`

## How to fix
Write the one that the portal shows beside the money, for example `ADD-PC`.

## Source
R22: Microsoft, Create claims (Surface).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Flow
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.head._programs import names_of, program_of, used_on

CODE = "POE312"
NAME = "program-to-be-chosen"
SEVERITY = Severity.ERROR
READS = ("/flow", "/program", "/usage_period", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    facts = program_of(ctx)
    if claim.flow is not Flow.CO_OP_MANAGEMENT or facts is None or facts.value is None or not facts.claimed_as:
        return
    day = used_on(ctx)
    values = {"program": claim.program, "expected": names_of(ctx.book, facts.claimed_as, day)}
    yield Hit("/program", values, judged_by=facts.value.judged_by(day, "claimed_as"))
