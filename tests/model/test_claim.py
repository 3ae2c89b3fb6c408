"""A claim knows what follows from what was written, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.model import CLOSED, OPEN_TO_PARTNER, Claim, DateRange, Funds, Partner, Period, Plan, Settings, Status
from poe_pack.model.invoices import same_invoices
from poe_pack.model.read_claim import read_claim
from poe_pack.model.read_others import read_funds, read_partner, read_plan, read_settings
from tests.rules.contexts import make_claim

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"


def invoice(currency: str, *lines: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"number": "1", "vendor": {"name": "V"}, "currency": currency, "lines": list(lines), **more}


# --- cost ---------------------------------------------------------------------------------------------------


def test_what_is_claimed_of_a_line() -> None:
    lines = ({"net": "100.00", "tax": "25.00"}, {"net": "50.00", "claimed": "20.00"}, {"net": "8.00", "claimed": "0"})
    (found,) = make_claim("a", third_party_invoices=[invoice("USD", *lines)]).third_party_invoices
    assert [line.claimed_here for line in found.lines] == [Decimal(100), Decimal(20), Decimal(0)]
    assert (found.net, found.tax, found.claimed_here) == (Decimal(158), Decimal(25), Decimal(120))
    assert found.claimed_in("USD") == Decimal(120)


def test_a_foreign_invoice_is_converted_line_by_line() -> None:
    lines = ({"net": "33.33"}, {"net": "33.33"})
    rate = {"exchange_rate": {"rate": "0.1055"}}
    (found,) = make_claim("a", third_party_invoices=[invoice("SEK", *lines, **rate)]).third_party_invoices
    assert found.claimed_in("USD") == Decimal("7.04")
    assert found.claimed_in("SEK") == Decimal("66.66")
    (without,) = make_claim("a", third_party_invoices=[invoice("SEK", *lines)]).third_party_invoices
    assert without.claimed_in("USD") is None


def test_a_report_computes_its_total_once_all_figures_are_there() -> None:
    people = [{"hours": "9.5", "rate": "64.00"}, {"hours": "2", "rate": "0.25"}]
    report = {"description": "x", "people": people, "materials": [{"item": "m", "cost": "116.00"}]}
    (found,) = make_claim("a", certification_service_reports=[report]).certification_service_reports
    assert found.computed_total == Decimal("724.50")
    for lacking in ({**report, "people": [{"hours": "1"}]}, {"description": "x"}):
        (other,) = make_claim("a", certification_service_reports=[lacking]).certification_service_reports
        assert other.computed_total is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"number": "10482"}, {"number": " 104 82"}, True),
        ({"number": "A-1"}, {"number": "a-1"}, True),
        ({"number": "1"}, {"number": "01"}, False),
        ({"vendor": {"name": "Straße AB"}}, {"vendor": {"name": "STRASSE  ab"}}, True),
        ({"vendor": {"name": "A", "tax_id": "SE 1"}}, {"vendor": {"name": "B", "tax_id": "se1"}}, True),
        ({"vendor": {"name": "A", "tax_id": "SE1"}}, {"vendor": {"name": "A", "tax_id": "SE2"}}, False),
    ],
)
def test_the_identity_of_an_invoice(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    uses = [
        (0, make_claim("a", third_party_invoices=[invoice("USD") | fields]).third_party_invoices[0])
        for fields in (one, other)
    ]
    assert len(same_invoices(uses)) == (1 if same else 2)


# --- status and time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "counted"),
    [
        ("editing", "0"),
        ("rejected", "0"),
        ("submitted", "100"),
        ("under_review", "100"),
        ("action_required", "100"),
        ("disputed", "100"),
        ("approved", "80"),
    ],
)
def test_what_a_claim_takes_from_its_fund(status: str, counted: str) -> None:
    claim = make_claim("a", status=status, amount="100", approval={"amount": "80"})
    assert claim.counted_amount == Decimal(counted)
    assert claim.is_closed == (status not in ("editing", "action_required"))


def test_every_status_is_either_closed_or_open() -> None:
    assert set(Status) == CLOSED | OPEN_TO_PARTNER
    assert not CLOSED & OPEN_TO_PARTNER


def test_submitted_at_is_the_last_submission_or_else_the_history() -> None:
    history = [{"at": "2026-09-01T08:00:00Z", "status": s} for s in ("editing", "submitted", "under_review")]
    history.append({"at": "2026-10-01T10:00:00+02:00", "status": "submitted"})
    claim = make_claim("a", history=history)
    assert claim.submitted_at == datetime(2026, 10, 1, 8, tzinfo=UTC)
    claim = make_claim("a", history=history, submissions=[{"at": "2026-09-02T08:00:00Z"}, {"at": "2026-11-02T08:00Z"}])
    assert claim.submitted_at == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert make_claim("a").submitted_at is None
    assert claim.entered(Status.UNDER_REVIEW) == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert claim.entered(Status.APPROVED) is None


def test_files_come_in_the_order_of_the_portal_with_their_places() -> None:
    claim = make_claim(
        "a",
        pre_approval={"file": "evidence/ok.pdf"},
        proof_documents=[{"evidence": "x"}, {"evidence": "y", "files": ["evidence/1.png", "evidence/2.png"]}],
        certification_service_reports=[{"file": "evidence/csr.pdf"}],
        third_party_invoices=[{"file": "evidence/i.pdf", "payment_proof": "evidence/p.pdf"}],
    )
    assert list(claim.files()) == [
        ("/third_party_invoices/0/file", "evidence/i.pdf"),
        ("/third_party_invoices/0/payment_proof", "evidence/p.pdf"),
        ("/certification_service_reports/0/file", "evidence/csr.pdf"),
        ("/proof_documents/1/files/0", "evidence/1.png"),
        ("/proof_documents/1/files/1", "evidence/2.png"),
        ("/pre_approval/file", "evidence/ok.pdf"),
    ]


@pytest.mark.parametrize(("folder", "name"), [("claims/a", "a"), ("a", "a"), ("", "")])
def test_the_name_of_the_folder(folder: str, name: str) -> None:
    assert read_claim({}, "x", "claim.yaml", folder).folder_name == name


def test_spans_hold_both_ends() -> None:
    span = DateRange(date(2026, 9, 1), date(2026, 9, 30))
    assert date(2026, 9, 1) in span
    assert date(2026, 9, 30) in span
    assert date(2026, 10, 1) not in span
    assert date(1999, 1, 1) in DateRange(None, date(2026, 9, 30))
    assert date(2090, 1, 1) in DateRange(date(2026, 9, 30), None)
    assert date(2026, 10, 1) not in Period("x", date(2026, 9, 1), date(2026, 9, 30))


# --- reading ------------------------------------------------------------------------------------------------


def test_available_funds() -> None:
    funds = read_funds(
        {"earned": "100", "adjustments": [{"amount": "-30.50"}, {"amount": "10"}], "claimed_outside": "5"}, "f", "f"
    )
    assert funds.available == Decimal("74.50")
    assert read_funds({}, "f", "f").available is None


def test_settings_have_defaults() -> None:
    assert read_settings(None) == read_settings({}) == Settings()
    limits = {"evidence_file_megabytes": Decimal("0.5"), "evidence_pages": 3}
    settings = read_settings({"limits": limits, "holidays": ["2026-12-24", "never"], "languages": ["sv"]})
    assert (settings.evidence_file_bytes, settings.evidence_pages) == (500_000, 3)
    assert settings.holidays == {date(2026, 12, 24)}
    assert settings.languages == ("sv",)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(max_size=12),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=8,
)


def keys_of(kind: str) -> list[str]:
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return sorted(schema["properties"])


@given(st.dictionaries(st.sampled_from(keys_of("claim")), values) | values)
def test_a_claim_of_anything_can_be_read(data: object) -> None:
    claim = read_claim(data, "a", "a/claim.yaml", "a")
    assert isinstance(claim.counted_amount, Decimal)
    assert all(isinstance(file, str) for _, file in claim.files())
    assert claim.submitted_at is None or claim.submitted_at.tzinfo is not None


@given(st.dictionaries(st.sampled_from(sorted({*keys_of("plan"), *keys_of("funds"), *keys_of("partner")})), values))
def test_other_documents_of_anything_can_be_read(data: dict[str, Any]) -> None:
    assert isinstance(read_plan(data, "a", "a"), Plan)
    assert isinstance(read_funds(data, "a", "a"), Funds)
    assert isinstance(read_partner(data, "a", "a", ""), Partner)


@given(st.dictionaries(st.sampled_from(keys_of("repository")), values))
def test_settings_of_anything_can_be_read(data: dict[str, Any]) -> None:
    assert isinstance(read_settings(data), Settings)


def test_a_claim_has_a_field_for_every_key_of_its_schema() -> None:
    # `kind` and `flow` choose the reader; everything else that people write must arrive somewhere.
    assert set(keys_of("claim")) - {"kind"} <= set(Claim.__struct_fields__)


@pytest.mark.parametrize(("text", "read"), [("12.50", "12.50"), ("-3", "-3"), ("1e3", None), ("1,5", None), ("", None)])
def test_amounts_are_read_exactly(text: str, read: str | None) -> None:
    assert make_claim("a", amount=text).amount == (None if read is None else Decimal(read))


@pytest.mark.parametrize("value", [True, [], {}, 1.5, "1\n", "9" * 40, "٣"])
def test_what_is_no_amount_is_none(value: object) -> None:
    assert make_claim("a", amount=value).amount is None


@pytest.mark.parametrize("value", ["2026-02-30", "1999-01-01", "2100-01-01", 20260101, None, "2026-01-01T00:00"])
def test_what_is_no_day_of_this_century_is_none(value: object) -> None:
    assert make_claim("a", date=value).date is None
