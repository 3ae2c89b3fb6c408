"""What opening a file told, kept by the file's digest, so that it is opened once and not in every run."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from poe_pack.evidence.facts import MediaType, ProbeFacts, ProbeState
from poe_pack.evidence.wire import MAX_LINE, decode, encode

# What a limit on time or memory stopped may go well on another day, and a crash may be ours.
_PASSING = frozenset({ProbeState.TIME_LIMIT, ProbeState.MEMORY_LIMIT, ProbeState.CRASHED})


class ProbeMemory:
    """Answers in `folder`, which belongs to the user alone and may vanish at any time.

    `stamp` changes with everything in the program that could change an answer. What a file says of itself (`told`)
    is not kept: it may be private, and nobody but the packet, which opens the file anyway, needs it.
    """

    def __init__(self, folder: Path, stamp: str) -> None:
        self._folder = folder
        self._stamp = stamp

    def recall(self, sha256: str, kind: MediaType | None, max_pages: int) -> ProbeFacts | None:
        """What opening a file with these bytes told, or None where nobody did or what is kept makes no sense."""
        try:
            with self._place(sha256, kind, max_pages).open("rb") as kept:
                return decode(kept.read(MAX_LINE))
        except (OSError, ValueError):
            return None

    def keep(self, sha256: str, kind: MediaType | None, max_pages: int, facts: ProbeFacts) -> None:
        """Keep an answer whole or not at all; what cannot be kept is asked again."""
        if facts.state in _PASSING:
            return
        place = self._place(sha256, kind, max_pages)
        part = place.with_name(f"{place.name}.{os.getpid()}.part")
        with suppress(OSError):
            try:
                with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                    stream.write(encode(replace(facts, told=())))
                part.replace(place)
            except OSError:
                part.unlink(missing_ok=True)
                raise

    def _place(self, sha256: str, kind: MediaType | None, max_pages: int) -> Path:
        key = f"{self._stamp} {sha256} {kind or ''} {max_pages}"
        return self._folder / hashlib.sha256(key.encode()).hexdigest()
