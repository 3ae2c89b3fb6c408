"""Each of the reviewer's questions has its answer before the claim is handed in again.

## What it checks
A request that is older than the last submission has an `answer`; no answer is older than its question. What a request
is `about` is a kind of evidence that the rulebook knows or a file of the claim.

## Why
A claim that comes back without an answer is asked back again, or rejected.

## Example
Asked on 14 October, handed in again on 20 October, and no `answer`.

## How to fix
Write down what was answered and when.

## Source
R103 and R107: practice; a claim that is asked back waits for its answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, Request
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE810"
NAME = "request-left-open"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = (
    *("/requests", "/history", "/submissions"),
    *("/third_party_invoices", "/certification_service_reports", "/proof_documents", "/pre_approval", "/approval"),
)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    handed_in = claim.submitted_at
    for index, request in enumerate(claim.requests):
        if request.at is None:
            continue
        path, asked = f"/requests/{index}", ctx.day(request.at)
        if request.answer is None and handed_in is not None and request.at < handed_in:
            values = {"day": asked, "handed_in": ctx.day(handed_in)}
            yield Hit(f"{path}/answer", values, "unanswered", at_key=True)
        if request.answered_on is not None and request.answered_on < asked:
            yield Hit(f"{path}/answered_on", {"day": asked, "answered": request.answered_on}, "early")
        yield from _about(claim, ctx, request, path)


def _about(claim: Claim, ctx: ClaimContext, request: Request, path: str) -> Iterator[Hit]:
    if not request.about:
        return
    known = set(ctx.book.ids("evidence_kinds"))
    for _, file in claim.files():
        known |= {file, file.rpartition("/")[2]}
    for place, name in enumerate(request.about):
        if name not in known:
            yield Hit(f"{path}/about/{place}", {"name": name}, "about", severity=Severity.WARNING)
