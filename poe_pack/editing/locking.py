"""Writes a claim's `SHA256SUMS`: the digest of every file that it names, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from poe_pack.documents.repository import SUMS_FILE
from poe_pack.editing.whole import ChangedMeanwhile, content_of, replace_file
from poe_pack.evidence.facts import FileState
from poe_pack.evidence.sums import MAX_BYTES, Sums, files_to_lock, parse_sums, plain_path, read_sums, render_sums
from poe_pack.validation.result import ClaimResult, Result


class Refusal(StrEnum):
    """Why a `SHA256SUMS` stays as it is."""

    CHANGED = "changed"
    """Files are not what was locked, or lines cannot be read: somebody must say that this is meant."""
    HANDED_IN = "handed_in"
    """The claim was handed in with what lies there."""
    UNUSABLE = "unusable"
    """What has the name is a link, a folder, too large, or no text."""


class CannotLock(Exception):
    """`SHA256SUMS` cannot be written; the text says why."""


class Lock(Struct, frozen=True):
    """What a claim's `SHA256SUMS` holds and what it would hold; all paths relative to the claim's folder.

    `added`, `changed`, `removed` are the lines that would differ; `lost` are locked files that the claim names and that
    cannot be read any more, `skipped` those that were never locked and cannot be now. `unreadable` is the number of
    lines that nobody can read. `refusals` are what somebody must first say is meant.
    """

    claim: ClaimResult
    path: Path
    before: bytes | None
    after: bytes
    digests: Mapping[str, str]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    lost: tuple[str, ...]
    skipped: tuple[str, ...]
    unreadable: int
    refusals: frozenset[Refusal]

    @property
    def is_written(self) -> bool:
        """Whether the file on the disk is already what it would become."""
        return (self.before or b"") == self.after


def plan_lock(result: Result, claim: ClaimResult) -> Lock:
    """Work out the `SHA256SUMS` of a claim from what the run read of its files. Nothing is written.

    Raises CannotLock where the file on the disk cannot be read.
    """
    path = result.base / claim.claim.folder / SUMS_FILE
    try:
        before, old = _as_it_is(path)
    except (OSError, ChangedMeanwhile) as error:
        raise CannotLock(f"{path} cannot be read") from error
    named = {plain_path(file): claim.files[file] for _, file in files_to_lock(claim.claim)}
    new = {
        file: facts.sha256
        for file, facts in named.items()
        if facts.state is FileState.PRESENT and facts.sha256 is not None
    }
    gone = sorted(set(named) - set(new))
    changed = tuple(sorted(file for file in new if old.digests.get(file, new[file]) != new[file]))
    lost = tuple(file for file in gone if file in old.digests)
    after = render_sums(new)
    refusals = set()
    if old.fault is not None:
        refusals.add(Refusal.UNUSABLE)
    if changed or lost or old.unreadable:
        refusals.add(Refusal.CHANGED)
    if claim.claim.is_closed and (before or b"") != after:
        refusals.add(Refusal.HANDED_IN)
    return Lock(
        claim=claim,
        path=path,
        before=before,
        after=after,
        digests=new,
        added=tuple(sorted(set(new) - set(old.digests))),
        changed=changed,
        removed=tuple(sorted(set(old.digests) - set(new))),
        lost=lost,
        skipped=tuple(file for file in gone if file not in old.digests),
        unreadable=len(old.unreadable),
        refusals=frozenset(refusals),
    )


def _as_it_is(path: Path) -> tuple[bytes | None, Sums]:
    """The bytes and what they say; no bytes where there are none that anybody could use."""
    there = read_sums(path.parent)
    if there is None or there.fault is not None:
        return None, there or Sums()
    raw = content_of(path, MAX_BYTES)
    return raw, Sums() if raw is None else parse_sums(raw)


def write_lock(lock: Lock) -> None:
    """Write the file whole or not at all; without any digest it is deleted.

    Raises CannotLock where it has changed since the plan was made, or cannot be written.
    """
    try:
        if lock.after:
            replace_file(lock.path, lock.after, lock.before)
        elif lock.before is not None:
            lock.path.unlink()
    except ChangedMeanwhile as error:
        raise CannotLock(f"{lock.path} has changed meanwhile; run the command again") from error
    except OSError as error:
        raise CannotLock(f"cannot write {lock.path}: {error.strerror or error}") from error
