"""What a packet's PDF holds as values, and how they travel from the child process as one line of JSON."""

from __future__ import annotations

import base64
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from poe_pack.evidence.facts import ProbeState
from poe_pack.evidence.wire import one_line

MAX_MANIFEST = 8 * 1024 * 1024
"""Bytes of the largest manifest that is read; one of a thousand exhibits has half a megabyte."""

MAX_ATTACHMENTS = 10_000

MAX_ANSWER = 24 * 1024 * 1024
"""Bytes of the longest answer: the largest manifest and the most attachments."""


class Attached(Struct, frozen=True):
    """A file attached to a PDF: the name that viewers show, its bytes' number and SHA-256."""

    name: Annotated[str, Meta(max_length=1000)]
    size: Annotated[int, Meta(ge=0)]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}\\Z")]


class PacketContents(Struct, frozen=True):
    """How opening a packet went (`detail` as in ProbeFacts), its manifest's bytes (None: it has none), attachments.

    The manifest is not among the attachments.
    """

    state: ProbeState
    detail: str = ""
    manifest: bytes | None = None
    attachments: tuple[Attached, ...] = ()


class _Answer(Struct, frozen=True, forbid_unknown_fields=True):
    state: ProbeState
    detail: str
    manifest: str | None
    attachments: Annotated[tuple[Attached, ...], Meta(max_length=MAX_ATTACHMENTS)]


def encode_contents(contents: PacketContents) -> bytes:
    """Return `contents` as one line of JSON that ends with a line feed."""
    manifest = None if contents.manifest is None else base64.b64encode(contents.manifest).decode("ascii")
    answer = _Answer(contents.state, contents.detail, manifest, contents.attachments)
    return msgspec.json.encode(answer) + b"\n"


def decode_contents(line: bytes) -> PacketContents:
    """Return the contents of `line`. Raises ValueError where it does not hold exactly what `encode_contents` makes."""
    answer = msgspec.json.decode(line, type=_Answer)  # its errors are ValueErrors
    manifest = None if answer.manifest is None else base64.b64decode(answer.manifest, validate=True)
    return PacketContents(answer.state, one_line(answer.detail), manifest, answer.attachments)
