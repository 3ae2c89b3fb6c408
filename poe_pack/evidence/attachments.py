"""Lists what is attached to a PDF. Runs in the child process only."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

import pikepdf

from poe_pack.evidence import pdf
from poe_pack.evidence.attached import MAX_ATTACHMENTS, MAX_MANIFEST, Attached, PacketContents
from poe_pack.evidence.facts import ProbeState
from poe_pack.evidence.refusal import damaged

_LONGEST_NAME = 1000


def contents_of(stream: BinaryIO, manifest: str) -> PacketContents:
    """Digests of all attachments, and the one called `manifest` as it is. Raises Refused, MemoryError."""
    found: bytes | None = None
    attached: list[Attached] = []
    with pdf.opened(stream) as source:
        for key, spec in source.attachments.items():
            name = (spec.filename or key)[:_LONGEST_NAME].encode("utf-8", "replace").decode()
            data = _bytes_of(spec)
            if name == manifest and found is None:
                if len(data) > MAX_MANIFEST:
                    raise damaged("its manifest is too large")
                found = data
                continue
            if len(attached) == MAX_ATTACHMENTS:
                raise damaged("it has too many attachments")
            attached.append(Attached(name, len(data), hashlib.sha256(data).hexdigest()))
    return PacketContents(ProbeState.OK, "", found, tuple(attached))


def _bytes_of(spec: pikepdf.AttachedFileSpec) -> bytes:
    try:
        return spec.get_file().read_bytes()
    except (ValueError, TypeError, AttributeError, KeyError, RuntimeError) as error:
        raise damaged("an attachment cannot be read") from error
