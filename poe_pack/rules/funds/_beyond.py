"""Turns what goes beyond a cap into hits: the rules on caps differ in the kind that they look at and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from poe_pack.findings import Severity
from poe_pack.rules.base import Hit, Place, RepositoryContext
from poe_pack.rules.funds._caps import Kind, Pool, Taken, pools, tally

READS = (
    *("/activity_type", "/amount", "/currency", "/program", "/location", "/usage_period", "/date"),
    *("/status", "/history", "/submissions", "/approval"),
)
"""What every cap looks at in a claim."""
OF_EARNED = ("/earned", "/adjustments")
"""What a share of the earned amount looks at besides, in funds."""


def beyond(ctx: RepositoryContext, kind: Kind) -> Iterator[Hit]:
    """A hit for each claim that goes beyond a cap of this kind, where it does so; claims before it are related."""
    accounts = None if "funds" in ctx.unreadable else ctx.funds
    for pool in pools(ctx.claims, [kind]):
        before: dict[str, None] = {}
        for taken in tally(pool, accounts):
            if taken.goes_beyond:
                yield _hit(pool, taken, before)
            if taken.share.amount:
                before[taken.share.context.claim.file] = None


def _hit(pool: Pool, taken: Taken, before: Iterable[str]) -> Hit:
    share = taken.share
    context = share.context
    values = {
        "amount": taken.amount,
        "limit": taken.limit,
        "left": taken.left,
        "activity": context.book.name("activity_types", context.claim.activity_type, context.judged_on),
        "scope": pool.scope,
        "percent": max(share.limit.percents, default=0),
    }
    return Hit(
        share.path,
        values,
        severity=None if share.is_firm else Severity.WARNING,
        file=context.claim.file,
        related=tuple(Place(file, "/amount") for file in before if file != context.claim.file),
        judged_by=share.judged_by,
    )
