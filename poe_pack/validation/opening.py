"""Opens the evidence of claims, or recalls what opening it told before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from poe_pack.evidence.facts import FileFacts, FileState, ProbeFacts
from poe_pack.evidence.files import inspect_file
from poe_pack.evidence.prober import Prober, ProbingUnavailable
from poe_pack.evidence.remembered import ComparisonMemory, ProbeMemory
from poe_pack.validation.comparing import Comparer
from poe_pack.validation.options import ConfigurationError
from poe_pack.validation.storage import folder_for, forget_old, tool_stamp

_PART, _COMPARISONS = "probes", "comparisons"


class Opener:
    """Knows what files say when they are opened; the child that opens them is started once, if at all.

    `deep`: files that nobody opened yet are opened; otherwise nothing is known of them. `remember`: answers of
    earlier runs count, and new ones are kept.
    """

    def __init__(self, *, deep: bool, remember: bool) -> None:
        self._prober = Prober() if deep else None
        folder = folder_for(_PART) if remember else None
        self._memory = None if folder is None else ProbeMemory(folder, tool_stamp())
        self._remember = remember

    def comparer(self) -> Comparer | None:
        """Who compares invoices with their files, by the same child process; nobody where no file is opened."""
        if self._prober is None:
            return None
        folder = folder_for(_COMPARISONS) if self._remember else None
        return Comparer(self._prober, None if folder is None else ComparisonMemory(folder, tool_stamp()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._prober is not None:
            self._prober.close()
        if self._memory is not None and self._prober is not None:
            forget_old(_PART)
            forget_old(_COMPARISONS)

    def probes(
        self, folder: Path, files: Mapping[str, FileFacts], *, pages: int, max_bytes: int
    ) -> dict[str, ProbeFacts]:
        """What is known of those `files` of a claim's `folder` that are there. Raises ConfigurationError."""
        there = {file: facts for file, facts in files.items() if facts.state is FileState.PRESENT}
        known = {file: self._probe(folder, facts, pages, max_bytes) for file, facts in there.items()}
        return {file: probe for file, probe in known.items() if probe is not None}

    def _probe(self, folder: Path, facts: FileFacts, pages: int, max_bytes: int) -> ProbeFacts | None:
        sha256, kind = facts.sha256, facts.media_type
        if self._memory is not None and sha256 is not None:
            kept = self._memory.recall(sha256, kind, pages)
            if kept is not None:
                return kept
        if self._prober is None:
            return None
        try:
            probe = self._prober.probe(folder / facts.path, kind, max_pages=pages)
        except ProbingUnavailable as error:
            raise ConfigurationError(f"{error}; 'poe-pack doctor' says what is missing") from error
        # The file may have changed since its digest was taken: then the answer belongs to other bytes.
        if (
            self._memory is not None
            and sha256 is not None
            and inspect_file(folder, facts.path, max_bytes=max_bytes).sha256 == sha256
        ):
            self._memory.keep(sha256, kind, pages, probe)
        return probe
