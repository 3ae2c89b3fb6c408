"""Which of several plans came first, and which of several claims."""

from __future__ import annotations

from datetime import UTC

from poe_pack.model import Plan, Status
from poe_pack.rules.base import ClaimContext


def age(plan: Plan) -> tuple[bool, str, str]:
    """Plans handed in come before drafts, older ones before newer: the later plan is the one too many."""
    begun = next((entry.at.astimezone(UTC).isoformat() for entry in plan.history if entry.at is not None), "9")
    return (plan.status is Status.EDITING, begun, plan.file)


def turn(context: ClaimContext) -> tuple[bool, str, str, str]:
    """Claims handed in come before drafts, in the order of their submission; drafts in that of their dates."""
    claim = context.claim
    moment = claim.submitted_at
    return (
        claim.status is Status.EDITING,
        moment.astimezone(UTC).isoformat() if moment else "",
        claim.date.isoformat() if claim.date else "",
        claim.id,
    )
