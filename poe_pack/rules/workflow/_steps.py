"""Where a claim and its history agree, and what was written into the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poe_pack.model import Claim, HistoryEntry, Status


def steps(history: Sequence[HistoryEntry]) -> Iterator[tuple[int, HistoryEntry]]:
    """Entries that change the status, each with its index; one that repeats the status is a comment."""
    before: Status | None = None
    for index, entry in enumerate(history):
        if entry.status is not before:
            yield index, entry
        before = entry.status


def stands_on(claim: Claim, status: Status) -> bool:
    """Whether the claim has that status and its history says the same; where they differ another rule says so."""
    return claim.status is status and bool(claim.history) and claim.history[-1].status is status
