"""The beginning of a text file. Runs in the child process only."""

from __future__ import annotations

from typing import BinaryIO

from poe_pack.evidence.facts import MediaType, ProbeFacts, ProbeState, Told
from poe_pack.evidence.kinds import HEAD_BYTES, decode_head
from poe_pack.evidence.wire import MAX_TOLD


def describe_text(stream: BinaryIO, _: MediaType) -> ProbeFacts:
    """The facts of a plain text or a table in text."""
    text = decode_head(stream.read(HEAD_BYTES)) or ""
    told = ((Told.TEXT, text.strip()[:MAX_TOLD]),) if text.strip() else ()
    return ProbeFacts(ProbeState.UNSUPPORTED, "files of this kind have no pages to print", told=told)
