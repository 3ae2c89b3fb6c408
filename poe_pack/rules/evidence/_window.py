"""The days within which evidence of a claim may have been made."""

from __future__ import annotations

from datetime import date

from poe_pack.model import Claim, Flow
from poe_pack.rules.base import ClaimContext


def claimed_under(claim: Claim, ctx: ClaimContext) -> tuple[str, date, date] | None:
    """The variant of the message with the first and last day; None where the claim has neither."""
    if claim.flow is Flow.PLAN_MANAGEMENT:
        start, end = (ctx.campaign.start_date, ctx.campaign.end_date) if ctx.campaign is not None else (None, None)
        # No day is inside a campaign that ends before it starts; the plan has that finding.
        return None if start is None or end is None or start > end else ("", start, end)
    period = ctx.usage_period
    return None if period is None else ("usage_period", period.first, period.last)
