"""The material shows what the activity type's core requirements name.

## What it checks
For each core element (company brand, contact details, Microsoft content) at least one proof document lists it under
`shows`. Whether it really can be seen there is a person's word; the tool only sees whether somebody gave it. Where
the type asks for nothing but Microsoft, a `vendor_share` below 1 will do instead.

## Why
Material without the partner's brand and contact details or without Microsoft content is refused.

## Example
An invitation with `shows: [company_brand, microsoft_content]` and no other proof that shows contact details.

## How to fix
Look at the files. Where the element can be seen, list it; where it cannot, add material that shows it.

## Source
R72: Microsoft, Core requirements. Where the source's cell is empty but the text still asks for it, a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE540"
NAME = "core-element-not-shown"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/proof_documents", "/activity_type", "/date", "/vendor_share")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if ctx.needs is None or ctx.needs.core is None or not claim.proof_documents:
        return
    shown = {element for proof in claim.proof_documents for element in proof.shows}
    if not shown.issubset(ctx.book.ids("core_elements")):
        return  # a misspelt one may be the one that seems to be missing
    source = ctx.needs.activity.judged_by(ctx.judged_on, "core")
    for element in ctx.needs.core:
        if element not in shown and ctx.partial_share(element) is None:
            values = {"element": ctx.book.name("core_elements", element), "id": element}
            field = (ctx.book.entry("core_elements", element) or {}).get("claim_field")
            severity = Severity(ctx.needs.core_severity)
            hit = Hit("/proof_documents", values, at_key=True, severity=severity, judged_by=source)
            yield hit if field is None else replace(hit, variant="or_share", values=values | {"field": field})
