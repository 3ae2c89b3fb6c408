"""What happened stays as it was written down.

## What it checks
In git, every earlier version of `history`, `submissions`, `requests` and `payments` is the beginning of what the
document says now. What an entry did not say yet, such as the answer to a request, may be added to it.

## Why
The record is only worth something if nobody can improve it afterwards.

## Example
The entry of 30 September, committed with status submitted, is gone or says 28 September.

## How to fix
Put the entry back as it was committed, and add a new one that says what changed.

## Source
R110: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from poe_pack.findings import Severity
from poe_pack.model import Claim, Plan
from poe_pack.rules.base import ClaimContext, History, Hit, PlanContext

CODE = "POE806"
NAME = "history-rewritten"
SEVERITY = Severity.ERROR
READS = ("/history", "/submissions", "/requests", "/payments")
CLOCK = True
_RECORDS = ("history", "submissions", "requests", "payments")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    yield from _rewritten(ctx.history)


def check_plan(plan: Plan, ctx: PlanContext) -> Iterator[Hit]:
    yield from _rewritten(ctx.history)


def _rewritten(history: History) -> Iterator[Hit]:
    for record in _RECORDS:
        now = history.now.get(record, [])
        for earlier in history.earlier:
            before = earlier.data.get(record, [])
            index = _first_difference(before, now)
            if index is not None:
                values = {"record": record, "number": index + 1, "commit": earlier.commit[:12]}
                is_there = index < len(now)
                path = f"/{record}/{index}" if is_there else f"/{record}"
                yield Hit(path, values, "" if is_there else "gone", at_key=not is_there)
                break


def _first_difference(before: Sequence[Any], now: Sequence[Any]) -> int | None:
    """Index of the first entry of `before` that is not in its place now."""
    for index, entry in enumerate(before):
        if index >= len(now) or not _is_kept(entry, now[index]):
            return index
    return None


def _is_kept(before: object, now: object) -> bool:
    if not isinstance(before, Mapping) or not isinstance(now, Mapping):
        return before == now
    return {**now, **before} == now
