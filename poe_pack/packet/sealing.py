"""The seal: one SHA-256 over a whole packet.pdf that stands in the manifest inside it.

The digest is taken with zeros in its own place, and then written there. So whoever holds the PDF alone can tell whether
any byte of it changed: a page, a bookmark, an attachment. It is no signature: who changes a packet on purpose can seal
it again.
"""

from __future__ import annotations

import hashlib
import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

UNSEALED = "0" * 64
"""What stands in the manifest until the packet is sealed."""

_PLACE = re.compile(rb'"seal": "([0-9a-f]{64})"\n\}\n\Z')
_END = re.compile(rb"%%EOF\r?\n?")
_PIECE = 1 << 20


class Seal(StrEnum):
    """How a packet stands to its seal."""

    WHOLE = "whole"
    """Every byte is as it was made."""
    EXTENDED = "extended"
    """As it was made, and something behind it: what viewers do to sign or to comment."""
    BROKEN = "broken"


def seal(packet: Path, manifest: bytes) -> bytes:
    """Seal `packet`, which holds `manifest` once and as it is; returns the sealed manifest.

    The manifest ends with its seal, which is still UNSEALED.
    """
    digits = _digits(manifest)
    with packet.open("r+b") as file, _mapped(file.fileno()) as data:
        at = data.find(manifest)
        if at < 0:
            raise ValueError("the packet does not hold its manifest")
        value = hashlib.sha256(data).hexdigest().encode("ascii")
    with packet.open("r+b") as file:
        file.seek(at + digits)
        file.write(value)
    return manifest[:digits] + value + manifest[digits + len(value) :]


def seal_of(packet: Path, manifest: bytes) -> Seal:
    """How `packet` stands to the seal in `manifest`, its own one. Raises OSError; any bytes will do.

    Nothing of the file is parsed.
    """
    try:
        digits = _digits(manifest)
    except ValueError:
        return Seal.BROKEN
    value = manifest[digits : digits + len(UNSEALED)].decode("ascii")
    with packet.open("rb") as file:
        if not packet.stat().st_size:
            return Seal.BROKEN
        with _mapped(file.fileno()) as data:
            at = data.find(manifest)
            if at < 0:
                return Seal.BROKEN
            for end, digest in _digests(data, at + digits, at + len(manifest)):
                if digest == value:
                    return Seal.WHOLE if end == len(data) else Seal.EXTENDED
    return Seal.BROKEN


def _digits(manifest: bytes) -> int:
    """Where the seal's digits begin."""
    place = _PLACE.search(manifest)
    if place is None:
        raise ValueError("the manifest does not end with a seal")
    return place.start(1)


def _digests(data: mmap.mmap, place: int, after: int) -> Iterator[tuple[int, str]]:
    """SHA-256 with zeros at `place`, of all up to each end of a PDF behind `after`, and of all; with these ends."""
    done = place + len(UNSEALED)
    digest = hashlib.sha256()
    for begin in range(0, place, _PIECE):
        digest.update(data[begin : min(begin + _PIECE, place)])
    digest.update(UNSEALED.encode("ascii"))
    ends = [match.end() for match in _END.finditer(data, after)]
    for end in dict.fromkeys((*ends, len(data))):
        for begin in range(done, end, _PIECE):
            digest.update(data[begin : min(begin + _PIECE, end)])
        done = end
        yield end, digest.hexdigest()


@contextmanager
def _mapped(descriptor: int) -> Iterator[mmap.mmap]:
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as data:
        yield data
