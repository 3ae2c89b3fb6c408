"""A claim belongs to a partner.

## What it checks
There is a `partner.yaml` in the claim's folder or in one above it, up to the repository's root.

## Why
A claim is made for one partner ID; packets, funds and the search for invoices claimed twice go by partner.

## Example
A claim folder beside `poe.yaml` in a repository without `partner.yaml`.

## How to fix
Add `partner.yaml` with `kind: partner`, `id`, `name` and `partner_id`.

## Source
R23: Microsoft, Create incentives claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE903"
NAME = "no-partner"
SEVERITY = Severity.ERROR


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.partner is None and ctx.partner_is_readable:
        yield Hit("")
