"""The program that a claim or plan names, as the rulebook knows it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from poe_pack.languages import Words
from poe_pack.rulebook import ProgramFacts, Rulebook, program_facts
from poe_pack.rules.base import ClaimContext


def used_on(ctx: ClaimContext) -> date:
    """The day whose rulebook says what a program is: the first of the usage period that the claim draws on."""
    return ctx.judged_on if ctx.usage_period is None else ctx.usage_period.first


def program_of(ctx: ClaimContext) -> ProgramFacts | None:
    """The program in the usage period that the claim draws on; None if the rulebook knows none of that name."""
    return program_facts(ctx.book, ctx.claim.program, used_on(ctx))


def ended_on(book: Rulebook, text: str, day: date) -> date | None:
    """Since when a program earns no co-op any more; None for one that still does, or never did."""
    ended = None
    while True:
        facts = program_facts(book, text, day)
        if facts is None or facts.value is None or facts.co_op is None:
            return None
        if facts.co_op:
            return ended
        ended = facts.value.since
        day = ended - timedelta(days=1)


def names_of(book: Rulebook, kinds: Collection[str], day: date) -> tuple[Words, ...]:
    """Names of programs and groups of programs, by id."""
    groups = book.ids("program_groups")
    return tuple(book.name("program_groups" if id in groups else "programs", id, day) for id in sorted(kinds))
