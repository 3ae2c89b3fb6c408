"""What the rulebook asks of invoices that are evidence themselves."""

from __future__ import annotations

from poe_pack.findings import JudgedBy
from poe_pack.rules.base import ClaimContext


def invoice_kinds(ctx: ClaimContext, key: str) -> tuple[tuple[str, ...], JudgedBy | None]:
    """What the kinds of evidence that the claim needs list under `key`, and where it is said that they are needed."""
    if ctx.needs is None:
        return (), None
    kinds = (id for need in ctx.needs.evidence or () for id in need.ids)
    entries = (ctx.book.entry("evidence_kinds", id) or {} for id in kinds)
    listed = tuple(dict.fromkeys(item for entry in entries for item in entry.get(key, ())))
    return listed, ctx.needs.activity.judged_by(ctx.judged_on, "evidence")
