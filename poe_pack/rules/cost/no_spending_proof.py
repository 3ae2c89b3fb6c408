"""A claim proves what was spent.

## What it checks
There is at least one third-party invoice or one certification service report.

## Why
The portal asks for one of the two, and missing proof of cost is the first ground for refusal.

## Example
A claim handed in with `third_party_invoices: []`.

## How to fix
Add the supplier's invoice; for in-house work add a certification service report.

## Source
R37: Microsoft, Prepare your proof of execution.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE401"
NAME = "no-spending-proof"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/third_party_invoices", "/certification_service_reports", "/activity_type", "/date")
CHECKLIST = "cost"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.needs is None or ctx.needs.spending_proof is None:
        return
    present = set()
    if claim.third_party_invoices:
        present.add("third_party_invoice")
    if claim.certification_service_reports:
        present.add("certification_service_report")
    if not ctx.needs.spending_proof.is_met(frozenset(present)):
        yield Hit("/third_party_invoices", at_key=True, judged_by=ctx.source("spending_proof"))


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    invoices, reports = len(claim.third_party_invoices), len(claim.certification_service_reports)
    if not invoices and not reports:
        return None
    counts = {"checklist.invoices": invoices, "checklist.reports": reports}
    return Words("POE401.compared", {"proofs": tuple(Words(key, {"count": n}) for key, n in counts.items() if n)})
