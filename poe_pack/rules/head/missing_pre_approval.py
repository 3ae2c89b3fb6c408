"""Where Microsoft must approve material first, the claim names the approval.

## What it checks
For activity types that need it, `pre_approval_id` is given, and `pre_approval` says when each stage that the rulebook
asks for was passed. In a draft it may still be open.

## Why
Without its approval the activity is not paid, however well it was done.

## Example
A radio spot with `pre_approval_id: PA-20931` and no `final_review_on`.

## How to fix
Copy number and days from Microsoft's messages. What was not approved cannot be approved afterwards.

## Source
R31 and R32: Microsoft, Core requirements (TV/radio).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When
from poe_pack.rules.head._stages import stages_of

CODE = "POE320"
NAME = "missing-pre-approval"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/activity_type", "/date", "/pre_approval_id", "/pre_approval")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    stages = stages_of(claim, ctx)
    if ctx.needs is None or not stages:
        return
    source = ctx.needs.activity.judged_by(ctx.judged_on, "pre_approval")
    if claim.pre_approval_id is None:
        values = {"type": ctx.book.name("activity_types", claim.activity_type, ctx.judged_on)}
        yield Hit("/pre_approval_id", values, judged_by=source)
        return
    missing = tuple(key for key, day in stages if day is None)
    if missing:
        yield Hit("/pre_approval", {"missing": missing}, "stages", at_key=True, judged_by=source)
