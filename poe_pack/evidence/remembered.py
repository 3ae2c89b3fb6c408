"""What opening a file told, kept by the file's digest, so that it is opened once and not in every run."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from poe_pack.evidence.facts import MediaType, ProbeFacts, ProbeState
from poe_pack.evidence.invoices.facts import Claimed, Compared, Comparison, Field, Outcome, Source
from poe_pack.evidence.wire import MAX_LINE, decode, encode

# What a limit on time or memory stopped may go well on another day, and a crash may be ours.
_PASSING = frozenset({ProbeState.TIME_LIMIT, ProbeState.MEMORY_LIMIT, ProbeState.CRASHED})


class _Kept:
    """Answers in `folder`, which belongs to the user alone and may vanish at any time.

    `stamp` changes with everything in the program that could change an answer.
    """

    def __init__(self, folder: Path, stamp: str) -> None:
        self._folder = folder
        self._stamp = stamp

    def _read(self, *key: object) -> bytes | None:
        try:
            with self._place(key).open("rb") as kept:
                return kept.read(MAX_LINE)
        except OSError:
            return None

    def _write(self, answer: bytes, *key: object) -> None:
        """Keep an answer whole or not at all; what cannot be kept is asked again."""
        place = self._place(key)
        part = place.with_name(f"{place.name}.{os.getpid()}.part")
        with suppress(OSError):
            try:
                with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                    stream.write(answer)
                part.replace(place)
            except OSError:
                part.unlink(missing_ok=True)
                raise

    def _place(self, key: tuple[object, ...]) -> Path:
        return self._folder / hashlib.sha256(repr((self._stamp, *key)).encode()).hexdigest()


class ProbeMemory(_Kept):
    """Facts of files. What a file says of itself (`told`) is not kept: it may be private, and nobody but the packet,
    which opens the file anyway, needs it.
    """

    def recall(self, sha256: str, kind: MediaType | None, max_pages: int) -> ProbeFacts | None:
        """What opening a file with these bytes told, or None where nobody did or what is kept makes no sense."""
        kept = self._read(sha256, kind, max_pages)
        if kept is not None:
            with suppress(ValueError):
                return decode(kept)
        return None

    def keep(self, sha256: str, kind: MediaType | None, max_pages: int, facts: ProbeFacts) -> None:
        """Keep an answer that would be the same on another day."""
        if facts.state not in _PASSING:
            self._write(encode(replace(facts, told=())), sha256, kind, max_pages)


class ComparisonMemory(_Kept):
    """What came of comparing an invoice file with what a claim says of it: outcomes alone, no word of the file.

    Where something differs the file's own words are part of the answer, so that is not kept but compared again.
    """

    def recall(self, sha256: str, kind: MediaType | None, max_pages: int, claimed: Claimed) -> Comparison | None:
        """The comparison of a file with these bytes, or None where nobody made it or what is kept makes no sense."""
        kept = self._read(sha256, kind, max_pages, claimed)
        if kept is not None:
            with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
                return _comparison(json.loads(kept))
        return None

    def keep(self, sha256: str, kind: MediaType | None, max_pages: int, claimed: Claimed, found: Comparison) -> None:
        """Keep a comparison that would be the same on another day and tells nothing of the file."""
        if found.state in _PASSING or found.those(Outcome.DIFFERS):
            return
        fields = {name: compared.outcome for name, compared in found.fields.items()}
        answer = {"source": found.source, "state": found.state, "fields": fields, "text_sha256": found.text_sha256}
        self._write(json.dumps(answer).encode(), sha256, kind, max_pages, claimed)


def _comparison(answer: Any) -> Comparison:
    fields = {Field(name): Compared(Outcome(outcome)) for name, outcome in answer["fields"].items()}
    text = answer["text_sha256"]
    if not (text is None or isinstance(text, str)):
        raise TypeError("a digest is a text")
    return Comparison(Source(answer["source"]), ProbeState(answer["state"]), fields, text)
