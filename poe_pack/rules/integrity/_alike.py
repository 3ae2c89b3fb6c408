"""Which claims are one claim written down twice, or follow one another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from poe_pack.model import Claim, Flow


def likeness(claim: Claim) -> Hashable | None:
    """Equal for claims of one activity, day and amount; None where one of these is not known."""
    if claim.date is None or claim.amount is None:
        return None
    if claim.flow is Flow.PLAN_MANAGEMENT:
        what = (claim.plan, claim.campaign, claim.activity)
    else:
        what = (claim.activity_type, claim.location, None)
    return (claim.flow, *what, claim.date, claim.amount, claim.currency)


def origins(claims: Mapping[str, Claim]) -> dict[str, str]:
    """For each claim's id the id of the first claim in the chain of those that it replaces."""
    return {id: _origin(id, claims) for id in claims}


def _origin(id: str, claims: Mapping[str, Claim]) -> str:
    seen = {id}
    while True:
        before = claims[id].replaces
        if before is None or before not in claims or before in seen:
            return id
        seen.add(before)
        id = before
