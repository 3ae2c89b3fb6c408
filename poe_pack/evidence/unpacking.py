"""Finds streams that unpack to more than anybody can hold. Runs in the child process only.

Pictures and fonts go into the packet as they are, packed; but whoever looks at the packet unpacks them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Name, Stream

from poe_pack.evidence.facts import ProbeState
from poe_pack.evidence.pictures import MAX_JPEG_PIXELS
from poe_pack.evidence.refusal import Refused

MAX_STREAM = 512 * 1024 * 1024
"""Bytes that one stream may unpack to; the largest picture that is read has 360 MB."""

_STEP = 1024 * 1024
# Deflate never does better than this.
_BEST_RATIO = 1032


def check_stream(stream: Stream, entries: dict[str, Any]) -> None:
    """Raise Refused where a stream, or the picture that it says it is, is too large to unpack; keep none of it."""
    if entries.get("/Subtype") == Name.Image:
        _check_pixels(entries)
    depth = _deflated(entries.get("/Filter"))
    if not depth:
        return
    raw = stream.read_raw_bytes()
    if len(raw) * _BEST_RATIO**depth <= MAX_STREAM:
        return
    chunks: Iterator[bytes] = iter((raw,))
    for _ in range(depth):
        chunks = _unpacked(chunks)
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > MAX_STREAM:
            most = MAX_STREAM // (1024 * 1024)
            raise Refused(ProbeState.MEMORY_LIMIT, f"a part of it unpacks to more than {most} MB")


def _check_pixels(entries: dict[str, Any]) -> None:
    width, height = entries.get("/Width"), entries.get("/Height")
    if isinstance(width, int) and isinstance(height, int) and width * height > MAX_JPEG_PIXELS:
        most = MAX_JPEG_PIXELS // 1_000_000
        raise Refused(ProbeState.MEMORY_LIMIT, f"a picture in it has more than {most} million pixels")


def _deflated(filters: object) -> int:
    """How many times the stream is deflated, one inside the other, from the outside."""
    names = [filters] if isinstance(filters, Name) else list(filters) if isinstance(filters, Array) else []
    depth = 0
    for name in names:
        if name != Name.FlateDecode:
            break
        depth += 1
    return depth


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Inflate piece by piece, as far as the data can be inflated."""
    unpacker = zlib.decompressobj()
    for data in chunks:
        while data and not unpacker.eof:
            try:
                yield unpacker.decompress(data, _STEP)
            except zlib.error:
                return
            data = unpacker.unconsumed_tail
