"""Evidence is what it was when its digest was locked.

## What it checks
Where a claim's folder holds `SHA256SUMS`, every file that the claim names has the digest that is written there. Of a
claim that an earlier version of the rulebook judged, a locked file that is gone is named here, too.

## Why
What was looked at, approved or handed in is proven by its bytes: a file that was saved again is another one.

## Example
`evidence/invoice-10482.pdf` was locked; later somebody exported it again under the same name.

## How to fix
Bring the file back as it was. Where the new one is meant: `poe-pack evidence lock --accept-changes CLAIM`.

## Source
R104 and R113: inferred from general practice; records are kept as they were handed in.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.evidence.facts import FileState
from poe_pack.evidence.sums import files_to_lock, plain_path
from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.integrity._sums import line_of_sums

CODE = "POE918"
NAME = "changed-evidence"
SEVERITY = Severity.ERROR
READS = (
    "/third_party_invoices",
    "/certification_service_reports",
    "/proof_documents",
    "/pre_approval",
    "/approval",
    "/date",
    "/status",
    "/submissions",
)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.sums is None:
        return
    for path, file in files_to_lock(claim):
        facts, locked = ctx.files[file], ctx.sums.digests.get(plain_path(file))
        if locked is None:
            continue
        line = line_of_sums(claim, ctx.sums.lines[plain_path(file)])
        if facts.state is FileState.PRESENT and facts.sha256 != locked:
            yield Hit(path, {"file": file}, related=(line,))
        elif facts.state is FileState.MISSING and _is_told_by_nobody_else(ctx):
            yield Hit(path, {"file": file}, "missing", related=(line,))


def _is_told_by_nobody_else(ctx: ClaimContext) -> bool:
    """Whether the rule on missing files is silent of this claim, though its records must still be there."""
    return ctx.is_settled and (ctx.keep_until is None or ctx.today <= ctx.keep_until)
