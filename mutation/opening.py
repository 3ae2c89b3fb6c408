"""Opening evidence files: no mutant changes what they say, and a child process for each costs more than the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from poe_pack.evidence.facts import MediaType
from poe_pack.evidence.prober import Prober


@contextmanager
def opened_once() -> Iterator[None]:
    """What was answered about a file's bytes is answered again, in forked processes, too."""
    known: dict[tuple[str, str, MediaType | None, int], Any] = {}

    def once(name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(self: Prober, path: Path, media_type: MediaType | None, *, max_pages: int) -> Any:
            key = (name, hashlib.sha256(path.read_bytes()).hexdigest(), media_type, max_pages)
            if key not in known:
                known[key] = ask(self, path, media_type, max_pages=max_pages)
            return known[key]

        return asked

    with (
        patch.object(Prober, "probe", once("probe", Prober.probe)),
        patch.object(Prober, "read_invoice", once("read_invoice", Prober.read_invoice)),
    ):
        yield
