"""Laws of caps: order does not matter, an honest split changes nothing, and every line is rounded half up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from poe_pack.model import Claim, Funds, Money, Partner, round_money
from poe_pack.model.read_others import read_funds, read_partner
from poe_pack.rulebook import ClaimFacts, requirements
from poe_pack.rules.base import ClaimContext, Hit, RepositoryContext
from poe_pack.rules.funds._caps import Kind, exchanged, filled, pools
from tests.rules.contexts import book, make_claim, make_context, make_repository, rule

CENT = Decimal("0.01")
TOO_LATE = date(2027, 2, 16)

# A type of activity with a cap of each kind, the rule that judges it, and what was earned.
CAPPED = {
    "microsoft_syndicated_content": ("POE610", Decimal(90_000), Decimal(18_750)),
    "customer_offer": ("POE611", Decimal(36_000), Decimal(9_000)),
    "on_site_champ": ("POE611", Decimal(20_000), Decimal(10_000)),
    "product_seeding_demo_units": ("POE614", Decimal(20_000), Decimal(3_000)),
}
kinds = st.sampled_from(sorted(CAPPED))
amounts = st.integers(1, 999_999).map(lambda cents: cents * CENT)
rates = st.integers(1, 99_999).map(lambda number: Decimal(number) / 10_000)


def account(earned: Decimal, **more: Any) -> Funds:
    fields = {"program": "Hosting", "location": "6071245", "usage_period": "FY27 H1", "currency": "USD"}
    return read_funds(fields | {"earned": str(earned)} | more, "f", "funds/f.yaml")


def claim(number: int, type: str, amount: Decimal, status: str = "editing", **more: Any) -> Claim:
    """A claim; those handed in, in the order of their numbers."""
    fields: dict[str, Any] = {"activity_type": type, "amount": str(amount), "date": "2026-10-16", "status": status}
    if status != "editing":
        fields["history"] = [{"at": f"2026-10-{number + 10}T08:00:00Z", "status": "submitted"}]
    return make_claim(f"c{number}", **(fields | more))


def context(made: Claim, funds: Funds | None, today: date = date(2026, 11, 21), owner: Partner | None = None) -> Any:
    bare = make_context(made, today)
    needs = requirements(book(), made.activity_type, bare.judged_on, ClaimFacts())
    return replace(bare, needs=needs, funds=funds, partner=owner)


def together(contexts: Sequence[ClaimContext], *funds: Funds) -> RepositoryContext:
    return replace(make_repository([], funds), claims=contexts)


def hits(type: str, contexts: Sequence[ClaimContext], *funds: Funds) -> list[Hit]:
    finish = rule(CAPPED[type][0]).finish
    assert finish is not None
    return list(finish(together(contexts, *funds)))


def taken(contexts: Sequence[ClaimContext], *funds: Funds) -> list[Money | None]:
    """What all claims together take of the only cap."""
    (pool,) = pools(contexts, list(Kind))
    return list(dict.fromkeys(total for _, _, total in filled(pool, funds)))


@st.composite
def claims(draw: st.DrawFn, type: str, least: int = 1) -> list[Claim]:
    statuses = st.sampled_from(["editing", "submitted", "under_review", "action_required", "disputed"])
    count = draw(st.integers(least, 6))
    return [claim(number, type, draw(amounts), draw(statuses)) for number in range(count)]


def cut(draw: st.DataObject, whole: Decimal, count: int) -> list[Decimal]:
    """Amounts of a cent and more that add up to the whole."""
    cents = int(whole / CENT)
    cuts = draw.draw(st.lists(st.integers(1, cents - 1), min_size=count - 1, max_size=count - 1, unique=True))
    bounds = [0, *sorted(cuts), cents]
    return [(high - low) * CENT for low, high in pairwise(bounds)]


@given(st.data(), kinds)
def test_the_order_of_claims_changes_nothing(data: st.DataObject, type: str) -> None:
    funds = account(CAPPED[type][1])
    contexts = [context(made, funds) for made in data.draw(claims(type))]
    mixed = data.draw(st.permutations(contexts))
    assert taken(contexts, funds) == taken(mixed, funds)
    assert hits(type, contexts, funds) == hits(type, mixed, funds)


@given(st.data(), kinds)
def test_there_is_a_finding_exactly_when_the_sum_is_beyond(data: st.DataObject, type: str) -> None:
    _, earned, limit = CAPPED[type]
    funds = account(earned)
    made = data.draw(claims(type))
    whole = sum((one.amount or Decimal(0) for one in made), Decimal(0))
    contexts = [context(one, funds) for one in made]
    assert taken(contexts, funds) == [Money(whole, "USD")]
    assert bool(hits(type, contexts, funds)) == (whole > limit)


@given(st.data(), kinds, st.integers(2, 5))
def test_claims_within_the_cap_are_never_found(data: st.DataObject, type: str, count: int) -> None:
    _, earned, limit = CAPPED[type]
    funds = account(earned)
    parts = cut(data, limit, count)
    made = [claim(number, type, part) for number, part in enumerate(parts)]
    assert not hits(type, [context(one, funds) for one in made], funds)
    made[-1] = claim(count - 1, type, parts[-1] + CENT)
    assert len(hits(type, [context(one, funds) for one in made], funds)) == 1


@given(st.data(), kinds)
def test_a_split_keeps_the_verdict(data: st.DataObject, type: str) -> None:
    funds = account(CAPPED[type][1])
    made = data.draw(claims(type))
    number = data.draw(st.integers(0, len(made) - 1))
    amount = made[number].amount or Decimal(0)
    if amount < 2 * CENT:
        amount += CENT
        made[number] = replace(made[number], amount=amount)
    one, other = cut(data, amount, 2)
    halves = [replace(made[number], amount=one), replace(made[number], amount=other, id="x", file="x/claim.yaml")]
    split = [*made[:number], *halves, *made[number + 1 :]]
    whole, parts = ([context(one, funds) for one in many] for many in (made, split))
    assert taken(whole, funds) == taken(parts, funds)
    assert bool(hits(type, whole, funds)) == bool(hits(type, parts, funds))


@given(st.data(), kinds, st.sampled_from(["rejected", "expired"]))
def test_what_is_rejected_or_expired_takes_nothing(data: st.DataObject, type: str, how: str) -> None:
    funds = account(CAPPED[type][1])
    today = TOO_LATE if how == "expired" else date(2026, 11, 21)
    made = [context(one, funds, today) for one in data.draw(claims(type)) if how == "rejected" or one.is_closed]
    dead = context(claim(9, type, Decimal(99_999), "rejected" if how == "rejected" else "editing"), funds, today)
    assert hits(type, [*made, dead], funds) == hits(type, made, funds)
    assert not hits(type, [dead], funds)


@given(kinds, amounts, amounts)
def test_an_approved_claim_takes_what_was_approved(type: str, claimed: Decimal, approved: Decimal) -> None:
    funds = account(CAPPED[type][1])
    made = claim(0, type, claimed, "approved", approval={"amount": str(approved)})
    assert taken([context(made, funds)], funds) == [Money(approved, "USD")]


@given(st.data(), kinds, rates)
def test_a_rate_is_applied_to_each_claim_and_rounded_half_up(data: st.DataObject, type: str, rate: Decimal) -> None:
    funds = account(Decimal(90_000), currency="SEK", cap_exchange_rate={"currency": "USD", "rate": str(rate)})
    made = [replace(one, currency="SEK") for one in data.draw(claims(type))]
    total = sum((half_up((one.amount or Decimal(0)) * rate) for one in made), Decimal(0))
    found = taken([context(one, funds) for one in made], funds)
    if CAPPED[type][0] == "POE611":  # a share of what was earned needs no other currency
        assert found == [Money(sum((one.amount or Decimal(0) for one in made), Decimal(0)), "SEK")]
    else:
        assert found == [Money(total, "USD")]


@given(kinds, amounts)
def test_without_a_rate_nothing_is_compared(type: str, amount: Decimal) -> None:
    funds = account(Decimal(1), currency="SEK")
    made = context(replace(claim(0, type, amount * 1000), currency="SEK"), funds)
    assert bool(hits(type, [made], funds)) == (CAPPED[type][0] == "POE611")


@given(st.data(), rates)
def test_the_rate_of_a_claim_goes_before_that_of_its_account(data: st.DataObject, rate: Decimal) -> None:
    funds = account(Decimal(9), currency="SEK", cap_exchange_rate={"currency": "USD", "rate": "7"})
    amount = data.draw(amounts)
    more: dict[str, Any] = {"currency": "SEK", "cap_exchange_rate": {"currency": "USD", "rate": str(rate)}}
    made = context(claim(0, "microsoft_syndicated_content", amount, **more), funds)
    assert exchanged(Money(amount, "SEK"), "USD", made) == Money(half_up(amount * rate), "USD")
    assert exchanged(Money(amount, "SEK"), "EUR", made) is None
    assert exchanged(Money(amount, "EUR"), "USD", made) is None
    assert exchanged(Money(amount, "EUR"), "EUR", made) == Money(amount, "EUR")


def half_up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@given(st.integers(-(10**12), 10**12), st.integers(1, 6), st.sampled_from(["USD", "JPY", "KWD"]))
def test_rounding_is_half_up_away_from_zero(number: int, digits: int, currency: str) -> None:
    amount = Decimal(number).scaleb(-digits)
    unit = {"USD": 100, "JPY": 1, "KWD": 1000}[currency]
    exact = Fraction(amount) * unit
    nearest = (abs(exact) + Fraction(1, 2)).__floor__()
    assert Fraction(round_money(amount, currency)) * unit == (nearest if exact >= 0 else -nearest)


@given(st.lists(st.tuples(amounts, rates), min_size=1, max_size=5))
def test_invoice_lines_are_rounded_one_by_one(lines: list[tuple[Decimal, Decimal]]) -> None:
    rate = lines[0][1]
    invoice = {
        "number": "1",
        "vendor": {"name": "V"},
        "currency": "SEK",
        "exchange_rate": {"rate": str(rate)},
        "lines": [
            {"description": "Fare", "category": "air_train_fare", "person": "Anna", "net": str(net)} for net, _ in lines
        ],
    }
    whole = sum((half_up(net * rate) for net, _ in lines), Decimal(0))
    made = claim(0, "microsoft_hosted_conference", whole + 1, third_party_invoices=[invoice])
    by_kind = {pool.kind: pool for pool in pools([context(made, None)], [Kind.AMOUNT, Kind.PERSON])}
    (travel,) = by_kind[Kind.AMOUNT].shares
    assert travel.amount == whole
    each = [share.amount for share in by_kind[Kind.PERSON].shares] if Kind.PERSON in by_kind else []
    assert each == [part for net, _ in lines if (part := half_up(net * rate)) > 0]


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8), st.integers(1, 3), st.data())
def test_people_are_counted_once_over_all_claims(people: list[str], count: int, data: st.DataObject) -> None:
    groups: list[list[str]] = [[] for _ in range(count)]
    for person in people:
        groups[data.draw(st.integers(0, count - 1))].append(person)
    made = [
        claim(
            number,
            "microsoft_hosted_conference",
            Decimal(900),
            event={"name": data.draw(st.sampled_from(["Ignite 2026", " ignite  2026"]))},
            third_party_invoices=[
                {
                    "number": f"n{number}",
                    "vendor": {"name": "V"},
                    "currency": "USD",
                    "lines": [
                        {"description": "Fare", "category": "registration_fee", "net": "9", "person": person}
                        for person in group
                    ],
                }
            ],
        )
        for number, group in enumerate(groups)
    ]
    finish = rule("POE612").finish
    assert finish is not None
    found = list(finish(together([context(one, None) for one in made])))
    assert bool(found) == (len(set(people)) > 3)
    assert len({hit.file for hit in found}) == len(found)


def test_an_account_that_cannot_be_read_leaves_shares_unknown() -> None:
    funds = account(Decimal(100))
    made = context(claim(0, "customer_offer", Decimal(99)), funds)
    finish = rule("POE611").finish
    assert finish is not None
    assert list(finish(together([made], funds)))
    assert not list(finish(replace(together([made], funds), unreadable=frozenset(["funds"]))))


@pytest.mark.parametrize(
    ("other", "known"),
    [
        ({"usage_period": "FY26 H2"}, True),
        ({"program": "CSP"}, True),
        ({"location": "6071252"}, True),
        ({"location": "6071252", "adjustments": [{"amount": "1"}]}, True),
        ({"location": "6071252", "currency": "SEK"}, False),
    ],
)
def test_what_was_earned_must_be_known_in_one_currency(other: dict[str, Any], known: bool) -> None:
    funds = account(Decimal(100))
    second = account(Decimal(0), **other)
    made = context(claim(0, "product_seeding_demo_units", Decimal(3_001)), funds)
    assert bool(hits("product_seeding_demo_units", [made], funds, second)) == known
    unknown = replace(second, earned=None)
    concerned = unknown.location == "6071252"
    assert bool(hits("product_seeding_demo_units", [made], funds, unknown)) != concerned


def test_the_market_is_that_of_the_location_or_else_of_the_partner() -> None:
    funds = account(Decimal(100))
    for market, country, severity in [("US", None, "warning"), ("US", "SE", None), (None, "US", "warning")]:
        place = {"id": "6071245", "name": "Here"} | ({"country": country} if country else {})
        data = {"name": "N", "partner_id": "1", "locations": [place]} | ({"market": market} if market else {})
        owner = read_partner(data, "p", "partner.yaml", "")
        (hit,) = hits("customer_offer", [context(claim(0, "customer_offer", Decimal(99)), funds, owner=owner)], funds)
        assert (hit.severity and hit.severity.value) == severity
