"""Contexts of claims without a repository on disk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from poe_pack.model import Claim, Funds, Settings
from poe_pack.model.read_claim import read_claim
from poe_pack.rulebook import Calendar, Rulebook, load_rulebook
from poe_pack.rules.base import ClaimContext, RepositoryContext, Rule
from poe_pack.rules.registry import all_rules
from tests.rules.harness import AS_OF


@cache
def book() -> Rulebook:
    """The rulebook that is shipped."""
    return load_rulebook("microsoft-coop", Path("/nowhere"))


def rule(code: str) -> Rule:
    """The rule of that code."""
    return next(rule for rule in all_rules() if rule.code == code)


def make_claim(id: str, **fields: Any) -> Claim:
    """A draft of the co-op flow with these fields as a document has them."""
    least = {
        "flow": "co_op_management",
        "program": "Hosting",
        "location": "6071245",
        "usage_period": "FY27 H1",
        "currency": "USD",
        "status": "editing",
    }
    return read_claim(least | fields, id, f"{id}/claim.yaml", id)


def make_context(claim: Claim, today: date = AS_OF) -> ClaimContext:
    """What a rule may know of a claim that hangs on nothing."""
    calendar = Calendar(book())
    period = None if claim.usage_period is None else calendar.period(claim.usage_period)
    return ClaimContext(
        claim=claim,
        book=book(),
        calendar=calendar,
        settings=Settings(),
        today=today,
        for_submission=False,
        partner=None,
        partner_is_readable=True,
        plan=None,
        campaign=None,
        activity=None,
        plan_is_readable=True,
        usage_period=period,
        funds=None,
        needs=None,
        files={},
        probes={},
    )


def make_repository(claims: Sequence[Claim], funds: Sequence[Funds] = ()) -> RepositoryContext:
    """What a rule may know of all claims of a partner."""
    contexts = [make_context(claim) for claim in claims]
    return RepositoryContext(contexts, (), tuple(funds), frozenset(), book(), Calendar(book()), Settings(), AS_OF)


def with_files(context: ClaimContext, **more: Any) -> ClaimContext:
    """The context with other files or probes."""
    return replace(context, **more)
