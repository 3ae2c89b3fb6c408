"""POE812 where it takes more than one small repository: time that ran out, rings, and who was first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from poe_pack.model import Claim
from poe_pack.rules.base import Hit
from tests.rules.contexts import make_claim, make_context, make_repository, rule
from tests.rules.harness import AS_OF

LAST_DAY = date(2027, 2, 15)  # of the claim window of FY27 H1
DAY_AFTER = date(2027, 2, 16)


def hits(claims: Mapping[str, Mapping[str, Any]], today: date = AS_OF, unreadable: str = "") -> dict[str, list[str]]:
    """Variants by claim; claims as documents have them, by id."""
    made: dict[str, Claim] = {id: make_claim(id, **fields) for id, fields in claims.items()}
    contexts = [
        replace(make_context(claim, today), predecessor=made.get(claim.replaces or "")) for claim in made.values()
    ]
    together = replace(make_repository([]), claims=contexts, unreadable=frozenset({unreadable} - {""}))
    finish = rule("POE812").finish
    assert finish is not None
    found: dict[str, list[str]] = {}
    for hit in finish(together):
        assert (hit.path, type(hit)) == ("/replaces", Hit)
        found.setdefault((hit.file or "").removesuffix("/claim.yaml"), []).append(hit.variant)
    return found


def submitted(at: str) -> dict[str, Any]:
    """A claim that was handed in."""
    return {"status": "submitted", "submissions": [{"at": at, "amount": "1.00"}]}


def test_poe812_a_draft_may_be_replaced_once_its_window_has_closed() -> None:
    claims = {"new": {"replaces": "old"}, "old": {}}
    assert hits(claims, LAST_DAY) == {"new": ["alive"]}
    assert hits(claims, DAY_AFTER) == {}


def test_poe812_a_draft_without_a_known_window_never_expires() -> None:
    assert hits({"new": {"replaces": "old"}, "old": {"usage_period": None}}, DAY_AFTER) == {"new": ["alive"]}


@pytest.mark.parametrize("status", ["submitted", "under_review", "action_required", "approved", "disputed"])
def test_poe812_what_was_handed_in_is_alive_until_it_is_rejected(status: str) -> None:
    assert hits({"new": {"replaces": "old"}, "old": {"status": status}}, DAY_AFTER) == {"new": ["alive"]}
    assert hits({"new": {"replaces": "old"}, "old": {"status": "rejected"}}) == {}


def test_poe812_a_claim_that_cannot_be_read_may_be_the_one() -> None:
    assert hits({"new": {"replaces": "old"}}) == {"new": [""]}
    assert hits({"new": {"replaces": "old"}}, unreadable="plan") == {"new": [""]}
    assert hits({"new": {"replaces": "old"}}, unreadable="claim") == {}
    assert hits({"new": {"replaces": "new"}}, unreadable="claim") == {"new": ["self"]}


def test_poe812_a_ring_is_told_once_at_its_first_claim() -> None:
    rejected = {"status": "rejected"}
    ring = {"c": {"replaces": "a"} | rejected, "a": {"replaces": "b"} | rejected, "b": {"replaces": "c"} | rejected}
    assert hits(ring) == {"a": ["cycle"]}
    assert hits(ring | {"d": {"replaces": "c"}}) == {"a": ["cycle"]}
    assert hits({"z": {"replaces": "a"}} | ring) == {"a": ["cycle"]}


def test_poe812_the_ring_is_named_in_its_order() -> None:
    claims = [make_claim(id, replaces=other) for id, other in (("c", "a"), ("a", "b"), ("b", "c"))]
    made = {claim.id: claim for claim in claims}
    contexts = [replace(make_context(claim), predecessor=made[claim.replaces or ""]) for claim in claims]
    finish = rule("POE812").finish
    assert finish is not None
    (hit,) = finish(replace(make_repository([]), claims=contexts))
    assert hit.values == {"claims": ("a", "b", "c")}


def test_poe812_a_chain_is_no_ring() -> None:
    rejected = {"status": "rejected"}
    assert hits({"c": {"replaces": "b"}, "b": {"replaces": "a"} | rejected, "a": rejected}) == {}


def test_poe812_the_one_that_was_handed_in_first_keeps_its_place() -> None:
    old = {"old": {"status": "rejected"}}
    early, late = submitted("2026-11-01T08:00:00Z"), submitted("2026-11-01T10:30:00+02:00")
    assert hits(old | {"a": {"replaces": "old"} | late, "b": {"replaces": "old"} | early}) == {"a": ["twice"]}
    assert hits(old | {"a": {"replaces": "old"}, "b": {"replaces": "old"} | late}) == {"a": ["twice"]}
    three = {id: {"replaces": "old"} for id in ("c", "b", "a")}
    assert hits(old | three) == {"b": ["twice"], "c": ["twice"]}


def test_poe812_a_rejected_successor_does_not_count() -> None:
    gone = {"replaces": "old", "status": "rejected"}
    assert hits({"old": {"status": "rejected"}, "a": gone, "b": {"replaces": "old"}}) == {}
    assert hits({"old": {"replaces": "old"}, "b": {"replaces": "old"}}) == {"old": ["self"], "b": ["alive"]}
