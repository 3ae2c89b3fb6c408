"""How claims divide beside the rulebook's guide."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from poe_pack.documents.repository import Layout
from poe_pack.model import Claim, Settings
from poe_pack.rulebook import ClaimFacts, requirements
from poe_pack.rules.base import ClaimContext
from poe_pack.validation.loading import Loaded
from poe_pack.validation.mix import mixes
from poe_pack.validation.result import Mix
from tests.rules.contexts import book, make_claim, make_context

NOWHERE = Path("/nowhere")


def claim(id: str, amount: str, type: str = "customer_seminar_bootcamp", **more: object) -> Claim:
    fields = {"program": "CSP Indirect Provider", "activity_type": type, "amount": amount, "date": "2026-10-16"}
    return make_claim(id, **(fields | more))


def context(made: Claim) -> ClaimContext:
    bare = make_context(made)
    return replace(bare, needs=requirements(book(), made.activity_type, bare.judged_on, ClaimFacts()))


def found(*claims: Claim) -> list[Mix]:
    loaded = Loaded(Layout(NOWHERE, NOWHERE, ()), Settings(), {})
    return list(mixes(loaded, [context(one) for one in claims]))


def parts(mix: Mix) -> list[tuple[str, str, str, str | None]]:
    return [
        (str(part.name), f"{part.amount}", f"{part.share:.2f}", None if part.guide is None else f"{part.guide}")
        for part in mix.shares
    ]


def test_by_category_and_by_solution_area() -> None:
    category, area = found(
        claim("a", "600.00", solution_area="security"),
        claim("b", "300.00", "digital_advertising", solution_area="cloud_and_ai_platforms"),
        claim("c", "100.00", "digital_advertising"),
        claim("d", "999.00", status="rejected"),
    )
    assert (category.program, category.usage_period, category.currency) == ("CSP Indirect Provider", "FY27 H1", "USD")
    assert category.total == area.total == Decimal("1000.00")
    assert parts(category) == [
        ("Demand generation", "400.00", "0.40", "0.40"),
        ("Market development", "600.00", "0.60", "0.45"),
        ("Partner skilling", "0", "0.00", "0.15"),
    ]
    assert parts(area) == [
        ("Cloud and AI platforms", "300.00", "0.30", "0.45"),
        ("AI business solutions", "0", "0.00", "0.35"),
        ("Security", "600.00", "0.60", "0.20"),
        ("mix.unnamed", "100.00", "0.10", None),
    ]
    assert category.judged_by.title


def test_only_programs_that_the_guide_is_about() -> None:
    assert not found(claim("a", "600.00", program="Hosting"), claim("b", "600.00", program="Nobody knows"))


def test_only_since_there_is_a_guide() -> None:
    old = claim("a", "600.00", usage_period="FY25 H2", date="2025-05-10", status="submitted")
    assert not found(old)


def test_nothing_claimed_is_no_mix() -> None:
    assert not found(claim("a", "0.00"), claim("b", "10.00", status="rejected"))


def test_periods_and_currencies_stay_apart() -> None:
    made = found(
        claim("a", "10.00"),
        claim("b", "10.00", currency="SEK"),
        claim("c", "10.00", usage_period="FY26 H2", date="2026-05-10", status="submitted"),
    )
    assert [(mix.usage_period, mix.currency) for mix in made[::2]] == [
        ("FY26 H2", "USD"),
        ("FY27 H1", "SEK"),
        ("FY27 H1", "USD"),
    ]
    assert {mix.total for mix in made} == {Decimal("10.00")}
