"""A pre-approval was given for this claim's campaign and activity.

## What it checks
`valid_for` of `pre_approval`, where it is given, names the campaign and activity of the claim. The co-op flow has
neither, and nothing is compared there.

## Why
An approval holds for the material it was given for. Used for another activity it does not count.

## Example
`valid_for: {campaign: backup-spring}` in a claim under campaign `migration-autumn`.

## How to fix
Name the approval of this activity, or correct `valid_for`. Material that was changed needs a new approval.

## Source
R35: practice of comparable programmes (inferred for this one), so this warns.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE323"
NAME = "pre-approval-for-another"
SEVERITY = Severity.WARNING
READS = ("/campaign", "/activity", "/pre_approval")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    approval = claim.pre_approval
    if approval is None:
        return
    # An activity of another campaign is another activity, whatever it is called: that is said once.
    for key, given, own in (
        ("campaign", approval.campaign, claim.campaign),
        ("activity", approval.activity, claim.activity),
    ):
        if given is not None and own is not None and given != own:
            related = (Place(claim.file, f"/{key}"),)
            yield Hit(f"/pre_approval/valid_for/{key}", {"given": given, "own": own}, key, related=related)
            return
