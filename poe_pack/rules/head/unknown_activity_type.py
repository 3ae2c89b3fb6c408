"""The activity type exists in the programme on the day that counts.

## What it checks
`activity_type` of a claim, and of each planned activity, is in the rulebook in force on the claim's date (for a
plan: on the campaign's first day).

## Why
The programme's list changes; an activity that is not on it is not reimbursed.

## Example
`activity_type: costumer_seminar_bootcamp`

## How to fix
Use an id that the message proposes; `poe-pack rules` and the rulebook list them all.

## Source
R12: Microsoft, Core requirements for the activities in your incentive program.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import Claim, Plan
from poe_pack.rulebook import Rulebook, UnknownValue
from poe_pack.rules.base import ClaimContext, Hit, PlanContext

CODE = "POE310"
NAME = "unknown-activity-type"
SEVERITY = Severity.ERROR
READS = ("/activity_type", "/date", "/campaigns")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    yield from _unknown("/activity_type", claim.activity_type, ctx.judged_on, ctx.book)


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    for c, campaign in enumerate(plan.campaigns):
        for a, activity in enumerate(campaign.activities):
            path = f"/campaigns/{c}/activities/{a}/activity_type"
            yield from _unknown(path, activity.activity_type, campaign.start_date or ctx.today, ctx.book)


def _unknown(path: str, id: str, day: date, book: Rulebook) -> Iterator[Hit]:
    try:
        book.value(day, "activity_types", id)
    except UnknownValue:
        known = book.ids("activity_types")
        nearest = difflib.get_close_matches(id, known)
        values = {"type": id, "day": day, "expected": tuple(sorted(known)), "nearest": nearest[0] if nearest else ""}
        yield Hit(path, values, "not_yet" if id in known else "")
