"""Caps: what each activity type may claim at most, and for whom."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.model import Money
from poe_pack.rulebook import Cap, ClaimFacts, Limit, load_rulebook, program_facts, requirements

FOLDER = Path(__file__).resolve().parent
BOOK = load_rulebook("microsoft-coop", FOLDER)
LEAST = load_rulebook("least.yaml", FOLDER)
DAY = date(2022, 9, 1)
HOSTING, SURFACE = frozenset(["hosting"]), frozenset(["surface_add_pc", "surface", "surface_add"])


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def caps(type: str, day: date = DAY) -> tuple[Cap, ...]:
    found = requirements(BOOK, type, day, ClaimFacts()).caps
    assert found is not None
    return found


def test_syndicated_content() -> None:
    (cap,) = caps("microsoft_syndicated_content")
    assert (cap.limit.money(None), cap.per, cap.expenses) == ((usd("18750"),), ("usage_period",), None)


@pytest.mark.parametrize(
    ("type", "percent"), [("customer_offer", 25), ("internal_incentive_spiff", 25), ("on_site_champ", 50)]
)
def test_shares_of_what_was_earned(type: str, percent: int) -> None:
    (cap,) = caps(type)
    assert cap.per == ("usage_period",)
    elsewhere, surface = cap.limit_for(HOSTING), cap.limit_for(SURFACE)
    assert elsewhere == Limit(percents=(percent,))
    assert surface == Limit(percents=(100,))
    assert cap.limit.money(None) is None
    assert cap.limit.money(usd("1000.10")) == (Money(Decimal("1000.10") * percent / 100, "USD"),)


def test_conferences() -> None:
    people, each, together = caps("microsoft_hosted_conference")
    assert (people.limit, people.per) == (Limit(people=3), ("conference",))
    assert people.limit.money(usd("1")) == ()
    assert (each.limit.money(None), each.per) == ((usd("5000"),), ("person", "conference"))
    assert (together.limit.money(None), together.per) == ((usd("45000"),), ("usage_period", "program"))
    assert each.expenses == together.expenses == frozenset(["air_train_fare", "hotel_room"])
    assert not each.is_firm(HOSTING, "SE")
    assert each.is_firm(SURFACE, "SE")
    assert people.is_firm(HOSTING, None)


def test_demo_units() -> None:
    (cap,) = caps("product_seeding_demo_units")
    assert cap.limit_for(SURFACE) is None
    assert cap.limit_for(HOSTING) == Limit(amounts=(usd("3000"),), percents=(10,))
    assert cap.limit.money(Money(Decimal(100000), "EUR")) == (usd("3000"), Money(Decimal(10000), "EUR"))
    assert cap.source.confidence == "B"


def test_in_the_united_states_allowances_may_differ_since_it_was_said() -> None:
    early, late = (caps("on_site_champ", day)[0] for day in (date(2023, 10, 23), date(2023, 10, 24)))
    assert early.is_firm(HOSTING, "US")
    assert not late.is_firm(HOSTING, "US")
    assert late.is_firm(HOSTING, "SE")
    assert late.is_firm(HOSTING, None)


def test_no_cap_and_nobody_knows_are_two_things() -> None:
    assert caps("digital_advertising") == ()
    assert requirements(BOOK, "digital_advertising", date(2018, 9, 4), ClaimFacts()).caps is None


def test_every_shape_of_the_grammar() -> None:
    found = requirements(LEAST, "campaign", DAY, ClaimFacts())
    assert found.caps is not None
    fare, greatest, share, people = found.caps
    assert fare.limit.money(None) == (Money(Decimal("99.95"), "EUR"),)
    assert not fare.is_firm(frozenset(["tablets"]), None)
    assert not people.is_firm(frozenset(["phones"]), "US")
    assert greatest.limit == Limit(amounts=(Money(Decimal(30), "EUR"),), percents=(10,))
    assert (greatest.source.id, fare.source.id) == ("later", "guide")
    assert share.limit_for(["tablets", "device"]) == Limit(percents=(100,))
    assert people.limit_for(["phones"]) is None
    assert found.pre_approval is not None
    assert found.pre_approval.stages == ("pre_approval", "final_review")
    assert found.open_to(["tablets", "device"])
    assert not found.open_to(["phones", "device"])
    assert not found.open_to(["desks"])
    assert requirements(LEAST, "seminar", DAY, ClaimFacts()).open_to(["desks"])


@given(st.decimals(0, 10**9, places=2), st.integers(0, 100))
def test_a_share_is_exact_and_grows_with_what_was_earned(earned: Decimal, percent: int) -> None:
    (money,) = Limit(percents=(percent,)).money(Money(earned, "USD")) or ()
    assert money.amount * 100 == earned * percent
    assert money.amount <= earned


# --- programs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Hosting", "hosting", " HOSTING "])
def test_a_program_is_found_however_it_is_written(text: str) -> None:
    found = program_facts(BOOK, text, DAY)
    assert found is not None
    assert (found.id, found.kinds, found.co_op, found.threshold) == ("hosting", HOSTING, True, usd("1500"))


@pytest.mark.parametrize(
    ("text", "threshold"),
    [
        ("Authorized Distributor - EduWins", "1500"),
        ("Authorized Distributor - Software", "1500"),
        ("CSP Direct Bill Partner", "10000"),
        ("CSP Indirect Provider", "10000"),
        ("CSP Indirect Reseller", "10000"),
        ("IoT Channel Incentive", "1500"),
        ("Mixed Reality ADD", "1500"),
        ("Mixed Reality ADR & DMP", "1500"),
        ("OEM Reseller - Software", "1500"),
        ("Surface PC and Surface Hub ADD", "1500"),
    ],
)
def test_thresholds(text: str, threshold: str) -> None:
    found = program_facts(BOOK, text, DAY)
    assert found is not None
    assert found.threshold == usd(threshold)
    assert found.co_op


def test_mixed_reality_ended_with_fy23() -> None:
    days = (date(2023, 6, 30), date(2023, 7, 1))
    found = [program_facts(BOOK, "Mixed Reality ADD", day) for day in days]
    assert [facts and facts.co_op for facts in found] == [True, False]


@pytest.mark.parametrize("text", ["OSA Sell", "OSU M365", "OSU Business Applications", "CPOR"])
def test_incentives_without_co_op(text: str) -> None:
    found = program_facts(BOOK, text, DAY)
    assert found is not None
    assert found.co_op is False


def test_surface_is_claimed_under_one_of_three_names() -> None:
    whole, one = (program_facts(BOOK, text, date(2026, 9, 1)) for text in ("Surface ADD", "ADD-PC"))
    assert whole is not None
    assert one is not None
    assert whole.claimed_as == ("surface_add_pc", "surface_add_hub", "surface_adr_hub")
    assert (one.claimed_as, one.kinds) == ((), SURFACE)
    needs = {
        type: requirements(BOOK, type, date(2026, 9, 1), ClaimFacts()) for type in ("tv_radio", "employee_purchase_web")
    }
    assert (needs["tv_radio"].open_to(one.kinds), needs["tv_radio"].open_to(HOSTING)) == (True, False)
    assert not needs["employee_purchase_web"].open_to(one.kinds)
    assert needs["employee_purchase_web"].open_to(["surface_adr_hub", "surface"])


def test_programs_that_are_not_known_or_not_yet() -> None:
    assert program_facts(BOOK, "Bicycles", DAY) is None
    early = program_facts(BOOK, "Hosting", date(2019, 1, 1))
    assert early is not None
    assert (early.value, early.co_op, early.threshold) == (None, None, None)
    assert program_facts(load_rulebook("least.yaml", FOLDER), "slates", DAY) is not None


def test_no_two_programs_share_a_name() -> None:
    spellings: list[str] = []
    for id in BOOK.ids("programs"):
        entry = BOOK.entry("programs", id) or {}
        spellings += {word.casefold() for word in (id, entry["names"]["en"], *entry.get("aliases", ()))}
    assert len(spellings) == len(set(spellings))
