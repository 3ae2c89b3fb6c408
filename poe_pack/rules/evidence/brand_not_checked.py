"""Somebody looked whether names, logos and brands in the pieces are as they must be.

## What it checks
Where the material must show the partner's brand or Microsoft content and there is something to look at, `brand_check`
lists everything that the rulebook asks a person to look at.

## Why
Old product names and logos, a partner's logo below Microsoft's and competing brands in one piece are refused. No tool
sees that reliably: a person does.

## Example
`brand_check: [current_names_and_logos]`, and nobody looked for other brands.

## How to fix
Look at the pieces. Add under `brand_check` what is in order; where something is not, change the piece.

## Source
R115: Microsoft, program guidebook (names, logos, screenshots); only its contents could be read.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE545"
NAME = "brand-not-checked"
SEVERITY = Severity.WARNING
READS = ("/brand_check", "/proof_documents", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    known = ctx.book.ids("brand_checks")
    unknown = [i for i, id in enumerate(claim.brand_check) if id not in known]
    for i in unknown:
        id = claim.brand_check[i]
        nearest = difflib.get_close_matches(id, known)
        values = {"id": id, "expected": known, "nearest": nearest[0] if nearest else ""}
        yield Hit(f"/brand_check/{i}", values, "unknown", severity=Severity.ERROR)
    missing = tuple(id for id in known if id not in claim.brand_check)
    # A misspelt one may be the one that seems to be missing.
    if not unknown and missing and _is_branded(ctx) and any(proof.proves for proof in claim.proof_documents):
        unseen: dict[str, object] = {
            "checks": tuple(ctx.book.name("brand_checks", id) for id in missing),
            "ids": missing,
        }
        yield Hit("/brand_check", unseen, at_key=True, judged_by=ctx.source("principles", "brand_rules"))


def _is_branded(ctx: ClaimContext) -> bool:
    """Whether what the activity type asks for bears names and logos."""
    core = (ctx.needs.core if ctx.needs is not None else None) or ()
    return any((ctx.book.entry("core_elements", element) or {}).get("branded") for element in core)
