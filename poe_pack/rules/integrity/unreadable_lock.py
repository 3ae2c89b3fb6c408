"""Every line of SHA256SUMS can be read.

## What it checks
A claim's `SHA256SUMS` is a text file of at most a megabyte, and no link. Each of its lines holds a digest of 64 hex
digits, two blanks and a path, as `sha256sum` writes them, and no two lines say different things of one file. Empty
lines and comments are passed over.

## Why
A line that nobody can read watches over nothing.

## Example
Lines `<<<<<<< HEAD` and `=======`, left after a merge.

## How to fix
Put the lines back as they were. Where nobody knows them: `poe-pack evidence lock --accept-changes CLAIM` writes the
file anew from what lies there now.

## Source
R104 and R113: inferred from general practice; records are kept as they were handed in.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.integrity._sums import line_of_sums

CODE = "POE921"
NAME = "unreadable-lock"
SEVERITY = Severity.ERROR

_NAMED = 10
"""Lines that are named; of more it is enough to know that there are more."""


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.sums is None or ctx.sums.is_readable:
        return
    if ctx.sums.fault is not None:
        yield Hit("", variant=ctx.sums.fault.value)
        return
    lines = ctx.sums.unreadable
    places = tuple(line_of_sums(claim, line) for line in lines[:_NAMED])
    variant = "" if len(lines) == 1 else "several"
    yield Hit("", {"line": lines[0], "count": len(lines)}, variant, related=places)
