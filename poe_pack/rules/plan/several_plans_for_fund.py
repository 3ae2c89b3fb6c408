"""One plan for a fund in a programme year.

## What it checks
No two plans of a partner ID name the same fund and programme year for different programs. Two plans of one program
are another finding.

## Why
The portal's help allows one plan for a fund type in a programme year, and elsewhere one for each program. Who plans
by the looser reading may be unable to create the second plan.

## Example
`fund: Hosting co-op`, `program_year: FY27` in a plan for Hosting and in one for CSP Indirect Reseller.

## How to fix
Name the fund as the portal does for each program, or move the campaigns into one plan.

## Source
R02: Microsoft, Create your plan. Its page of October 2023 states the key with the program only, so this warns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Plan
from poe_pack.rules.base import Hit, Place, RepositoryContext
from poe_pack.rules.plan._age import age
from poe_pack.rules.plan._year import principle, year_of

CODE = "POE204"
NAME = "several-plans-for-fund"
SEVERITY = Severity.WARNING
READS = ("/partner_id", "/fund", "/program", "/program_year", "/status", "/history")


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    earlier: dict[tuple[str | None, str, str], list[Plan]] = defaultdict(list)
    for plan in sorted(ctx.plans, key=age):
        year = year_of(plan, ctx.calendar)
        if year is None:
            continue
        others = earlier[plan.partner_id, plan.fund, plan.program_year]
        if others and plan.program not in {other.program for other in others}:
            first = others[0]
            values = {"first": first.id, "program": first.program, "fund": plan.fund, "year": plan.program_year}
            source = principle(ctx.book, year, "one_plan")
            yield Hit("/fund", values, file=plan.file, related=(Place(first.file, "/fund"),), judged_by=source)
        others.append(plan)
