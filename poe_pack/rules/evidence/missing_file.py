"""Every file that a claim names is there and can be read.

## What it checks
Files of invoices, reports, proof documents and the pre-approval exist below the claim's folder, are not empty, are
reached without links, and are no larger than the repository's limit. A larger file is not read at all. Of a claim
that was handed in, evidence must be kept as long as the programme asks; after that nothing is said.

## Why
People search for a missing screenshot when the window closes; the portal refuses empty files.

## Example
`files: [evidence/stage.jpg]` where the folder holds `Stage.jpg`.

## How to fix
Put the file there under that name, or correct the name. For large files make them smaller, or raise
`limits: {evidence_file_megabytes: …}` in `poe.yaml`.

## Source
R63, R64 and R104: inferred; the programme's own limits are not published.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.evidence.facts import FileState
from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE511"
NAME = "missing-file"
SEVERITY = Severity.ERROR
READS = (
    "/third_party_invoices",
    "/certification_service_reports",
    "/proof_documents",
    "/pre_approval",
    "/approval",
    "/date",
    "/status",
)
CHECKLIST = "cost"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if claim.is_closed and ctx.keep_until is not None and ctx.today > ctx.keep_until:
        return
    limit = ctx.settings.evidence_file_megabytes
    for path, file in claim.files():
        facts = ctx.files[file]
        if facts.state is not FileState.PRESENT:
            yield Hit(path, {"file": file, "limit": limit}, facts.state.value)


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    count = len({file for _, file in claim.files()})
    return Words("POE511.compared", {"count": count}) if count else None
