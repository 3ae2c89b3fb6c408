"""A file is of a kind and size that the portal and a reviewer can be expected to take.

## What it checks
By its first bytes, a file is of one of the accepted kinds; its name ends as its kind does; and it is not larger than
what the house uploads. Kinds and size are set in `poe.yaml`. An SVG drawing is refused unless `poe.yaml` lists it:
each program draws it in its own way, it may run scripts and fetch other files, and it is not printed.

## Why
An upload that the portal refuses costs time when the window closes. A program or archive is not opened by a reviewer.

## Example
`files: [evidence/photos.zip]`; a photo of 14 MB; a picture that is named `agenda.pdf`.

## How to fix
Save the file as PDF or picture, or make it smaller. Other kinds and sizes: `limits: {evidence_types: […],
upload_file_megabytes: …}` in `poe.yaml`.

## Source
R64: inferred; neither the accepted kinds nor the sizes are published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from poe_pack.evidence.facts import FileFacts, FileState, MediaType
from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE513"
NAME = "unusual-file"
SEVERITY = Severity.WARNING
READS = ("/third_party_invoices", "/certification_service_reports", "/proof_documents", "/pre_approval", "/approval")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    settings = ctx.settings
    for path, file in claim.files():
        facts = ctx.files[file]
        if facts.state is not FileState.PRESENT:
            continue
        variant = _fault(facts, settings.evidence_types)
        if variant == "svg":
            yield Hit(path, {"file": file}, variant, severity=Severity.ERROR)
        elif variant is not None:
            kind = "" if facts.media_type is None else facts.media_type.value
            yield Hit(path, {"file": file, "kind": kind, "expected": tuple(sorted(settings.evidence_types))}, variant)
        if facts.size > settings.upload_file_bytes:
            yield Hit(path, {"file": file, "limit": settings.upload_file_megabytes}, "large")


def _fault(facts: FileFacts, accepted: Collection[str]) -> str | None:
    """What is wrong with a file's kind, as a variant of the message."""
    if facts.media_type is None:
        return "unknown"
    suffixes = facts.media_type.suffixes
    if not any(suffix.removeprefix(".") in accepted for suffix in suffixes):
        return "svg" if facts.media_type is MediaType.SVG else ""
    return None if facts.path.lower().endswith(suffixes) else "ending"
