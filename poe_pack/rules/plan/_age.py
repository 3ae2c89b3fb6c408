"""Which of several plans came first."""

from __future__ import annotations

from datetime import UTC

from poe_pack.model import Plan, Status


def age(plan: Plan) -> tuple[bool, str, str]:
    """Plans handed in come before drafts, older ones before newer: the later plan is the one too many."""
    begun = next((entry.at.astimezone(UTC).isoformat() for entry in plan.history if entry.at is not None), "9")
    return (plan.status is Status.EDITING, begun, plan.file)
