"""A claim is handed in within the days that follow its activity.

## What it checks
The first submission, or for a draft today, is not after the last day that the rulebook counts from the end of the
activity, or from the day on which it was over and paid. Evidence that the rulebook takes as an excuse, such as the
vendor's e-mail that allows a late claim, lifts it.

## Why
Late claims are refused, or may be; the rulebook says which.

## Example
An activity that ended on 10 June 2026 and a claim handed in on 10 September, with ninety days between them allowed.

## How to fix
Hand in at once. Where the programme allows it, ask for the approval of being late and add it as evidence.

## Source
Huawei Cloud, Applying for MDF reimbursement (page apb_060002); Food Export, The 60 Day Rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Status
from poe_pack.rulebook import LastDay
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.deadlines._days import handed_in_first, last_day

CODE = "POE711"
NAME = "late-claim"
SEVERITY = Severity.ERROR
READS = ("/flow", "/date", "/third_party_invoices", "/proof_documents", "/status", "/history", "/submissions")
CHECKLIST = "dates"
KIND = "last_claim"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    last, handed_in = _last(claim, ctx), handed_in_first(claim, ctx)
    if last is None or handed_in is None or _is_excused(claim, last):
        return
    path, day = handed_in
    if day > last.day:
        is_draft = claim.status is Status.EDITING
        values = {"last": last.day, "days": (day - last.day).days} if is_draft else {"last": last.day, "day": day}
        severity = Severity(last.value.fields.get("missed", SEVERITY.value))
        source = last.value.judged_by(ctx.judged_on)
        yield Hit(path, values, "draft" if is_draft else "", severity=severity, judged_by=source)


def _last(claim: Claim, ctx: ClaimContext) -> LastDay | None:
    value = ctx.value("calendar", "deadlines", KIND)
    if value is None:
        return None
    paid_too = value.fields["after"] == "done_and_paid"
    return last_day(claim, ctx, KIND, ctx.done_and_paid if paid_too else claim.date)


def _is_excused(claim: Claim, last: LastDay) -> bool:
    excuse = last.value.fields.get("excused_by")
    return any(proof.evidence == excuse and proof.proves for proof in claim.proof_documents)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    last = _last(claim, ctx)
    return None if last is None else Words("POE711.compared", {"last": last.day})
