"""Which of several claims is the earlier one, for rules that look at all of a partner's."""

from __future__ import annotations

from datetime import UTC

from poe_pack.rules.base import ClaimContext


def by_submission(context: ClaimContext) -> tuple[bool, str, str]:
    """Sort key: claims handed in come first, in time order, so that the later one is at fault."""
    moment = context.claim.submitted_at
    return (moment is None, moment.astimezone(UTC).isoformat() if moment else "", context.claim.id)
