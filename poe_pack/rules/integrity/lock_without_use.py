"""What is locked is evidence of the claim.

## What it checks
Each line of a claim's `SHA256SUMS` is of a file that the claim names. Of a claim that was handed in nothing is said:
it stays as it was.

## Why
A line that belongs to nothing makes `sha256sum -c` fail once its file is deleted, and hides that a file was taken out
of the claim by mistake.

## Example
`evidence/old-agenda.pdf` was replaced by another file and is still listed.

## How to fix
`poe-pack evidence lock CLAIM` takes the line out; or name the file in the claim again.

## Source
R104 and R113: inferred from general practice; records are kept as they were handed in.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.evidence.sums import files_to_lock, plain_path
from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.integrity._sums import line_of_sums

CODE = "POE920"
NAME = "lock-without-use"
SEVERITY = Severity.WARNING
READS = (
    "/third_party_invoices",
    "/certification_service_reports",
    "/proof_documents",
    "/pre_approval",
    "/approval",
    "/status",
)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.sums is None or claim.is_closed:
        return
    named = {plain_path(file) for _, file in files_to_lock(claim)}
    for file, line in ctx.sums.lines.items():
        if file not in named:
            yield Hit("", {"file": file}, related=(line_of_sums(claim, line),))
