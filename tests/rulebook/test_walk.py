"""Every activity type in every version of the shipped rulebook: what it needs, and what follows from silence."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poe_pack.rulebook import ClaimFacts, Requirement, Requirements, Rulebook, load_rulebook, requirements
from poe_pack.rulebook.load import make_rulebook
from tests.rulebook.listing import FILE, listing, versions

BOOK = load_rulebook("microsoft-coop", Path("/nowhere"))
TODAY = date(2026, 11, 21)
TYPES = st.sampled_from(BOOK.ids("activity_types"))
IDS = {
    section: st.frozensets(st.sampled_from(BOOK.ids(section)))
    for section in ("conditions", "channels", "expense_categories")
}
FACTS = st.builds(
    ClaimFacts,
    conditions=IDS["conditions"],
    channels=IDS["channels"],
    expenses=IDS["expense_categories"],
    shown=st.dictionaries(
        st.sampled_from(BOOK.ids("evidence_kinds")), st.frozensets(st.sampled_from(BOOK.ids("core_elements")))
    ),
    tactics=st.lists(TYPES, unique=True).map(tuple),
)
DAYS = st.dates(date(2018, 9, 4), TODAY)


def needs(type: str, day: date, **facts: Any) -> Requirements:
    return requirements(BOOK, type, day, ClaimFacts(**facts))


def ids(found: tuple[Requirement, ...] | None) -> list[tuple[tuple[str, ...], ...]]:
    assert found is not None
    return [need.alternatives for need in found]


def test_what_each_version_needs_is_what_was_read() -> None:
    assert listing(BOOK).splitlines() == FILE.read_text(encoding="utf-8").splitlines(), (
        "look at each difference beside its source, then run 'python -m tests.rulebook.listing'"
    )


def test_there_are_25_activity_types_and_each_has_a_category_and_a_name() -> None:
    assert len(BOOK.ids("activity_types")) == 25
    for id, day in versions(BOOK):
        category = needs(id, day).activity.fields["category"]
        assert category in BOOK.ids("categories")
        assert BOOK.name("activity_types", id, day).names["en"]


@given(TYPES, DAYS, FACTS)
def test_whatever_a_claim_says_the_needs_name_what_the_rulebook_knows(type: str, day: date, facts: ClaimFacts) -> None:
    first = min(since for id, since in versions(BOOK) if id == type)
    found = requirements(BOOK, type, max(day, first), facts)
    kinds, metrics = set(BOOK.ids("evidence_kinds")), set(BOOK.ids("metrics"))
    for need in (*(found.evidence or ()), *found.advised):
        assert kinds.issuperset(need.ids)
        assert need.ids
    assert metrics.issuperset(id for need in found.metrics or () for id in need.ids)
    assert set(BOOK.ids("core_elements")).issuperset(found.core or ())
    assert set(BOOK.ids("expense_categories")).issuperset(found.expenses or ())
    assert set(BOOK.ids("ineligible_expenses")).issuperset(found.ineligible)
    assert found.in_house_counts
    assert len(set(found.evidence or ())) == len(found.evidence or ())


# --- silence ------------------------------------------------------------------------------------------------


def dated(node: object) -> Iterator[dict[str, Any]]:
    """Every mapping of versions of a rulebook."""
    if isinstance(node, dict):
        for key, child in node.items():
            if key == "values":
                yield child
            else:
                yield from dated(child)


def with_silent_versions(day: date) -> Rulebook:
    """The rulebook with a version on that day, for every value, that says nothing."""
    data = copy.deepcopy(dict(BOOK._data))
    for values in dated(data):
        if min(values) <= day.isoformat():
            values.setdefault(day.isoformat(), {"source": "inferred"})
    return make_rulebook(data)


def said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in values.items() if field not in ("source", "confirms")}


@settings(max_examples=20)
@given(st.dates(date(2018, 9, 4), date(2030, 1, 1)))
def test_a_silent_version_equals_the_one_before(day: date) -> None:
    silent = with_silent_versions(day)
    for id, first in versions(BOOK):
        if first > day:
            continue
        before, after = (requirements(book, id, day, ClaimFacts()) for book in (BOOK, silent))
        assert said(before.activity.fields) == said(after.activity.fields)
        for field in ("evidence", "metrics", "core", "core_severity", "core_relief", "expenses", "advised", "combines"):
            assert getattr(before, field) == getattr(after, field), (id, field)
        for field in ("pre_approval", "programs_only", "programs_except", "ineligible", "with_tax", "spending_proof"):
            assert getattr(before, field) == getattr(after, field), (id, field)
        assert [cap.limit for cap in before.caps or ()] == [cap.limit for cap in after.caps or ()]


@given(TYPES, DAYS)
def test_what_was_said_is_never_unknown_again(type: str, day: date) -> None:
    first = min(since for id, since in versions(BOOK) if id == type)
    day = max(day, first)
    early, late = needs(type, day), needs(type, TODAY)
    for field in ("evidence", "metrics", "core", "expenses", "caps", "pre_approval"):
        assert getattr(early, field) is None or getattr(late, field) is not None, field


def test_types_that_are_only_listed_are_unknown_in_everything_but_their_category() -> None:
    silent = [id for id in BOOK.ids("activity_types") if needs(id, TODAY).evidence is None]
    assert silent == [
        "social_media_marketing",
        "best_practice_development",
        "migration_services",
        "solution_building_third_parties",
        "on_demand_training",
    ]
    for id in silent:
        found = needs(id, TODAY)
        assert (found.metrics, found.core, found.expenses, found.caps) == (None, None, None, None)


# --- conditions ---------------------------------------------------------------------------------------------


def test_search_engine_projects_need_their_contract() -> None:
    site, contract = (("site_url_or_screenshot",),), (("sow_or_service_agreement",),)
    day = date(2026, 9, 1)
    assert ids(needs("partner_website_seo", day).evidence) == [site]
    assert ids(needs("partner_website_seo", day, conditions=frozenset(["seo_project"])).evidence) == [site, contract]
    both = needs("partner_website_seo", day, conditions=frozenset(["seo_project"]), expenses=frozenset(["seo_fee"]))
    assert ids(both.evidence) == [site, contract], "each once, whoever asks for it"


def test_the_itinerary_is_for_those_who_fly() -> None:
    day, fare = date(2026, 9, 1), frozenset(["air_train_fare"])
    confirmation, itinerary = (("conference_confirmation",),), (("travel_itinerary",),)
    conference = "microsoft_hosted_conference"
    assert ids(needs(conference, day, expenses=frozenset(["hotel_room"])).evidence) == [confirmation]
    assert ids(needs(conference, day, expenses=fare).evidence) == [confirmation, itinerary]
    by_train = needs(conference, day, expenses=fare, conditions=frozenset(["travel_by_train_only"]))
    assert ids(by_train.evidence) == [confirmation]


def test_the_renewal_of_a_trainer_needs_no_figures() -> None:
    day, renewal = date(2026, 9, 1), "mct_renewal_fee"
    figures = [(("attendee_list",),), (("per_person_cost",),)]
    assert ids(needs("microsoft_exams_tuition", day).metrics) == figures
    assert ids(needs("microsoft_exams_tuition", day, expenses=frozenset([renewal])).metrics) == []
    assert ids(needs("microsoft_exams_tuition", day, expenses=frozenset([renewal, "exam_fee"])).metrics) == figures


def test_a_demo_unit_is_proved_as_it_was_come_by() -> None:
    day = date(2026, 9, 1)
    specification, bought = ("system_specification",), ("delivery_proof", "third_party_unit_proof")
    assert ids(needs("product_seeding_demo_units", day).evidence) == [(specification, bought)]
    built = needs("product_seeding_demo_units", day, conditions=frozenset(["built_in_house"]))
    assert ids(built.evidence) == [(specification, bought), (specification,)]
    third = needs("product_seeding_demo_units", day, conditions=frozenset(["third_party_unit"]))
    assert ids(third.evidence) == [(specification, bought), (("delivery_proof",),), (("third_party_unit_proof",),)]


def test_a_campaign_needs_the_evidence_of_each_tactic_that_it_uses() -> None:
    day, campaign = date(2026, 9, 1), "multi_touch_digital_campaign"
    assert needs(campaign, day).evidence == ()
    both = needs(campaign, day, tactics=("telemarketing", "digital_advertising", "tv_radio"))
    assert both.evidence is not None
    assert [(need.ids, need.tactic) for need in both.evidence] == [
        (("telesales_script",), "telemarketing"),
        (("ad_screenshot",), "digital_advertising"),
        (("landing_page_url",), "digital_advertising"),
    ], "a tactic that the campaign cannot combine adds nothing"
    assert needs(campaign, date(2018, 10, 1)).evidence is None
    early = needs(campaign, date(2018, 10, 1), tactics=("partner_website_seo", "direct_mail_email_sms"))
    assert early.evidence is not None
    assert {need.tactic for need in early.evidence} == {"direct_mail_email_sms"}, "of the other one nobody says"


def test_the_rules_of_a_contest_in_the_house_need_show_the_brand_only() -> None:
    day, contest = date(2026, 9, 1), frozenset(["in_house_contest_rules"])
    assert needs("internal_incentive_spiff", day).core == ("company_brand", "contact_info", "microsoft_content")
    assert needs("internal_incentive_spiff", day).core_relief == ("in_house_contest_rules", ("company_brand",))
    assert needs("internal_incentive_spiff", day, conditions=contest).core == ("company_brand",)
    assert needs("customer_offer", day, conditions=contest).core == ("microsoft_content",)


def test_the_champs_form_is_advised_by_nobody_but_us() -> None:
    found = needs("on_site_champ", TODAY)
    assert ids(found.evidence) == [(("deliverable_sample",),)]
    assert ids(found.advised) == [(("onsite_champ_form",),)]
    assert found.advised_source is not None
    assert found.advised_source.confidence == "D"


# --- names, categories, sources -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "id", "day", "before", "after"),
    [
        ("categories", "partner_readiness", date(2024, 7, 1), "Partner readiness", "Partner skilling"),
        (
            *("activity_types", "mpn_participation", date(2023, 10, 23), "MPN participation"),
            "Microsoft AI Cloud Partner Program participation",
        ),
        (
            *("activity_types", "employee_purchase_web", date(2019, 4, 3), "Purchase web set up for customer"),
            "Employee purchase web setup for customers",
        ),
    ],
)
def test_names_change_with_time(section: str, id: str, day: date, before: str, after: str) -> None:
    assert BOOK.name(section, id, day - timedelta(days=1)).names["en"] == before
    assert BOOK.name(section, id, day).names["en"] == after
    assert BOOK.name(section, id).names["en"] == after


def test_tradeshows_changed_their_category_with_fy25() -> None:
    days = (date(2024, 6, 30), date(2024, 7, 1))
    found = [needs("tradeshow_exhibition", day).activity for day in days]
    assert [value.fields["category"] for value in found] == ["market_development", "demand_generation"]
    told = found[1]
    assert told.judged_by(days[1], "category").title.startswith("Microsoft Americas partner blog")
    assert told.judged_by(days[1], "evidence").title == BOOK.sources["core-2020-08"].title


def test_a_list_that_was_cut_is_marked() -> None:
    cut = [id for id in BOOK.ids("activity_types") if needs(id, TODAY).expenses_truncated]
    assert cut == ["digital_advertising", "product_seeding_demo_units"]
    assert not needs("digital_advertising", date(2023, 10, 23)).expenses_truncated
    assert [id for id in BOOK.ids("activity_types") if needs(id, TODAY).evidence_truncated] == ["telemarketing"]


def test_only_tv_and_radio_are_approved_beforehand() -> None:
    found = {id: needs(id, TODAY).pre_approval for id in BOOK.ids("activity_types")}
    assert [id for id, approval in found.items() if approval is not None] == ["tv_radio"]
    approval = found["tv_radio"]
    assert approval is not None
    assert (approval.stages, approval.before) == (("pre_approval", "final_review"), "activity_date")


def test_travel_is_for_conferences() -> None:
    travels = [id for id in BOOK.ids("activity_types") if "event_travel" not in needs(id, TODAY).ineligible]
    assert travels == ["microsoft_hosted_conference"]
    assert needs("microsoft_hosted_conference", TODAY).with_tax == {"air_train_fare", "hotel_room"}
    assert {"alcohol", "hotel_extras"} <= set(needs("customer_seminar_bootcamp", TODAY).ineligible)
