"""The two flows and the portal's statuses, as identifiers. Which may follow which is the rulebook's matter."""

from enum import StrEnum


class Flow(StrEnum):
    """How a claim is filed: under a planned activity, or for a programme, location and usage period."""

    PLAN_MANAGEMENT = "plan_management"
    CO_OP_MANAGEMENT = "co_op_management"


class Status(StrEnum):
    """State of a claim or plan as the portal names it (a plan is never disputed)."""

    EDITING = "editing"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    ACTION_REQUIRED = "action_required"
    APPROVED = "approved"
    REJECTED = "rejected"
    DISPUTED = "disputed"


OPEN_TO_PARTNER = frozenset({Status.EDITING, Status.ACTION_REQUIRED})
"""The partner may still change the document."""

CLOSED = frozenset(Status) - OPEN_TO_PARTNER
"""Handed in: judged by its recorded submission."""
