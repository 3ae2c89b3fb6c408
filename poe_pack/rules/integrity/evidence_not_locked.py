"""Where digests are locked, they are locked of every file.

## What it checks
Where a claim's folder holds `SHA256SUMS`, each file that the claim names and that is there has its line in it. A
draft may wait with that until it is handed in; of a claim that was handed in so, it is an info. A claim without
`SHA256SUMS` is not asked for one, and what comes with the approval is younger than the lock.

## Why
A file without a digest can be replaced without anybody noticing, while the others look as if all were watched.

## Example
A photo was added by hand after `poe-pack evidence lock`.

## How to fix
`poe-pack evidence lock CLAIM` adds what is missing and leaves the other lines as they are.

## Source
R104 and R113: inferred from general practice; records are kept as they were handed in.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.evidence.facts import FileState
from poe_pack.evidence.sums import files_to_lock, plain_path
from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE919"
NAME = "evidence-not-locked"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = (
    "/third_party_invoices",
    "/certification_service_reports",
    "/proof_documents",
    "/pre_approval",
    "/approval",
    "/status",
)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    # Of a file with lines that nobody can read nothing is known to be absent.
    if ctx.sums is None or not ctx.sums.is_readable:
        return
    told: set[str] = set()
    for path, file in files_to_lock(claim):
        name = plain_path(file)
        if ctx.files[file].state is FileState.PRESENT and name not in ctx.sums.digests and name not in told:
            told.add(name)
            yield Hit(path, {"file": file}, severity=Severity.INFO if claim.is_closed else None)
