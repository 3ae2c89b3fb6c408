"""A line for a course or an exam says which one, and when it was completed.

## What it checks
Claimed lines whose category pays for a course or an exam have `course_code`, and `completed_on` with a day that has
been: not after the submission, or not after today while the claim is the partner's. Whether the code exists is on
Microsoft Learning, which this tool does not ask.

## Why
The programme pays for courses and exams that are listed and completed; without code and day nobody can tell.

## Example
`{description: Exam, category: exam_fee, net: "165.00"}`.

## How to fix
Copy both from the invoice or the confirmation: `course_code: AZ-104`, `completed_on: "2026-09-24"`.

## Source
R55: Microsoft, Core requirements (invoice with course or exam code); the day of completion: partner training of 2015.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from poe_pack.findings import JudgedBy, Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When
from poe_pack.rules.cost._evidence import invoice_kinds
from poe_pack.rules.cost._lines import claimed_lines

CODE = "POE418"
NAME = "missing-course-detail"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/third_party_invoices", "/activity_type", "/date", "/status", "/history", "/submissions")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    categories, source = invoice_kinds(ctx, "course_code_for")
    last = ctx.handed_in_on if claim.is_closed else ctx.today
    for path, line in claimed_lines(claim):
        if line.category not in categories:
            continue
        values: dict[str, Any] = {"line": line.description}
        if line.course_code is None:
            yield Hit(f"{path}/course_code", values, at_key=True, judged_by=source)
        if line.completed_on is None:
            yield _warn(f"{path}/completed_on", values, "date", source)
        elif last is not None and line.completed_on > last:
            values = {**values, "day": line.completed_on}
            yield _warn(f"{path}/completed_on", values, "not_completed", source)


def _warn(path: str, values: dict[str, Any], variant: str, source: JudgedBy | None) -> Hit:
    return Hit(path, values, variant, at_key=variant == "date", severity=Severity.WARNING, judged_by=source)
