"""The programme year of a plan, and when the plan was handed in."""

from __future__ import annotations

from datetime import date

from poe_pack.findings import JudgedBy
from poe_pack.model import Period, Plan, Status
from poe_pack.rulebook import Calendar, LastDay, Rulebook, UnknownValue
from poe_pack.rules.base import PlanContext

SUBMISSION = "plan_submission"
RESUBMISSION = "plan_resubmission"


def year_of(plan: Plan, calendar: Calendar) -> Period | None:
    """The programme year, or None where it is not written as one or lies before the rulebook's calendar."""
    try:
        return calendar.program_year(plan.program_year)
    except UnknownValue:
        return None


def principle(book: Rulebook, year: Period, id: str) -> JudgedBy | None:
    """Where the rulebook has a principle from that held when the programme year began."""
    try:
        return book.value(year.first, "principles", id).judged_by(year.first)
    except UnknownValue:
        return None


def last_day(kind: str, year: Period, calendar: Calendar) -> LastDay | None:
    """A last day that is counted from the end of the programme year."""
    return calendar.last_day(kind, year.first, year.last)


def handed_in(plan: Plan, ctx: PlanContext) -> list[tuple[int, date]]:
    """Every submission in the plan's history: its index there and its day in the repository's time zone."""
    return [
        (index, ctx.day(entry.at))
        for index, entry in enumerate(plan.history)
        if entry.status is Status.SUBMITTED and entry.at is not None and not _repeats(plan, index)
    ]


def _repeats(plan: Plan, index: int) -> bool:
    """A comment repeats the status before; it is no submission of its own."""
    return index > 0 and plan.history[index - 1].status is Status.SUBMITTED
