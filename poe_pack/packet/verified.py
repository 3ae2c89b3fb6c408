"""What verifying a packet tells, as values."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from poe_pack.packet.manifest_reading import File, Manifest
from poe_pack.packet.sealing import Seal


class FileState(StrEnum):
    """A file beside what the manifest says of it."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    """It belongs there, or lies there, and the manifest does not know it."""


class Verdict(StrEnum):
    """How a packet stands; the order is that of gravity."""

    SAME = "same"
    DIFFERS = "differs"
    UNUSABLE = "unusable"


class FileVerdict(Struct, frozen=True):
    """A file by its path: the SHA-256 that the manifest gives and the one that was found, where they are known."""

    path: str
    state: FileState
    expected: str | None
    found: str | None


class Comparison(Struct, frozen=True):
    """Files beside the manifest; `not_checked` ends the key of a message that says why nobody looked."""

    files: tuple[FileVerdict, ...] = ()
    not_checked: str | None = None

    @property
    def differs(self) -> bool:
        return any(file.state is not FileState.SAME for file in self.files)

    def count(self, state: FileState) -> int:
        return sum(file.state is state for file in self.files)


class Place(Struct, frozen=True):
    """A packet as it was named, its PDF and its folder; either may not be known."""

    name: str
    pdf: Path | None
    folder: Path | None


_UNKNOWN = Comparison(not_checked="unusable")


class Verification(Struct, frozen=True):
    """What was found of one packet.

    `problem` ends the key of a message that says why it could not be checked, with `detail`; then nothing else is
    known. `seal` is None where there is no PDF.
    """

    place: Place
    manifest: Manifest | None = None
    seal: Seal | None = None
    attachments: Comparison = _UNKNOWN
    folder: Comparison = _UNKNOWN
    commit: Comparison = _UNKNOWN
    work_tree: Comparison = _UNKNOWN
    problem: str | None = None
    detail: str = ""

    @property
    def comparisons(self) -> tuple[tuple[str, Comparison], ...]:
        """By name, in the order in which they are told."""
        names = ("attachments", "folder", "commit", "work_tree")
        return tuple((name, getattr(self, name)) for name in names)

    @property
    def verdict(self) -> Verdict:
        if self.problem is not None:
            return Verdict.UNUSABLE
        broken = self.seal not in (None, Seal.WHOLE)
        return Verdict.DIFFERS if broken or any(part.differs for _, part in self.comparisons) else Verdict.SAME


def judge_digest(path: str, file: File, found: str | None) -> FileVerdict:
    """A file that is there with a digest, or is not (None)."""
    if found is None:
        return FileVerdict(path, FileState.MISSING, file.sha256, None)
    return FileVerdict(path, FileState.SAME if found == file.sha256 else FileState.CHANGED, file.sha256, found)
