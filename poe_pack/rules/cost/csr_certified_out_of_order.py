"""A certification service report is certified once the work is done, before it is handed in.

## What it checks
`certified_on` is not before the last day of `work_period` and, in a claim that was handed in, not after the day of its
last submission.

## Why
Nobody can certify work to come, and a signature of a later day was not on the report that was handed in.

## Example
`work_period: {from: "2026-09-28", to: "2026-10-05"}` with `certified_on: "2026-10-01"`.

## How to fix
Correct the dates, or have the report certified again.

## Source
R53: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE422"
NAME = "csr-certified-out-of-order"
SEVERITY = Severity.WARNING
READS = ("/certification_service_reports", "/status", "/history", "/submissions")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    handed_in = ctx.handed_in_on if claim.is_closed else None
    for i, report in enumerate(claim.certification_service_reports):
        certified = report.certified_on
        if certified is None:
            continue
        path = f"/certification_service_reports/{i}/certified_on"
        done = None if report.work_period is None else report.work_period.last
        if done is not None and certified < done:
            yield Hit(path, {"day": certified, "last": done}, "early")
        elif handed_in is not None and certified > handed_in:
            yield Hit(path, {"day": certified, "last": handed_in}, "late")
