"""The stages of a pre-approval that an activity type needs, and when a claim says that they were passed."""

from __future__ import annotations

from datetime import date

from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext

# Where a claim keeps the day of each stage that a rulebook may ask for.
_KEYS = {"pre_approval": "approved_on", "final_review": "final_review_on"}


def stages_of(claim: Claim, ctx: ClaimContext) -> list[tuple[str, date | None]]:
    """Keys of `pre_approval` with their days, in the rulebook's order; nothing where nothing is needed."""
    if ctx.needs is None or ctx.needs.pre_approval is None:
        return []
    keys = [_KEYS[stage] for stage in ctx.needs.pre_approval.stages]
    return [(key, getattr(claim.pre_approval, key, None)) for key in keys]
