"""The tactics of a multi-touch campaign are those it may combine, and everything names one of them.

## What it checks
Each word under `tactics` is an activity type that the claim's type combines; a claim of a type that combines nothing
has none; a multi-touch campaign names its tactics, at least as many as the rulebook says. `tactic` of lines, reports
and proof documents is one of them.

## Why
The tactics decide which evidence is needed. A misspelt one would ask for nothing.

## Example
`tactics: [digital_advertising, telemarketting]`

## How to fix
Use the words that the message names, and list under `tactics` what lines and proof documents speak of.

## Source
R71: Microsoft, Core requirements (multi-touch digital campaign). That one tactic alone is no multi-touch campaign is
inferred and only warns.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rulebook import Requirements
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE531"
NAME = "tactics-differ"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = (
    "/tactics",
    "/activity_type",
    "/date",
    "/third_party_invoices",
    "/certification_service_reports",
    "/proof_documents",
)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    needs = ctx.needs
    if needs is None:
        return
    yield from _of_claim(claim, ctx, needs)
    if needs.combines and not claim.tactics:
        return  # that none are listed is said once
    for path, tactic in _named(claim):
        if tactic not in claim.tactics:
            yield Hit(path, {"id": tactic}, "not_listed")


def _of_claim(claim: Claim, ctx: ClaimContext, needs: Requirements) -> Iterator[Hit]:
    combines = needs.combines
    values: dict[str, object] = {"type": ctx.book.name("activity_types", claim.activity_type), "expected": combines}
    if not combines:
        if claim.tactics:
            yield Hit("/tactics", values, "not_combined", at_key=True)
        return
    source = needs.activity.judged_by(ctx.judged_on, "combines")
    for i, tactic in enumerate(claim.tactics):
        if tactic not in combines:
            nearest = difflib.get_close_matches(tactic, combines)
            more = {"id": tactic, "nearest": nearest[0] if nearest else ""}
            yield Hit(f"/tactics/{i}", values | more, judged_by=source)
    if not claim.tactics:
        yield Hit("/tactics", values, "missing", at_key=True, judged_by=source)
        return
    least = ctx.value("parameters", "least_tactics")
    if least is not None and len(claim.tactics) < int(least.fields["value"]):
        values = {"type": values["type"], "least": least.fields["value"]}
        source = least.judged_by(ctx.judged_on)
        yield Hit("/tactics", values, "few", at_key=True, severity=Severity.WARNING, judged_by=source)


def _named(claim: Claim) -> Iterator[tuple[str, str]]:
    """Every tactic that something in the claim names, with its JSON pointer."""
    for i, invoice in enumerate(claim.third_party_invoices):
        for n, line in enumerate(invoice.lines):
            if line.tactic is not None:
                yield f"/third_party_invoices/{i}/lines/{n}/tactic", line.tactic
    for i, report in enumerate(claim.certification_service_reports):
        if report.tactic is not None:
            yield f"/certification_service_reports/{i}/tactic", report.tactic
    for i, proof in enumerate(claim.proof_documents):
        if proof.tactic is not None:
            yield f"/proof_documents/{i}/tactic", proof.tactic
