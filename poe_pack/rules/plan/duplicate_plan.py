"""One plan for each partner ID, fund, program and programme year.

## What it checks
No two plans of a partner name the same partner ID, fund, program and programme year.

## Why
Partner Center takes one plan for each of them; the second cannot be created there.

## Example
`plans/fy27-hosting.yaml` and `plans/fy27-hosting-2.yaml` with `program: Hosting`, `program_year: FY27`.

## How to fix
Move the campaigns of one plan into the other, or correct fund, program or programme year.

## Source
R01: Microsoft, Create your plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Plan
from poe_pack.rules.base import Hit, Place, RepositoryContext
from poe_pack.rules.plan._age import age

CODE = "POE201"
NAME = "duplicate-plan"
SEVERITY = Severity.ERROR
READS = ("/partner_id", "/fund", "/program", "/program_year", "/status", "/history")


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    seen: dict[tuple[str | None, str, str, str], Plan] = {}
    for plan in sorted(ctx.plans, key=age):
        key = (plan.partner_id, plan.fund, plan.program, plan.program_year)
        if not all(key):
            continue
        first = seen.setdefault(key, plan)
        if first is not plan:
            values = {"first": first.id, "fund": plan.fund, "program": plan.program, "year": plan.program_year}
            yield Hit("/fund", values, file=plan.file, related=(Place(first.file, "/fund"),))
