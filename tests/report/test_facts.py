"""One set of facts: words for claims, figures per currency, sums that agree with the rows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from poe_pack.findings import Severity
from poe_pack.languages import catalogue
from poe_pack.model import Dispute, Money, Payment, Status
from poe_pack.report.facts import StatusFacts, status_facts
from poe_pack.report.text import plain_amount
from poe_pack.validation.result import CheckGroup, ClaimResult
from poe_pack.validation.state import AT_RISK, State, Turn
from tests.report.samples import (
    AS_OF,
    claim,
    deadline,
    finding,
    funds_result,
    open_item,
    partner,
    result_of,
    whole,
)


def only(result: ClaimResult) -> StatusFacts:
    return status_facts(whole([result]), None)


def test_headline_figures(everyday: StatusFacts) -> None:
    (usd,) = everyday.headlines
    assert (usd.claimable.count, usd.claimable.amount) == (3, Decimal("13435.50"))
    assert (usd.at_risk.count, usd.at_risk.amount) == (4, Decimal("20960.00"))
    assert (usd.remaining, usd.periods, usd.until) == (Decimal("46588.48"), ("FY27 H1",), date(2027, 2, 15))
    assert everyday.next_deadline is not None
    assert everyday.next_deadline.claims == ("demo-units-azure-local",)
    assert (everyday.next_deadline.day, everyday.next_deadline.days) == (date(2026, 11, 23), 2)


def test_an_approved_claim_counts_with_what_was_approved(everyday: StatusFacts) -> None:
    row = next(row for row in everyday.claims if row.id == "azure-seminar-stockholm")
    assert (row.amount, row.claimed) == (Decimal("4020.40"), Decimal("4100.40"))


def test_claims_come_by_next_last_day_and_settled_ones_last(everyday: StatusFacts) -> None:
    waiting = [row.deadline for row in everyday.claims if row.turn is not None]
    assert waiting == sorted(day for day in waiting if day is not None)
    assert everyday.claims[-1].state is State.PAID
    assert everyday.claims[-1].day == date(2028, 9, 17)


@pytest.mark.parametrize(
    ("severity", "state", "step"),
    [
        (None, State.READY, "Submit"),
        (Severity.WARNING, State.READY, "Submit"),
        (Severity.OPEN, State.INCOMPLETE, "Complete 1 open item"),
        (Severity.ERROR, State.FAULTY, "Correct 1 error"),
    ],
)
def test_a_draft_by_its_findings(severity: Severity | None, state: State, step: str) -> None:
    found = [] if severity is None else [finding(severity)]
    (row,) = only(result_of(claim("x", "1.00", Status.EDITING), findings=found)).claims
    assert (row.state, catalogue().say(row.next_step), row.turn) == (state, step, Turn.PARTNER)


def test_the_next_step_names_missing_evidence_before_other_items() -> None:
    items = [open_item("Date", CheckGroup.DATES), open_item("Agenda")]
    result = result_of(claim("x", "1.00", Status.EDITING), findings=[finding(Severity.OPEN)] * 2, checklist=items)
    assert catalogue().say(only(result).claims[0].next_step) == "Add: Agenda, and 1 more"


@pytest.mark.parametrize(
    ("status", "fields", "state", "turn"),
    [
        (Status.SUBMITTED, {}, State.SUBMITTED, Turn.VENDOR),
        (Status.UNDER_REVIEW, {}, State.UNDER_REVIEW, Turn.VENDOR),
        (Status.ACTION_REQUIRED, {}, State.ACTION_REQUIRED, Turn.PARTNER),
        (Status.APPROVED, {}, State.APPROVED, Turn.VENDOR),
        (
            Status.APPROVED,
            {"payments": (Payment(None, None, AS_OF, "Upcoming", None),)},
            State.APPROVED,
            Turn.VENDOR,
        ),
        (Status.APPROVED, {"payments": (Payment(None, None, AS_OF, "Sent", None),)}, State.PAID, None),
        (Status.REJECTED, {}, State.REJECTED, None),
        (Status.DISPUTED, {"dispute": Dispute(None, None, None, None)}, State.DISPUTED, Turn.VENDOR),
        (None, {}, State.FAULTY, Turn.PARTNER),
        (Status.EDITING, {"usage_period": "FY26 H2"}, State.EXPIRED, None),
    ],
)
def test_the_word_for_every_status(
    status: Status | None, fields: dict[str, object], state: State, turn: Turn | None
) -> None:
    (row,) = only(result_of(claim("x", "1.00", status, **fields))).claims
    assert (row.state, row.turn) == (state, turn)


def test_a_draft_expires_with_any_firm_last_day_but_not_with_an_advised_one() -> None:
    yesterday = AS_OF - timedelta(days=1)
    draft = claim("x", "1.00", Status.EDITING)
    assert only(result_of(draft, [deadline(yesterday, advised=True)])).claims[0].state is State.READY
    assert only(result_of(draft, [deadline(yesterday)])).claims[0].state is State.EXPIRED
    assert only(result_of(draft, [deadline(yesterday)])).next_deadline is None


def test_advice_after_the_last_day_or_in_the_past_is_not_shown() -> None:
    draft = claim("x", "1.00", Status.EDITING)
    last = deadline(AS_OF + timedelta(days=10))
    for days, shown in ((-1, False), (0, True), (10, True), (11, False)):
        advice = deadline(AS_OF + timedelta(days=days), advised=True)
        assert (only(result_of(draft, [last, advice])).claims[0].advised is not None) is shown


def test_an_answer_may_be_late() -> None:
    facts = only(result_of(claim("x", "1.00", Status.ACTION_REQUIRED), [deadline(AS_OF - timedelta(days=3))]))
    assert facts.next_deadline is not None
    assert facts.next_deadline.days == -3


def test_currencies_never_add_up() -> None:
    claims = [
        result_of(claim("a", "10.00", Status.EDITING)),
        result_of(claim("b", "20", Status.EDITING, currency="JPY")),
    ]
    facts = status_facts(whole(claims, [funds_result("f", "100.00", "0", "0", "10.00")]), None)
    assert facts.sums == (Money(Decimal(20), "JPY"), Money(Decimal("10.00"), "USD"))
    assert [(line.currency, line.remaining) for line in facts.headlines] == [
        ("JPY", None),
        ("USD", Decimal("100.00")),
    ]


def test_overdrawn_funds_leave_nothing_and_take_nothing_from_others() -> None:
    funds = [funds_result("a", "100.00", "90.00", "60.00", "0"), funds_result("b", "50.00", "0", "0", "10.00")]
    assert status_facts(whole([], funds), None).headlines[0].remaining == Decimal("50.00")


def test_funds_belong_to_the_nearest_partner_above() -> None:
    owners = [partner("a", "Group", "claims"), partner("b", "Branch", "claims/branch")]
    funds = [
        funds_result("one", "1.00", "0", "0", "0", file="claims/branch/funds/one.yaml"),
        funds_result("two", "1.00", "0", "0", "0", file="claims/branches/two.yaml"),
    ]
    rows = status_facts(whole([], funds, owners), None).funds
    assert {row.id: row.partner for row in rows} == {"one": "Branch", "two": "Group"}


def test_no_digit_of_an_amount_is_lost() -> None:
    assert plain_amount(Decimal("2500.125"), "USD", grouped=True) == "2,500.125"
    assert plain_amount(Decimal(2500), "USD") == "2500.00"
    assert plain_amount(Decimal(1500), "JPY", grouped=True) == "1,500"


def test_nothing_at_all(empty: StatusFacts) -> None:
    assert (empty.claims, empty.funds, empty.headlines, empty.next_deadline) == ((), (), (), None)


_amounts = st.decimals(min_value=0, max_value=10**7, places=2) | st.none()
_claims = st.lists(
    st.tuples(
        _amounts,
        st.sampled_from([*Status, None]),
        st.sampled_from(["USD", "EUR", "SEK"]),
        st.sampled_from([None, *Severity]),
        st.integers(-40, 400),
    ),
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(_claims)
def test_sums_agree_with_the_rows(
    entries: list[tuple[Decimal | None, Status | None, str, Severity | None, int]],
) -> None:
    results = []
    for number, (amount, status, currency, severity, days) in enumerate(entries):
        body = replace(claim(f"c{number}", None, status, currency=currency), amount=amount)
        found = [] if severity is None else [finding(severity, body.id)]
        results.append(result_of(body, [deadline(AS_OF + timedelta(days=days))], findings=found))
    facts = status_facts(whole(results), None)

    def total(rows: list[Decimal | None]) -> Decimal:
        return sum((amount for amount in rows if amount is not None), Decimal(0))

    assert sum(entry.count for entry in facts.totals) == len(facts.claims) == len(entries)
    for line in facts.headlines:
        mine = [row for row in facts.claims if row.currency == line.currency]
        whole_sum = next(money.amount for money in facts.sums if money.currency == line.currency)
        by_state = [m.amount for entry in facts.totals for m in entry.sums if m.currency == line.currency]
        assert whole_sum == sum(by_state, Decimal(0)) == total([row.amount for row in mine])
        assert line.claimable.amount == total([row.amount for row in mine if row.state is State.READY])
        assert line.at_risk.amount == total([row.amount for row in mine if row.state in AT_RISK])
        assert line.claimable.amount + line.at_risk.amount <= whole_sum
