"""The program is one that earns co-op.

## What it checks
`program` of a claim, and of a plan, is none of those of which the rulebook says that they never earned co-op. A
program that nobody knows is not judged; one that has ended is another finding.

## Why
There is no co-op money in such a program, and a claim for it is refused.

## Example
`program: OSA Sell`

## How to fix
Name the program in which the co-op was earned.

## Source
R21: Microsoft, Overview of co-op claims (programs without co-op).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import Claim, Plan
from poe_pack.rulebook import Rulebook, UnknownValue, program_facts
from poe_pack.rules.base import ClaimContext, Hit, PlanContext
from poe_pack.rules.head._programs import ended_on, used_on

CODE = "POE311"
NAME = "program-without-co-op"
SEVERITY = Severity.ERROR
READS = ("/program", "/usage_period", "/date", "/program_year")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    yield from _without(ctx.book, claim.program, used_on(ctx))


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    try:
        year = ctx.calendar.program_year(plan.program_year)
    except UnknownValue:  # a year before the rulebook's first
        return
    if year is not None:
        yield from _without(ctx.book, plan.program, year.first)


def _without(book: Rulebook, program: str, day: date) -> Iterator[Hit]:
    facts = program_facts(book, program, day)
    if facts is None or facts.value is None or facts.co_op is not False or ended_on(book, program, day) is not None:
        return
    name = book.name("programs", facts.id, day)
    yield Hit("/program", {"program": name}, judged_by=facts.value.judged_by(day, "co_op"))
