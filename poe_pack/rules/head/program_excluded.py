"""An activity is not claimed in a program that is excluded from it.

## What it checks
Where the rulebook excludes programs or groups of programs from an activity type, `program` is none of them. A program
that the rulebook does not know is not judged.

## Why
In such a program the activity is not reimbursed, though others pay for it.

## Example
`activity_type: employee_purchase_web` with `program: ADD-PC`.

## How to fix
Claim it in another program in which co-op was earned, or do not claim it.

## Source
R80: Microsoft, Core requirements (employee purchase web setup).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.head._programs import program_of

CODE = "POE324"
NAME = "program-excluded"
SEVERITY = Severity.ERROR
READS = ("/activity_type", "/date", "/program", "/usage_period")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    needs, facts = ctx.needs, program_of(ctx)
    if needs is None or facts is None or not needs.programs_except & facts.kinds:
        return
    values = {
        "type": ctx.book.name("activity_types", claim.activity_type, ctx.judged_on),
        "program": ctx.book.name("programs", facts.id, ctx.judged_on),
    }
    yield Hit("/activity_type", values, judged_by=needs.activity.judged_by(ctx.judged_on, "programs"))
