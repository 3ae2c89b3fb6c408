"""Nothing in an evidence file can act on the computer of whoever opens it.

## What it checks
When files are opened (`--deep`, `packet`): a PDF holds no script, no program to start, no form that sends itself, no
film or sound, nothing that fetches other files; a Word, Excel or PowerPoint file holds no macro, no control and no
template or picture that is fetched from elsewhere. Files inside a file are told of, too: an electronic invoice has
one, anything else is easily overlooked. So is a file with so many parts that not all could be looked at.

## Why
Mail filters and portals reject such files, and careful reviewers do not open them. In the packet every page is printed
without what could act, and the exhibit says what was left out; the original is uploaded and attached as it is.

## Example
An agenda that was exported from a form program and still runs JavaScript when it is opened.

## How to fix
Print the file to a new PDF and use that. A Word or Excel file is saved without macros, as `.docx` or `.xlsx`.

## Source
R114: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.evidence.facts import ProbeState
from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE518"
NAME = "active-content"
SEVERITY = Severity.WARNING
READS = ("/third_party_invoices", "/certification_service_reports", "/proof_documents", "/pre_approval", "/approval")

_FILES = "EmbeddedFile"


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for path, file in claim.files():
        probe = ctx.probes.get(file)
        if probe is None or probe.state not in (ProbeState.OK, ProbeState.UNSUPPORTED):
            continue
        acting = tuple(name for name in probe.active_content if name != _FILES)
        if acting:
            yield Hit(path, {"file": file, "what": acting}, "" if probe.pages else "attached")
        elif probe.pages and probe.detail:
            yield Hit(path, {"file": file, "detail": probe.detail}, "unsearched")
        elif _FILES in probe.active_content:
            yield Hit(path, {"file": file, "count": max(1, probe.embedded)}, "files", severity=Severity.INFO)
