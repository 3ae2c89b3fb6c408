"""Which of several claims is the earlier one, for rules that look at all of a partner's: the later one is at fault."""

from __future__ import annotations

from datetime import UTC

from poe_pack.model import Status
from poe_pack.rules.base import ClaimContext


def turn(context: ClaimContext) -> tuple[bool, str, str, str]:
    """Sort key: claims handed in before drafts, in the order of their submission; drafts in that of their dates."""
    claim = context.claim
    moment = claim.submitted_at
    return (
        claim.status is Status.EDITING,
        moment.astimezone(UTC).isoformat() if moment else "",
        claim.date.isoformat() if claim.date else "",
        claim.id,
    )
