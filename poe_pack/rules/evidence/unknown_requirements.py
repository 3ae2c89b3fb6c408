"""No source that could be read says all that the activity type needs.

## What it checks
On the claim's date the rulebook knows the activity type, but not which evidence, figures or expenses it asks for or
allows; or the source asks for more evidence than could be read.

## Why
Silence is no permission. The tool rejects nothing that no source says, so here a clean result means less.

## Example
A claim of `on_demand_training`, which Microsoft lists without its requirements.

## How to fix
Ask your contact at Microsoft what is wanted and keep the answer with the claim. Nothing has to be changed.

## Source
R61, R69: Microsoft names the activity, or announces more evidence for it, without saying which.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE515"
NAME = "unknown-requirements"
SEVERITY = Severity.INFO
READS = ("/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    needs = ctx.needs
    if needs is None:
        return
    known = {"evidence": needs.evidence, "metrics": needs.metrics, "expenses": needs.expenses}
    unknown = tuple(Words(f"requirements.{what}") for what, value in known.items() if value is None)
    values: dict[str, object] = {"type": ctx.book.name("activity_types", claim.activity_type)}
    if unknown:
        source = needs.activity.judged_by(ctx.judged_on)
        yield Hit("/activity_type", values | {"what": unknown}, judged_by=source)
    if needs.evidence_truncated:
        source = needs.activity.judged_by(ctx.judged_on, "evidence_truncated")
        yield Hit("/activity_type", values, "truncated", judged_by=source)
