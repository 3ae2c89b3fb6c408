"""Each step is taken by somebody whose role allows it.

## What it checks
For each step of `history` the rulebook names the permission that it takes and the roles that have it. Steps of the
reviewer are taken by the reviewer. Where sources disagree about a role, the stricter reading warns. Comments are open
to all.

## Why
The portal does not let another role do it: the entry has a wrong role, or the claim was never handed in.

## Example
`role: account_admin, status: submitted`.

## How to fix
Correct the role, or have the step taken by somebody who may.

## Source
R109: Microsoft, Manage co-op claims, Submit proof of execution and Create your plan; where they disagree about who
may hand in, the admin is safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from poe_pack.findings import Severity
from poe_pack.model import Claim, HistoryEntry, Plan
from poe_pack.rulebook import Rulebook, UnknownValue
from poe_pack.rules.base import ClaimContext, Hit, PlanContext
from poe_pack.rules.workflow._steps import steps

CODE = "POE805"
NAME = "role-may-not"
SEVERITY = Severity.WARNING
READS = ("/history", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    yield from _not_allowed(claim.history, ctx.book, ctx.judged_on, "claim")


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    yield from _not_allowed(plan.history, ctx.book, ctx.today, "plan")


def _not_allowed(history: Sequence[HistoryEntry], book: Rulebook, day: date, kind: str) -> Iterator[Hit]:
    for index, entry in steps(history):
        status = entry.status.value if entry.status is not None else ""
        try:
            permission = book.value(day, "statuses", kind).fields["steps"][status]
            value = book.value(day, "permissions", permission)
        except (UnknownValue, KeyError):  # a status that this kind does not know is another rule's matter
            continue
        roles = tuple(value.fields["roles"])
        if entry.role not in roles:
            values = {"role": entry.role, "status": status, "expected": roles}
            variant = _variant(book, entry.role, roles, value.fields.get("also", ()))
            yield Hit(f"/history/{index}/role", values, variant, judged_by=value.judged_by(day))


def _variant(book: Rulebook, role: str, roles: Sequence[str], also: Sequence[str]) -> str:
    if role in also:
        return "unsure"
    vendors = {id for id in book.ids("roles") if (book.entry("roles", id) or {}).get("vendor")}
    return "vendor" if vendors.issuperset(roles) else ""
