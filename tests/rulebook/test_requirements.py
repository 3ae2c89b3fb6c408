"""What a claim needs: the grammar of needs against the plainest reading of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.rulebook import ClaimFacts, Requirement, Requirements, UnknownValue, load_rulebook, requirements
from poe_pack.rulebook.load import make_rulebook

DAY = date(2026, 9, 1)
SOURCE = {"title": "S", "published": "2020-01-01", "read": "2020-01-01", "confidence": "A"}
CORE = ("brand", "contact")


def needs(evidence: Any, facts: ClaimFacts) -> Requirements:
    """Requirements of a rulebook with one activity that needs this evidence."""
    data = {
        "id": "x",
        "version": "1",
        "title": "x",
        "vendor": "x",
        "sources": {"s": SOURCE},
        "spending_proof": {"values": {"2020-01-01": {"any": ["invoice", "report"], "source": "s"}}},
        "activity_types": {
            "event": {
                "names": {"en": "Event"},
                "values": {
                    "2020-01-01": {"evidence": evidence, "core": {"all": list(CORE), "missing": "error"}, "source": "s"}
                },
            }
        },
    }
    return requirements(make_rulebook(data), "event", DAY, facts)


def is_met(found: Requirements, present: frozenset[str]) -> bool:
    assert found.evidence is not None
    return all(need.is_met(present) for need in found.evidence)


# --- the grammar, read as plainly as possible ---------------------------------------------------------------


def holds(condition: Mapping[str, Any], facts: ClaimFacts) -> bool:
    ((name, argument),) = condition.items()
    if name == "core_missing_in":
        return any(kind in facts.shown and not facts.shown[kind] >= set(CORE) for kind in argument)
    if name == "no_condition":
        return argument not in facts.conditions
    if name == "expense_other_than":
        return facts.expenses == frozenset() or any(expense not in argument for expense in facts.expenses)
    return argument in {"condition": facts.conditions, "channel": facts.channels, "expense": facts.expenses}[name]


def plainly(need: Any, facts: ClaimFacts, present: frozenset[str]) -> bool:
    if isinstance(need, str):
        return need in present
    if "when" in need:
        return not holds(need["when"], facts) or plainly(need["then"], facts, present)
    if "all" in need:
        return all(plainly(child, facts, present) for child in need["all"])
    return any(plainly(child, facts, present) for child in need["any"])


ids = st.sampled_from(["photo", "agenda", "letter", "slides"])
sets = st.frozensets(ids)
conditions = st.one_of(
    st.fixed_dictionaries({"condition": st.sampled_from(["seo", "tv"])}),
    st.fixed_dictionaries({"channel": st.sampled_from(["mail", "sms"])}),
    st.fixed_dictionaries({"expense": st.sampled_from(["travel", "venue"])}),
    st.fixed_dictionaries({"no_condition": st.sampled_from(["seo", "tv"])}),
    st.fixed_dictionaries({"expense_other_than": st.lists(st.sampled_from(["travel", "venue"]), min_size=1)}),
    st.fixed_dictionaries({"core_missing_in": st.lists(ids, min_size=1, max_size=2)}),
)
grammar = st.recursive(
    ids,
    lambda children: st.one_of(
        st.fixed_dictionaries({"all": st.lists(children, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(children, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"when": conditions, "then": children}),
    ),
    max_leaves=6,
)
facts_of_claims = st.builds(
    ClaimFacts,
    conditions=st.frozensets(st.sampled_from(["seo", "tv"])),
    channels=st.frozensets(st.sampled_from(["mail", "sms"])),
    expenses=st.frozensets(st.sampled_from(["travel", "venue"])),
    shown=st.dictionaries(ids, st.frozensets(st.sampled_from(CORE))),
)


@given(grammar, facts_of_claims, sets)
def test_the_grammar_means_what_it_says(need: Any, facts: ClaimFacts, present: frozenset[str]) -> None:
    assert is_met(needs(need, facts), present) == plainly(need, facts, present)


@given(grammar, facts_of_claims, sets, sets)
def test_more_evidence_never_takes_away(
    need: Any, facts: ClaimFacts, present: frozenset[str], more: frozenset[str]
) -> None:
    found = needs(need, facts)
    assert is_met(found, present) <= is_met(found, present | more)
    assert found.evidence is not None
    assert is_met(found, frozenset(id for need in found.evidence for id in need.ids))


@given(grammar, facts_of_claims)
def test_every_id_could_meet_its_requirement(need: Any, facts: ClaimFacts) -> None:
    for requirement in needs(need, facts).evidence or ():
        assert set(requirement.ids) == {id for way in requirement.alternatives for id in way}
        assert len(set(requirement.ids)) == len(requirement.ids)


# --- examples -----------------------------------------------------------------------------------------------


def test_all_is_one_requirement_each_and_any_is_one() -> None:
    found = needs({"all": ["photo", {"any": ["slides", {"all": ["agenda", "letter"]}]}]}, ClaimFacts())
    assert found.evidence == (Requirement((("photo",),)), Requirement((("slides",), ("agenda", "letter"))))


def test_a_condition_on_core_elements_looks_only_at_what_is_there() -> None:
    need = {"when": {"core_missing_in": ["agenda", "letter"]}, "then": "slides"}
    assert needs(need, ClaimFacts()).evidence == ()
    whole, part = frozenset(CORE), frozenset(["brand"])
    assert needs(need, ClaimFacts(shown={"agenda": whole})).evidence == ()
    assert needs(need, ClaimFacts(shown={"photo": part})).evidence == ()
    assert needs(need, ClaimFacts(shown={"agenda": whole, "letter": part})).evidence == (Requirement((("slides",),)),)


@pytest.mark.parametrize("name", ["condition", "channel", "expense"])
def test_conditions(name: str) -> None:
    need = {"when": {name: "a"}, "then": "slides"}
    with_a = {"conditions" if name == "condition" else f"{name}s": frozenset("a")}
    assert needs(need, ClaimFacts(**with_a)).evidence == (Requirement((("slides",),)),)  # type: ignore[arg-type]
    assert needs(need, ClaimFacts()).evidence == ()


def test_conditions_that_deny() -> None:
    slides = (Requirement((("slides",),)),)
    unless = {"when": {"no_condition": "a"}, "then": "slides"}
    assert needs(unless, ClaimFacts()).evidence == slides
    assert needs(unless, ClaimFacts(conditions=frozenset("a"))).evidence == ()
    other = {"when": {"expense_other_than": ["a", "b"]}, "then": "slides"}
    assert needs(other, ClaimFacts()).evidence == slides, "nothing is claimed yet"
    assert needs(other, ClaimFacts(expenses=frozenset("ab"))).evidence == ()
    assert needs(other, ClaimFacts(expenses=frozenset("ac"))).evidence == slides


def test_what_is_asked_for_twice_is_needed_once() -> None:
    assert needs({"all": ["slides", {"all": ["photo", "slides"]}]}, ClaimFacts()).evidence == (
        Requirement((("slides",),)),
        Requirement((("photo",),)),
    )


# --- silence ------------------------------------------------------------------------------------------------


def test_what_no_source_says_is_unknown_and_not_nothing() -> None:
    book = load_rulebook("microsoft-coop", Path("/nowhere"))
    early = requirements(book, "digital_advertising", date(2018, 9, 4), ClaimFacts())
    assert early.metrics is None
    assert early.expenses is None
    assert early.evidence
    later = requirements(book, "digital_advertising", date(2019, 4, 3), ClaimFacts())
    assert later.metrics
    assert later.expenses


def test_core_elements_were_of_the_whole_category_until_the_3rd_of_april_2019() -> None:
    book = load_rulebook("microsoft-coop", Path("/nowhere"))
    days = [date(2018, 9, 4), date(2019, 4, 3), date(2019, 4, 4), date(2026, 9, 1)]
    for type, severities in {
        "digital_advertising": ["error", "error", "warning", "warning"],
        "print_advertising": ["error", "error", "error", "error"],
    }.items():
        found = [requirements(book, type, day, ClaimFacts()) for day in days]
        assert [needs.core_severity for needs in found] == severities
        assert {needs.core for needs in found} == {("company_brand", "contact_info", "microsoft_content")}


@pytest.mark.parametrize(("type", "day"), [("no_such", DAY), ("digital_advertising", date(2018, 9, 3))])
def test_an_activity_type_that_is_not_known_that_day(type: str, day: date) -> None:
    with pytest.raises(UnknownValue):
        requirements(load_rulebook("microsoft-coop", Path("/nowhere")), type, day, ClaimFacts())


def test_spending_proof_is_either() -> None:
    proof = needs("photo", ClaimFacts()).spending_proof
    assert proof is not None
    assert proof.is_met(frozenset(["invoice"]))
    assert proof.is_met(frozenset(["report"]))
    assert not proof.is_met(frozenset(["photo"]))
