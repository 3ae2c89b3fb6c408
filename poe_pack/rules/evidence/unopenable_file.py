"""An evidence file can be opened by whoever receives it.

## What it checks
When files are opened (`--deep`, `packet`): a PDF or picture is whole, needs no password, has no more pages than the
repository's limit, and can be opened within the limits on time and memory.

## Why
A reviewer who cannot open a file treats it as missing.

## Example
A PDF that was cut off while it was copied; a statement that asks for a password.

## How to fix
Save the file again: export it without a password, or print it to a new PDF.

## Source
R114: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.evidence.facts import ProbeState
from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE516"
NAME = "unopenable-file"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices", "/certification_service_reports", "/proof_documents", "/pre_approval", "/approval")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for path, file in claim.files():
        probe = ctx.probes.get(file)
        if probe is not None and probe.state not in (ProbeState.OK, ProbeState.UNSUPPORTED):
            values = {"file": file, "detail": probe.detail, "limit": ctx.settings.evidence_pages}
            yield Hit(path, values, probe.state.value)
