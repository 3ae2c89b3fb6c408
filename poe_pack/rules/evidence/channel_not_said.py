"""A claim says by which channels something was sent where the proof of it differs by channel.

## What it checks
`channels` is filled where the activity type, or a tactic of it, demands evidence that depends on the channel.

## Why
A postmarked envelope proves a letter, a dated header an e-mail, a photo of a phone an SMS. Without the channel nobody
can say whether the right proof is there.

## Example
A claim of `direct_mail_email_sms` without `channels`.

## How to fix
Add `channels: [mail]`, `[email]`, `[sms]` or several of them.

## Source
R66: Microsoft, Core requirements (direct mail, email and SMS).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE514"
NAME = "channel-not-said"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/channels", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.needs is None or claim.channels:
        return
    for need in ctx.needs.evidence or ():
        for id in need.ids:
            if (ctx.book.entry("evidence_kinds", id) or {}).get("depends_on") == "channels":
                values = {"evidence": ctx.book.name("evidence_kinds", id), "expected": ctx.book.ids("channels")}
                source = ctx.needs.activity.judged_by(ctx.judged_on, "evidence")
                yield Hit("/channels", values, at_key=True, judged_by=source)
                return
