"""In one word, how a claim stands; whose turn it is; and what is to be done next."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Status
from poe_pack.validation.result import (
    CheckGroup,
    ChecklistItem,
    CheckState,
    ClaimResult,
    Deadline,
    Readiness,
)


class State(StrEnum):
    """The word shown for a claim: its status, and for a draft how far it is. What presses comes first."""

    ACTION_REQUIRED = "action_required"
    READY = "ready"
    INCOMPLETE = "incomplete"
    FAULTY = "faulty"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    DISPUTED = "disputed"
    APPROVED = "approved"
    PAID = "paid"
    REJECTED = "rejected"
    EXPIRED = "expired"


class Turn(StrEnum):
    """Who must act next. A claim that is settled is nobody's turn."""

    PARTNER = "partner"
    VENDOR = "vendor"


AT_RISK = frozenset({State.ACTION_REQUIRED, State.INCOMPLETE, State.FAULTY})
"""The amount lapses unless somebody acts: something required is missing, wrong or asked for."""

_TURNS = {
    State.ACTION_REQUIRED: Turn.PARTNER,
    State.READY: Turn.PARTNER,
    State.INCOMPLETE: Turn.PARTNER,
    State.FAULTY: Turn.PARTNER,
    State.SUBMITTED: Turn.VENDOR,
    State.UNDER_REVIEW: Turn.VENDOR,
    State.DISPUTED: Turn.VENDOR,
    State.APPROVED: Turn.VENDOR,
}

_DRAFTS = {
    Readiness.READY: State.READY,
    Readiness.INCOMPLETE: State.INCOMPLETE,
    Readiness.FAULTY: State.FAULTY,
}


def turn_of(state: State) -> Turn | None:
    """Who must act on a claim in this state, or None where it is settled."""
    return _TURNS.get(state)


def state_of(result: ClaimResult, as_of: date) -> State:
    """The word for a claim as of a day."""
    claim = result.claim
    if claim.status is Status.APPROVED:
        return State.PAID if result.paid else State.APPROVED
    if claim.status is Status.EDITING:
        return State.EXPIRED if _has_expired(result, as_of) else _draft_state(result)
    if claim.status is None:
        return State.FAULTY
    return State(claim.status.value)


def _draft_state(result: ClaimResult) -> State:
    return _DRAFTS.get(result.readiness, State.FAULTY)


def _has_expired(result: ClaimResult, as_of: date) -> bool:
    """A draft can no longer be handed in once its window or any firm last day of the partner has passed."""
    if result.claim_window is not None and result.claim_window.last < as_of:
        return True
    return any(deadline.day < as_of for deadline in result.deadlines if _is_firm(deadline, Turn.PARTNER))


def _is_firm(deadline: Deadline, turn: Turn) -> bool:
    return not deadline.advised and deadline.by == turn


def next_deadline(result: ClaimResult, state: State) -> Deadline | None:
    """The first last day of whoever must act, or None where the claim is settled or no day is known."""
    turn = turn_of(state)
    if turn is None:
        return None
    firm = [deadline for deadline in result.deadlines if _is_firm(deadline, turn)]
    return min(firm, key=lambda deadline: (deadline.day, deadline.kind), default=None)


def advised_day(result: ClaimResult, state: State, as_of: date) -> date | None:
    """The next day by which the programme advises the partner to act, where it comes before the last day."""
    if turn_of(state) is not Turn.PARTNER:
        return None
    deadline = next_deadline(result, state)
    last = deadline.day if deadline is not None else date.max
    days = (advice.day for advice in result.deadlines if advice.advised and advice.by == Turn.PARTNER)
    return min((day for day in days if as_of <= day <= last), default=None)


def next_step(result: ClaimResult, state: State) -> Words:
    """What is to be done next: a message of the report's catalogue below `report.next.`."""
    if state is State.FAULTY:
        errors = sum(finding.severity is Severity.ERROR for finding in result.findings)
        return Words("report.next.faulty", {"count": errors}) if errors else Words("report.next.unread")
    if state is State.INCOMPLETE:
        return _what_is_missing(result)
    if state in (State.REJECTED, State.EXPIRED) and result.replaced_by is not None:
        return Words("report.next.replaced", {"claim": result.replaced_by})
    if state is State.REJECTED and result.claim.dispute is not None:
        return Words("report.next.closed")
    return Words(f"report.next.{state.value}")


def _what_is_missing(result: ClaimResult) -> Words:
    """Names the first thing that lacks, evidence and metrics before the rest, and counts the other open findings."""
    count = sum(finding.severity is Severity.OPEN for finding in result.findings)
    lacking = [item for item in result.checklist if item.state in (CheckState.OPEN, CheckState.MISSING)]
    if not lacking:
        return Words("report.next.open", {"count": count})
    first = min(lacking, key=lambda item: item.group is not CheckGroup.ACTIVITY)
    return _complete(first, count - 1)


def _complete(item: ChecklistItem, more: int) -> Words:
    """Evidence and metrics are added; the rest of a form is completed."""
    key = "add" if item.group is CheckGroup.ACTIVITY else "complete"
    if more:
        return Words(f"report.next.{key}_and_more", {"what": item.title, "count": more})
    return Words(f"report.next.{key}", {"what": item.title})


def step_day(result: ClaimResult, state: State) -> date | None:
    """The date beside the next step: its last day, or for a settled claim how long its files are kept."""
    deadline = next_deadline(result, state)
    if deadline is not None:
        return deadline.day
    is_settled = result.claim.dispute is not None or result.replaced_by is not None
    is_over = state is State.PAID or (state is State.REJECTED and is_settled)
    return result.keep_until if is_over else None
