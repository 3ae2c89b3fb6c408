"""The reviewer of a plan is reached at an address of the vendor.

## What it checks
`reviewer_email` of a plan lies in the domain that the rulebook names, or in one below it. Letter case does not count.

## Why
The portal sends the plan to that address for review. At another one nobody can approve it.

## Example
`reviewer_email: account.manager@gmail.example`

## How to fix
Ask the account manager for the work address.

## Source
R06: Microsoft, Create your plan (the address of the account manager at Microsoft).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Plan
from poe_pack.rulebook import UnknownValue
from poe_pack.rules.base import Hit, PlanContext

CODE = "POE208"
NAME = "reviewer-not-of-vendor"
SEVERITY = Severity.WARNING
READS = ("/reviewer_email",)


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    if plan.reviewer_email is None:
        return
    try:
        known = ctx.book.value(ctx.today, "parameters", "reviewer_domain")
    except UnknownValue:
        return
    wanted: str = known.fields["value"]
    domain = plan.reviewer_email.rpartition("@")[2].casefold()
    if domain != wanted and not domain.endswith(f".{wanted}"):
        # The address itself is personal data and is not repeated.
        yield Hit("/reviewer_email", {"expected": wanted}, judged_by=known.judged_by(ctx.today, "value"))
