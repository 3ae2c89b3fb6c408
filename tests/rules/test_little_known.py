"""Rules on last days, history and money decided say nothing where nothing is known, and never fail for that."""

from __future__ import annotations

from typing import Any

import pytest

from poe_pack.model import Status
from poe_pack.rules.base import Hit
from tests.rules.contexts import make_claim, make_context, rule

LAST_DAYS = ["POE701", "POE702", "POE703", "POE704", "POE706", "POE707", "POE708", "POE709", "POE710"]
RECORDS = ["POE804", "POE805", "POE807", "POE808", "POE809", "POE810", "POE811"]
LITTLE: dict[str, dict[str, Any]] = {
    "no history": {},
    "no usage period": {"usage_period": None},
    "no flow": {"flow": None, "date": "2026-10-16"},
    "no usage period but a plan": {"flow": "plan_management", "usage_period": None, "plan": "p", "campaign": "c"},
}
# From before the rulebook's first last day.
LONG_AGO = {
    "date": "2016-05-01",
    "usage_period": "FY16 H2",
    "history": [{"at": f"2016-05-{10 + day}T08:00:00Z", "by": "a", "role": "reviewer", "status": status}
                for day, status in enumerate(["editing", "submitted", "action_required", "disputed", "approved"])],
}  # fmt: skip


def hits(code: str, **fields: Any) -> list[Hit]:
    claim = make_claim("a", **fields)
    check = rule(code).check
    assert check is not None
    return list(check(claim, make_context(claim)))


@pytest.mark.parametrize("code", LAST_DAYS + RECORDS)
@pytest.mark.parametrize("little", LITTLE)
@pytest.mark.parametrize("status", Status)
def test_nothing_is_said_of_what_is_not_known(code: str, little: str, status: Status) -> None:
    assert hits(code, **(LITTLE[little] | {"status": status.value})) == []


@pytest.mark.parametrize("code", LAST_DAYS)
@pytest.mark.parametrize("status", Status)
def test_nothing_is_due_before_the_rulebook_begins(code: str, status: Status) -> None:
    found = hits(code, **(LONG_AGO | {"status": status.value}))
    # What the house asks for needs no rulebook.
    assert [hit.variant for hit in found] == [""] * (code == "POE710" and status is Status.ACTION_REQUIRED)


@pytest.mark.parametrize("code", RECORDS)
def test_half_a_record_is_no_fault_of_another_rule(code: str) -> None:
    half: dict[str, Any] = {
        "status": "approved",
        "amount": None,
        "history": [{"by": "a"}, {"at": "2026-11-02T08:00:00Z", "by": "b"}],
        "submissions": [{"round": 1}],
        "requests": [{"text": "Why"}],
        "approval": {"reductions": [{}]},
        "payments": [{}],
        "dispute": {},
    }
    assert [hit.variant for hit in hits(code, **half)] == ["never"] * (code == "POE811")
