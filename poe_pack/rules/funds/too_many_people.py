"""No more people are claimed for than the programme pays for.

## What it checks
Where the rulebook caps the number of people, the people named in claimed invoice lines (`person`), over all claims of a
partner that name the same `event`, are no more. In each claim the first line of somebody beyond has the finding.
Besides, lines that such a cap counts name their person, and the claim names the event: without them nobody can count.

## Why
Travel and registration of further people are not paid back.

## Example
Four colleagues at one conference, in two claims, where three are the most.

## How to fix
Take the lines of the further people out of the claim, or set their `claimed` to 0. Give every line its `person` and
the claim its `event`, and split a line that is for several people.

## Source
R87: Microsoft, Core requirements for the activities in your incentive program.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, Place, RepositoryContext
from poe_pack.rules.funds import _beyond
from poe_pack.rules.funds._caps import Kind, Pool, claimed_lines, kind_of, limits, pools
from poe_pack.rules.funds._taking import takes

CODE = "POE612"
NAME = "too-many-people"
SEVERITY = Severity.ERROR
READS = (*_beyond.READS, *("/event", "/third_party_invoices"))


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    """What keeps people from being counted; a claim that takes nothing is not counted anyway."""
    counting = [cap for cap, limit in limits(ctx) if kind_of(cap, limit) in (Kind.PEOPLE, Kind.PERSON)]
    if not counting or not takes(ctx):
        return
    if claim.event is None and any("conference" in cap.per for cap in counting):
        yield Hit("/event", {}, "event", severity=Severity.WARNING)
    lines = {path: line for cap in counting for path, line, _ in claimed_lines(ctx, cap)}
    for path, line in lines.items():
        if line.person is None:
            yield Hit(f"{path}/person", {}, "unnamed", at_key=True, severity=Severity.WARNING)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    for pool in pools(ctx.claims, [Kind.PEOPLE]):
        yield from _too_many(pool)


def _too_many(pool: Pool) -> Iterator[Hit]:
    people: set[str | None] = set()
    hit: set[str] = set()
    files: dict[str, None] = {}
    for share in pool.shares:
        context, limit = share.context, share.limit.people or 0
        file = context.claim.file
        if share.person not in people and len(people) >= limit and file not in hit:
            hit.add(file)
            activity = context.book.name("activity_types", context.claim.activity_type, context.judged_on)
            values = {"limit": limit, "activity": activity, "scope": pool.scope}
            yield Hit(
                f"{share.path}/person",
                values,
                severity=None if share.is_firm else Severity.WARNING,
                file=file,
                related=tuple(Place(other, "/amount") for other in files if other != file),
                judged_by=share.judged_by,
            )
        people.add(share.person)
        files[file] = None
