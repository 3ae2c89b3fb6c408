"""The documents and files that a packet is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from poe_pack.languages import catalogue
from poe_pack.model import Claim
from poe_pack.packet.record import Digest
from poe_pack.validation.result import ClaimResult, Result


def inputs_of(result: Result, claim: ClaimResult) -> tuple[str, ...]:
    """Paths relative to `result.base` that decide what the packet holds: documents and the claim's folder."""
    return (*documents_of(claim), claim.claim.folder)


def shown_files(claim: Claim) -> tuple[str, ...]:
    """The files that can be exhibits, as the claim names them; an invoice to the vendor is sent elsewhere."""
    return tuple(file for place, file in claim.files() if not place.startswith("/approval/"))


def documents_of(claim: ClaimResult) -> tuple[str, ...]:
    """The claim's document, then its partner's and its plan's."""
    files = [claim.claim.file]
    if claim.partner is not None:
        files.append(claim.partner.file)
    if claim.plan is not None:
        files.append(claim.plan.file)
    return tuple(dict.fromkeys(files))


class DocumentChanged(Exception):
    """A document is not what was judged, and so the packet would show something else; the text says what to do."""


def document_digests(result: Result, claim: ClaimResult) -> Sequence[Digest]:
    """Size and SHA-256 of each document. Raises DocumentChanged, and OSError for one that is gone."""
    digests = []
    for file in documents_of(claim):
        data = (result.base / file).read_bytes()
        digest = hashlib.sha256(data)
        if result.digests.get(file, digest.digest()) != digest.digest():
            raise DocumentChanged(catalogue().text("making.changed", file=file))
        digests.append(Digest(file, len(data), digest.hexdigest()))
    return digests
