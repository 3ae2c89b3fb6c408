"""A photo of the activity was taken while it took place, as far as the camera says.

## What it checks
When files are opened (`--deep`, `packet`): a photo of a kind that the rulebook marks as taken at the activity, such as
a photo of an event, bears a day from the first to the last day of the activity. One day before and after counts as
well: a camera keeps the time of the zone it was set in, and an evening may go past midnight. Where the claim names one
day only, a photo from before it that is not from before the campaign, or the usage period of a claim without one, is
an info: the activity may have taken several days.

Nothing is said of a photo that bears no day, nor where the camera's clock cannot have been set: a day before 2001, a
first of January, on which clocks begin anew, and a day that had not come yet when the claim was handed in.

## Why
A photo from another day shows another event. Whoever reviews the claim reads the same day in the file.

## Example
A seminar on 17 September 2026 with a photo that was taken on 3 June 2026.

## How to fix
Hand in a photo of this activity. If the activity took several days, give them under `execution_period`. If the
camera's clock was wrong, waive the finding and say so.

## Source
R76: partners' guides to proof of execution: evidence bears a date within the activity's time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.evidence._window import claimed_under

CODE = "POE546"
NAME = "photo-outside-activity"
SEVERITY = Severity.WARNING
READS = (
    *("/proof_documents", "/flow", "/plan", "/campaign", "/date", "/execution_period", "/usage_period"),
    *("/status", "/history", "/submissions", "plan:/campaigns"),
)

_SLACK = timedelta(days=1)  # the date line, or an evening past midnight
_FIRST_YEAR = 2001  # cameras whose clock was never set begin in 1970, 1980 or 2000


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for i, proof in enumerate(claim.proof_documents):
        if not (ctx.book.entry("evidence_kinds", proof.evidence) or {}).get("taken_at_activity"):
            continue
        for place, file in enumerate(proof.files):
            probe = ctx.probes.get(file)
            taken = None if probe is None else probe.taken
            found = None if taken is None or not _can_be(taken, ctx) else _outside(taken, claim, ctx)
            if found is not None:
                variant, values, severity = found
                path = f"/proof_documents/{i}/files/{place}"
                yield Hit(path, {"file": file, "taken": taken, **values}, variant, severity=severity)


def _can_be(taken: date, ctx: ClaimContext) -> bool:
    """Whether the camera's clock may have been right."""
    if taken.year < _FIRST_YEAR or (taken.month, taken.day) == (1, 1):
        return False
    latest = ctx.handed_in_on if ctx.claim.is_closed else ctx.today
    return latest is None or taken <= latest + _SLACK


def _outside(taken: date, claim: Claim, ctx: ClaimContext) -> tuple[str, Mapping[str, Any], Severity | None] | None:
    """Variant, values and severity where a photo was not taken at the activity; None where it was or nobody knows."""
    period = claim.execution_period
    named = (claim.date,) if period is None else (claim.date, period.first, period.last)
    days = [day for day in named if day is not None]
    if not days or min(days) - _SLACK <= taken <= max(days) + _SLACK:
        return None
    first, last = min(days), max(days)
    if first < last:
        return "", {"first": first, "last": last}, None
    window = claimed_under(claim, ctx)
    if period is None and taken < first and (window is None or window[1] <= taken):
        return "several", {"date": first}, Severity.INFO
    return "day", {"date": first}, None
