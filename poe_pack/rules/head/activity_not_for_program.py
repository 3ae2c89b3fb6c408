"""An activity that only some programs pay is claimed in one of them.

## What it checks
Where the rulebook opens an activity type to certain programs or groups of programs, `program` is one of them. A
program that the rulebook does not know is not judged.

## Why
In any other program the activity is not reimbursed.

## Example
`activity_type: tv_radio` with `program: Hosting`.

## How to fix
Claim it in the program that pays for it, or file it under the activity type that it really was.

## Source
R33: Microsoft, Americas incentives guide of October 2023 (TV/radio for Surface only).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.head._programs import names_of, program_of

CODE = "POE322"
NAME = "activity-not-for-program"
SEVERITY = Severity.ERROR
READS = ("/activity_type", "/date", "/program", "/usage_period")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    needs, facts = ctx.needs, program_of(ctx)
    if needs is None or facts is None or needs.programs_only is None or needs.programs_only & facts.kinds:
        return
    values = {
        "type": ctx.book.name("activity_types", claim.activity_type, ctx.judged_on),
        "program": ctx.book.name("programs", facts.id, ctx.judged_on),
        "expected": names_of(ctx.book, needs.programs_only, ctx.judged_on),
    }
    yield Hit("/activity_type", values, judged_by=needs.activity.judged_by(ctx.judged_on, "programs"))
