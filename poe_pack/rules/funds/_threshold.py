"""What must have been earned before there is anything to claim."""

from __future__ import annotations

from msgspec import Struct

from poe_pack.findings import JudgedBy
from poe_pack.model import Money, Period
from poe_pack.rulebook import UnknownValue, program_facts
from poe_pack.rules.base import ClaimContext


class Threshold(Struct, frozen=True):
    """The least `money` to be earned in the half `earned`, and who says so."""

    money: Money
    earned: Period
    judged_by: JudgedBy


def threshold(context: ClaimContext) -> Threshold | None:
    """The threshold of the claim's program when its money was earned; None where no source says any."""
    if context.usage_period is None:
        return None
    try:
        earned = context.calendar.earning_period(context.usage_period)
    except UnknownValue:
        return None
    facts = program_facts(context.book, context.claim.program, earned.last)
    if facts is None or facts.threshold is None or facts.value is None:
        return None
    return Threshold(facts.threshold, earned, facts.value.judged_by(earned.last, "threshold"))
