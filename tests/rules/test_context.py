"""What poe_pack.rules.base works out of a claim: the days from which last days are counted, and earlier versions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from poe_pack.model import Campaign, Settings
from poe_pack.rules.base import Earlier, History
from tests.rules.contexts import book, make_claim, make_context

BILL = {"number": "1", "vendor": {"name": "A"}, "currency": "USD"}


def bill(claimed: str, **more: str) -> dict[str, Any]:
    """An invoice with one line."""
    return BILL | {"lines": [{"description": "x", "category": "y", "net": "9.00", "claimed": claimed}]} | more


def entry(day: int, status: str, hour: int = 8) -> dict[str, str]:
    """A change of state in October."""
    return {"at": f"2026-10-{day:02d}T{hour:02d}:00:00Z", "by": "a", "role": "reviewer", "status": status}


def test_days_from_which_last_days_are_counted() -> None:
    claim = make_claim(
        "a",
        date="2026-09-17",
        history=[entry(1, "editing"), entry(2, "submitted"), entry(3, "rejected"), entry(4, "disputed"),
                 entry(5, "approved"), entry(6, "rejected")],
        submissions=[{"at": "2026-10-02T23:30:00Z", "by": "a", "amount": "1.00"}],
        approval={"amount": "1.00", "date": "2026-10-05", "tax_invoice": {"number": "T", "approved_on": "2026-10-20"}},
    )  # fmt: skip
    context = replace(
        make_context(claim),
        settings=Settings(timezone="Europe/Stockholm"),
        campaign=Campaign("c", "C", date(2026, 9, 1), date(2026, 11, 30), ()),
    )
    assert context.anchors == {
        "activity_date": date(2026, 9, 17),
        "campaign_start": date(2026, 9, 1),
        "usage_period_end": date(2026, 12, 31),
        "done_and_paid": date(2026, 9, 17),
        "submitted": date(2026, 10, 3),
        "tax_invoice_approved": date(2026, 10, 20),
        "approved": date(2026, 10, 5),
        "rejected": date(2026, 10, 6),
        "disputed": date(2026, 10, 4),
    }


def test_what_is_not_known_is_no_anchor() -> None:
    claim = make_claim("a", usage_period=None, approval={"amount": "1.00", "date": "2026-10-05"})
    assert make_context(claim).anchors == {}


@pytest.mark.parametrize(
    ("invoices", "day"),
    [
        ([], "2026-09-17"),
        ([bill("1.00", paid_on="2026-09-16")], "2026-09-17"),
        ([bill("1.00", paid_on="2026-10-01"), bill("0.01", paid_on="2026-10-02")], "2026-10-02"),
        ([bill("1.00", paid_on="2026-10-01"), bill("0.00")], "2026-10-01"),
        ([bill("1.00", paid_on="2026-10-01"), bill("0.01")], None),
    ],
)
def test_done_and_paid(invoices: list[dict[str, Any]], day: str | None) -> None:
    claim = make_claim("a", date="2026-09-17", third_party_invoices=invoices)
    assert make_context(claim).done_and_paid == (None if day is None else date.fromisoformat(day))


@pytest.mark.parametrize(
    ("period", "day"),
    [(None, "2026-09-17"), ({"to": "2026-09-17"}, "2026-09-17"), ({"from": "2026-09-15"}, "2026-09-15")],
)
def test_the_first_day(period: dict[str, str] | None, day: str) -> None:
    claim = make_claim("a", date="2026-09-17", **({} if period is None else {"execution_period": period}))
    assert make_context(claim).first_day == date.fromisoformat(day)


def test_records_are_kept_until_a_day_that_the_rulebook_knows() -> None:
    assert make_context(make_claim("a")).keep_until is None
    assert make_context(make_claim("a", date="1999-01-01")).keep_until is None
    assert make_context(make_claim("a", date="2026-09-17")).keep_until is not None


def test_the_version_that_was_handed_in() -> None:
    drafted, handed = {"history": [entry(1, "editing")]}, {"history": [entry(1, "editing"), entry(2, "submitted")]}
    asked = {"history": [*handed["history"], entry(3, "action_required")]}
    again = {"history": [*asked["history"], entry(4, "submitted")]}
    versions = tuple(Earlier(str(number), data) for number, data in enumerate([{}, drafted, handed, asked, again]))
    found = {
        name: None if (version := History(data, versions).handed_in()) is None else version.commit
        for name, data in {"drafted": drafted, "handed": handed, "asked": asked, "again": again, "": {}}.items()
    }
    assert found == {"drafted": None, "handed": "2", "asked": "2", "again": "4", "": None}


@pytest.mark.parametrize(
    ("judged_by", "settled"),
    [
        (None, False),
        ({"version": "HERE"}, False),
        ({"version": "2020.1"}, True),
        ({"id": "microsoft-coop", "version": "HERE"}, False),
        ({"id": "another", "version": "HERE"}, True),
        ({"id": "another", "version": "2020.1", "sha256": "HERE"}, False),
        ({"id": "microsoft-coop", "version": "HERE", "sha256": "0" * 64}, True),
        ({"sha256": "0" * 64}, False),
    ],
)
def test_a_claim_is_settled_by_another_version_of_the_rulebook(judged_by: dict[str, str] | None, settled: bool) -> None:
    here = {"version": book().version, "sha256": book().sha256}
    stamp = None if judged_by is None else {k: here[k] if v == "HERE" else v for k, v in judged_by.items()}
    last: dict[str, Any] = {"at": "2026-10-02T08:00:00Z", "by": "a", "amount": "1.00"}
    submissions = [last | ({} if stamp is None else {"rulebook": stamp})]
    assert make_context(make_claim("a", status="submitted", submissions=submissions)).is_settled is settled
    assert not make_context(make_claim("a", status="editing", submissions=submissions)).is_settled
    assert not make_context(make_claim("a", status="submitted")).is_settled
