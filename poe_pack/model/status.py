"""The flows and the portal's statuses, as identifiers. Which may follow which is the rulebook's matter."""

from enum import StrEnum


class Flow(StrEnum):
    """How a claim is filed: under a planned activity, for a programme, location and usage period, or with neither."""

    PLAN_MANAGEMENT = "plan_management"
    CO_OP_MANAGEMENT = "co_op_management"
    DIRECT = "direct"


class Status(StrEnum):
    """State of a claim or plan as the portal names it (a plan is never disputed)."""

    EDITING = "editing"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    ACTION_REQUIRED = "action_required"
    APPROVED = "approved"
    REJECTED = "rejected"
    DISPUTED = "disputed"


WITHOUT_PLAN = frozenset({Flow.CO_OP_MANAGEMENT, Flow.DIRECT})
"""Such claims have no plan, campaign and planned activity."""

OPEN_TO_PARTNER = frozenset({Status.EDITING, Status.ACTION_REQUIRED})
"""The partner may still change the document."""

CLOSED = frozenset(Status) - OPEN_TO_PARTNER
"""Handed in: judged by its recorded submission."""
