"""Which of several plans or claims comes first, where some of them do not say when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from poe_pack.model.read_others import read_plan
from poe_pack.rules._order import turn
from poe_pack.rules.plan._age import age
from tests.rules.contexts import make_claim, make_context


def entry(at: str | None, status: str) -> dict[str, Any]:
    return {"by": "a", "status": status} | ({} if at is None else {"at": at})


def handed_in(*moments: str | None) -> dict[str, Any]:
    return {"status": "submitted", "history": [entry(at, "submitted") for at in moments]}


# Half an hour apart while the clocks of Stockholm went back: there it was 2:40, then 2:10.
EARLY, LATE = "2026-10-24T20:40:00-04:00", "2026-10-25T01:10:00Z"


@pytest.fixture(autouse=True)
def _stockholm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Stockholm")
        time.tzset()
        yield
    time.tzset()


def test_claims_take_their_turn_and_drafts_by_their_date() -> None:
    claims = [
        ("x", handed_in(None)),
        ("c", handed_in(EARLY)),
        ("a", handed_in(LATE)),
        ("b", handed_in(LATE)),
        ("z", {}),
        ("c", {"date": "2026-10-01"}),
        ("a", {"date": "2026-10-02"}),
        ("b", {"date": "2026-10-02"}),
    ]
    keys = [turn(make_context(make_claim(id, **fields))) for id, fields in claims]
    assert all(one < other for one, other in pairwise(keys))


def test_plans_come_in_the_order_of_their_age_and_drafts_last() -> None:
    plans = [
        ("c", handed_in(None, EARLY)),
        ("a", handed_in(LATE, "2020-01-01T00:00:00Z")),
        ("a", handed_in(None)),
        ("b", {"status": "submitted"}),
        ("z", {"status": "editing", "history": [entry(EARLY, "editing")]}),
        ("a", {"status": "editing"}),
    ]
    keys = [age(read_plan(fields, id, f"plans/{id}.yaml")) for id, fields in plans]
    assert all(one < other for one, other in pairwise(keys))
