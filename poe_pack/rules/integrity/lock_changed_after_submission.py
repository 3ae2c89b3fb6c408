"""The digests of a claim that was handed in stay as they were handed in.

## What it checks
While a claim is with the reviewer or decided, its `SHA256SUMS` is the one whose digest the last submission recorded
as `sums_sha256`; it has not been deleted either. A submission without that record is not compared.

## Why
Whoever changes a file and locks it again leaves no other trace. The record in the submission shows it.

## Example
After the submission an invoice was replaced and `poe-pack evidence lock` run once more.

## How to fix
Bring files and `SHA256SUMS` back as they were handed in. If evidence must change, ask for the claim to be sent back,
and record that.

## Source
R104 and R106: Manage co-op claims; a submitted claim cannot be edited unless it is sent back.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE922"
NAME = "lock-changed-after-submission"
SEVERITY = Severity.ERROR
READS = ("/submissions", "/status", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    last = claim.submissions[-1] if claim.submissions else None
    if last is None or last.sums_sha256 is None or not claim.is_closed:
        return
    source = ctx.source("principles", "claim_frozen")
    path, values = f"/submissions/{len(claim.submissions) - 1}/sums_sha256", {"round": last.round}
    if ctx.sums is None:
        if ctx.keep_until is None or ctx.today <= ctx.keep_until:
            yield Hit(path, values, "gone", judged_by=source)
    elif ctx.sums.fault is None and ctx.sums.sha256 != last.sums_sha256:
        yield Hit(path, values, judged_by=source)
