"""What several rules about last days compare with."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from poe_pack.findings import JudgedBy
from poe_pack.model import Claim, Period, Status
from poe_pack.rulebook import Dated, LastDay, UnknownValue
from poe_pack.rules.base import ClaimContext


class Closing(Struct, frozen=True):
    """After this day the claim cannot be handed in any more."""

    day: date
    judged_by: JudgedBy


def window(ctx: ClaimContext) -> tuple[Period, Dated] | None:
    """When the claim may be handed in, or None where that is not known."""
    if ctx.usage_period is None:
        return None
    try:
        return ctx.calendar.claim_window(ctx.usage_period)
    except UnknownValue:
        return None


def last_day(claim: Claim, ctx: ClaimContext, kind: str, anchor: date | None) -> LastDay | None:
    """A last day of the rulebook counted from its anchor; None where it is not one of the claim's flow."""
    if anchor is None or claim.flow is None:
        return None
    last = ctx.calendar.last_day(kind, ctx.judged_on, anchor)
    if last is None or last.value.fields.get("flow", claim.flow.value) != claim.flow.value:
        return None
    return last


def closing(claim: Claim, ctx: ClaimContext) -> Closing | None:
    """The end of the claim window or, where that is earlier, the last day for proof under the plan."""
    found = []
    open_days = window(ctx)
    if open_days is not None:
        found.append(Closing(open_days[0].last, open_days[1].judged_by(ctx.judged_on)))
    of_plan = last_day(claim, ctx, "plan_claim", ctx.campaign.start_date if ctx.campaign is not None else None)
    if of_plan is not None:
        found.append(Closing(of_plan.day, of_plan.value.judged_by(ctx.judged_on)))
    return min(found, key=lambda closing: closing.day, default=None)


def first_handed_in(claim: Claim) -> tuple[str, datetime] | None:
    """Place and instant of the first submission: an answer to the reviewer's question is not a late claim."""
    for index, submission in enumerate(claim.submissions):
        if submission.at is not None:
            return f"/submissions/{index}/at", submission.at
    for index, entry in enumerate(claim.history):
        if entry.status is Status.SUBMITTED and entry.at is not None:
            return f"/history/{index}/at", entry.at
    return None


def handed_in_first(claim: Claim, ctx: ClaimContext) -> tuple[str, date] | None:
    """Place and day of the first submission; of a draft its status and today."""
    if claim.status is Status.EDITING:
        return "/status", ctx.today
    first = first_handed_in(claim)
    return None if first is None else (first[0], ctx.day(first[1]))


def overdue(claim: Claim, ctx: ClaimContext, last: LastDay | None) -> dict[str, object] | None:
    """The last day that passed while the claim stands where it counts, and since how many days; else None."""
    if last is None or claim.status is None or claim.status.value not in last.value.fields["statuses"]:
        return None
    days = (ctx.today - last.day).days
    return {"last": last.day, "days": days} if days > 0 else None
