"""A claim claims something.

## What it checks
`amount` is more than zero. In a draft it may still be open.

## Why
The portal refuses a claim over nothing.

## Example
`amount: "0.00"`

## How to fix
Enter the amount that is claimed.

## Source
R18: Microsoft, Prepare your proof of execution.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE303"
NAME = "zero-amount"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/amount",)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if claim.amount is not None and claim.amount <= 0:
        yield Hit("/amount", judged_by=ctx.source("principles", "claim_form"))
