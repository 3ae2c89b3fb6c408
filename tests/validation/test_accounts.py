"""Funds: every dollar is in one place, and the rule on what is left sees the same as the account."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from poe_pack.documents.repository import Layout
from poe_pack.model import Claim, Funds, Settings
from poe_pack.model.read_others import read_funds
from poe_pack.rulebook import Calendar
from poe_pack.validation.accounts import funds_results
from poe_pack.validation.loading import Loaded
from poe_pack.validation.result import FundsResult
from tests.rules.contexts import book, make_claim, make_context, make_repository, rule

NOWHERE = Path("/nowhere")
IN_TIME, TOO_LATE = date(2027, 2, 15), date(2027, 2, 16)  # the last day of FY27 H1's window, and the next

amounts = st.integers(0, 999_999).map(lambda cents: Decimal(cents) / 100)
statuses = st.sampled_from(
    ["editing", "submitted", "under_review", "action_required", "approved", "rejected", "disputed"]
)


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    made = []
    for number in range(draw(st.integers(0, 6))):
        status, amount = draw(statuses), draw(amounts)
        fields = {"amount": amount, "status": status, "date": "2026-10-01"}
        if draw(st.booleans()):
            fields["approval"] = {"amount": min(amount, draw(amounts))}
        if draw(st.integers(0, 9)) == 0:
            fields["location"] = "another"
        if status != "editing":
            fields["history"] = [{"at": f"2026-10-{number + 10}T08:00:00Z", "status": "submitted"}]
        made.append(make_claim(f"claim-{number}", **fields))
    return made


@st.composite
def accounts(draw: st.DrawFn) -> Funds:
    sign = draw(st.sampled_from([1, -1]))
    fields = {
        "program": "Hosting",
        "location": "6071245",
        "usage_period": "FY27 H1",
        "currency": "USD",
        "earned": draw(st.integers(0, 2_999_999)),
        "claimed_outside": draw(amounts),
        "adjustments": [{"amount": sign * draw(amounts)}],
    }
    return read_funds(fields, "f", "funds/f.yaml")


def spread(funds: Funds, made: list[Claim], today: date = IN_TIME) -> FundsResult:
    loaded = Loaded(Layout(NOWHERE, NOWHERE, ()), Settings(), {}, funds=[funds])
    contexts = [make_context(claim, today) for claim in made]
    (result,) = funds_results(loaded, contexts, Calendar(book()), today)
    return result


@given(accounts(), claims(), st.sampled_from([IN_TIME, TOO_LATE]))
def test_everything_is_in_one_place(funds: Funds, made: list[Claim], today: date) -> None:
    result = spread(funds, made, today)
    assert result.drafts == 0 or today is IN_TIME
    spent = result.approved + result.in_review + result.drafts
    assert spent + result.free + result.lapsed - result.over == result.available == funds.available
    assert min(result.approved, result.in_review, result.drafts, result.free, result.lapsed, result.over) >= 0
    assert sum(part > 0 for part in (result.free, result.lapsed, result.over)) <= 1
    assert (result.free if today is TOO_LATE else result.lapsed) == 0


@given(accounts(), claims(), st.sampled_from([IN_TIME, TOO_LATE]))
def test_the_rule_speaks_when_the_account_is_overdrawn(funds: Funds, made: list[Claim], today: date) -> None:
    result = spread(funds, made, today)
    finish = rule("POE601").finish
    assert finish is not None
    contexts = [make_context(claim, today) for claim in made]
    hits = list(finish(replace(make_repository([], [funds]), claims=contexts, today=today)))
    claimed = result.approved + result.in_review + result.drafts
    assert bool(hits) == (result.over > 0 and claimed > 0)
    assert len({hit.file for hit in hits}) == len(hits)


@given(accounts(), claims())
def test_the_order_of_the_files_does_not_matter(funds: Funds, made: list[Claim]) -> None:
    finish = rule("POE601").finish
    assert finish is not None
    one, other = (list(finish(make_repository(order, [funds]))) for order in (made, made[::-1]))
    assert one == other
    assert spread(funds, made) == spread(funds, made[::-1])


def test_other_currencies_are_left_out() -> None:
    funds = read_funds({"program": "Hosting", "location": "6071245", "usage_period": "FY27 H1", "currency": "USD",
                        "earned": "100"}, "f", "f.yaml")  # fmt: skip
    made = [make_claim("a", amount="60", currency="SEK"), make_claim("b", amount="60")]
    assert spread(funds, made).drafts == 60


def test_an_approved_claim_counts_what_was_approved() -> None:
    funds = read_funds({"program": "Hosting", "location": "6071245", "usage_period": "FY27 H1", "currency": "USD",
                        "earned": "100"}, "f", "f.yaml")  # fmt: skip
    made = [make_claim("a", amount="60", status="approved", approval={"amount": "45.50"})]
    result = spread(funds, made)
    assert (result.approved, result.in_review, result.free) == (Decimal("45.50"), Decimal(0), Decimal("54.50"))
