"""A certification service report is complete.

## What it checks
Each report has its work period, people or materials, total, certifier, date of certification and its file, and the
statement is accepted.

## Why
The portal's form asks for them, and nobody can certify blanks.

## Example
A report without `certified_on`.

## How to fix
Fill in what the message names.

## Source
R51: Microsoft, Prepare your proof of execution ("required fields"); the list of fields is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import CertificationServiceReport, Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE421"
NAME = "incomplete-csr"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/certification_service_reports",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for i, report in enumerate(claim.certification_service_reports):
        missing = tuple(_missing(report))
        if missing:
            yield Hit(f"/certification_service_reports/{i}", {"missing": missing}, at_key=True)


def _missing(report: CertificationServiceReport) -> Iterator[str]:
    if report.work_period is None:
        yield "work_period"
    if not report.people and not report.materials:
        yield "people"
    if any(person.hours is None or person.rate is None for person in report.people):
        yield "people: hours, rate"
    for key in ("total", "certifier_name", "certified_on", "file"):
        if getattr(report, key) is None:
            yield key.replace("certifier_name", "certifier: name")
    if report.statement_accepted is not True:
        yield "statement_accepted"
