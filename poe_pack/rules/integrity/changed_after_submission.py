"""A claim that was handed in stays as it was handed in.

## What it checks
While a claim is with the reviewer or decided, its content is what its last submission recorded: by the digest
`claim_sha256`, or else by the commit that first held that submission; and `amount` is the submission's. What the
portal and this repository add afterwards (status, history, answers, approval, payments, waivers) does not count.

## Why
The reviewer decides on what was handed in. Whoever looks at the claim years later must see the same.

## Example
`amount: "9141.12"` was submitted; two weeks later the file says `"9241.12"`.

## How to fix
Put the content back as it was submitted. If it must change, ask for the claim to be sent back, and record that.

## Source
R104 and R106: Manage co-op claims; a submitted claim cannot be edited unless it is sent back.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.model.frozen import digest, first_change
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE914"
NAME = "changed-after-submission"
SEVERITY = Severity.ERROR
READS = ("",)
CLOCK = True


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if not claim.is_closed:
        return
    source = ctx.source("principles", "claim_frozen")
    number, last = len(claim.submissions) - 1, claim.submissions[-1] if claim.submissions else None
    if last is not None and last.amount is not None and claim.amount is not None and last.amount != claim.amount:
        values = {"amount": claim.money, "submitted": last.amount, "round": last.round}
        yield Hit("/amount", values, "amount", judged_by=source)
        return
    if last is not None and last.claim_sha256 is not None:
        if ctx.content is not None and digest(ctx.content) != last.claim_sha256:
            yield Hit(f"/submissions/{number}/claim_sha256", {"round": last.round}, "digest", judged_by=source)
        return
    submitted = ctx.history.handed_in()
    if submitted is not None:
        key = first_change(submitted.data, ctx.history.now)
        if key is not None:
            yield Hit(f"/{key}", {"key": key, "commit": submitted.commit[:12]}, at_key=True, judged_by=source)
