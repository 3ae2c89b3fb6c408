"""What a result says of a claim: its checklist, its last days, and who else claims from its invoices."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from poe_pack.languages import catalogue
from poe_pack.validation.options import Options
from poe_pack.validation.result import CheckState, ClaimResult, Readiness, Result, Section
from poe_pack.validation.validate import validate
from tests.rules.harness import AS_OF, all_cases, build

CHECKED, DECLARED, WAIVED, OPEN, MISSING = CheckState
EXAMPLE = Path(__file__).resolve().parents[2] / "claims"


def result(root: Path, *edits: dict[str, Any], as_of: date = AS_OF, **more: Any) -> Result:
    build({"edits": edits, **more}, root)
    return validate(Options((root,), as_of))


def seminar(old: str, new: str) -> dict[str, str]:
    return {"file": "seminar/claim.yaml", "replace": old, "with": new}


def ads(old: str, new: str) -> dict[str, str]:
    return {"file": "ads/claim.yaml", "replace": old, "with": new}


def claim(found: Result, id: str) -> ClaimResult:
    one = found.claim(id)
    assert one is not None
    return one


def states(one: ClaimResult) -> dict[str, CheckState]:
    return {catalogue().say(item.title): item.state for item in one.checklist}


# --- checklist ----------------------------------------------------------------------------------------------


def test_what_the_tool_compared_is_checked_and_what_a_person_saw_is_declared(tmp_path: Path) -> None:
    found = states(claim(result(tmp_path), "seminar"))
    assert found.pop("Signatures") is OPEN
    declared = {
        "Company brand visible",
        "Contact details visible",
        "Microsoft content visible",
        "Brand check",
        "Registered guests: 118",
    }
    assert {subject for subject, state in found.items() if state is DECLARED} == declared
    assert {state for subject, state in found.items() if subject not in declared} == {CHECKED}
    assert {"Event invitation", "Event agenda", "Event photo", "Spending proof", "Claim window"} <= set(found)


def test_who_declared_is_the_partners_role_that_last_wrote(tmp_path: Path) -> None:
    one = claim(result(tmp_path), "ads")
    who = {(item.role, item.on) for item in one.checklist if item.state is DECLARED}
    assert who == {("incentives_admin", date(2026, 10, 22))}


NO_PHOTO = {"file": "seminar/claim.yaml", "cut": ["  - evidence: event_photo", "metrics:"]}


def test_what_a_draft_lacks_is_open_and_for_submission_it_is_missing(tmp_path: Path) -> None:
    drafted = claim(result(tmp_path, NO_PHOTO, seminar("{registered_guest_count: 118}", "{}")), "seminar")
    found = states(drafted)
    assert (found["Event photo"], found["Registered guests"], found["Event agenda"]) == (OPEN, OPEN, CHECKED)
    assert drafted.readiness is Readiness.INCOMPLETE
    handed_in = claim(validate(Options((tmp_path,), AS_OF, for_submission=True)), "seminar")
    assert states(handed_in)["Event photo"] is MISSING
    assert handed_in.readiness is Readiness.FAULTY


def test_what_was_set_aside_says_who_and_until_when(tmp_path: Path) -> None:
    waiver = "{rule: POE510, reason: a, approved_by: finance@nordanvind.example, until: 2026-12-31}"
    one = claim(result(tmp_path, NO_PHOTO, seminar("history:\n", f"waivers: [{waiver}]\nhistory:\n")), "seminar")
    (item,) = [item for item in one.checklist if catalogue().say(item.subject) == "Event photo"]
    assert (item.state, item.role, item.on) == (WAIVED, "finance@nordanvind.example", date(2026, 12, 31))
    assert one.readiness is Readiness.READY


def test_evidence_whose_file_cannot_be_used_is_missing(tmp_path: Path) -> None:
    one = claim(result(tmp_path, remove=["seminar/evidence/room.png"]), "seminar")
    assert states(one)["Event photo"] is MISSING
    assert states(one)["Files in place"] is MISSING


def bad(id: str, root: Path) -> ClaimResult:
    """The claim `work` of a case of the rules, or else `seminar`."""
    (case,) = [case for case in all_cases() if case.id == id]
    build(case.data, root)
    found = {one.claim.id: one for one in validate(case.options(root)).claims}
    return found.get("work") or found["seminar"]


def said(one: ClaimResult) -> dict[str, tuple[str, CheckState, tuple[str, ...]]]:
    words = catalogue()
    return {words.say(item.title): (words.say(item.compared), item.state, item.files) for item in one.checklist}


def test_what_is_kept_outside_somebody_declares(tmp_path: Path) -> None:
    found = said(bad("POE510-good-kept-outside-is-there", tmp_path))
    assert found["Event agenda"] == ("Kept outside: HR archive", DECLARED, ())


def test_what_names_people_and_nobody_demands_is_held_back(tmp_path: Path) -> None:
    one = bad("POE544-bad-lies-in-the-repository", tmp_path / "1")
    assert one.held_back == {f"/proof_documents/{len(one.claim.proof_documents) - 1}"}
    assert said(one)["Attendee list"] == ("Names people: kept out of packet and upload folder", DECLARED, ())
    assert bad("POE544-bad-names-where-a-number-is-enough", tmp_path / "2").held_back == {"/metrics/attendee_list"}
    for id in ("a-reviewer-asked-for-it", "a-demanded-kind-may-have-names", "a-demanded-list", "kept-outside"):
        assert bad(f"POE544-good-{id}", tmp_path / id).held_back == frozenset(), id


def test_a_claim_knows_the_one_in_its_place(tmp_path: Path) -> None:
    found = {one.claim.id: one.replaced_by for one in validate(Options((EXAMPLE,), AS_OF)).claims}
    assert found.pop("security-breakfast-seminar") == "security-breakfast-again"
    assert set(found.values()) == {None}


def test_an_invoice_or_approval_that_is_evidence_itself_is_listed_with_its_file(tmp_path: Path) -> None:
    found = said(bad("POE510-good-an-invoice-that-is-evidence-itself", tmp_path / "1"))
    assert found["Original Microsoft invoice"] == ("File and digest", CHECKED, ("evidence/bill.pdf",))
    found = said(bad("POE510-good-a-pre-approval-that-is-evidence-itself", tmp_path / "2"))
    assert found["Pre-approval"] == ("File and digest", CHECKED, ("evidence/approval.pdf",))
    assert found["Creative copy"] == ("Address", CHECKED, ())
    found = said(bad("POE406-bad-an-invoice-that-is-the-evidence-without-its-file", tmp_path / "3"))
    assert found["Original Microsoft invoice"] == ("Nothing given", OPEN, ())


def test_each_tactic_has_items_of_its_own(tmp_path: Path) -> None:
    found = said(bad("POE530-bad-a-piece-of-another-tactic", tmp_path))
    mail = "(Direct mail, email, and short message service (SMS))"
    assert found[f"Creative copy {mail}"] == ("File and digest", CHECKED, ("evidence/mail.pdf",))
    assert found[f"Proof of distribution {mail}"] == ("Nothing given", OPEN, ())
    assert found["Advert screenshot (Digital advertising)"][1:] == (CHECKED, ("evidence/ad.png",))


def test_what_a_tactic_lacks_for_submission_is_missing(tmp_path: Path) -> None:
    found = states(bad("POE530-bad-second-tactic-has-nothing", tmp_path))
    assert found["Creative copy (Direct mail, email, and short message service (SMS))"] is MISSING


def test_a_share_stands_in_for_microsoft_alone(tmp_path: Path) -> None:
    found = said(bad("POE540-good-a-share-instead", tmp_path))
    assert found["Microsoft only visible"] == ("A share of 0.6 instead", DECLARED, ())


def test_a_document_that_gives_a_figure_is_declared(tmp_path: Path) -> None:
    build(
        next(case.data for case in all_cases() if case.id == "POE520-good-a-report-of-results-in-a-document"), tmp_path
    )
    assert states(claim(validate(Options((tmp_path,), AS_OF)), "ads"))["Results summary"] is DECLARED


def test_a_rule_that_found_fault_is_missing_on_the_list(tmp_path: Path) -> None:
    one = claim(result(tmp_path, seminar('date: "2026-09-17"\n', 'date: "2026-12-17"\n')), "seminar")
    assert states(one)["Date inside the campaign"] is MISSING


def test_what_was_not_compared_is_not_on_the_list(tmp_path: Path) -> None:
    found = result(tmp_path, remove=["funds/hosting-fy27-h1.yaml"])
    assert all("Amount within the funds" not in states(one) for one in found.claims)


def test_funds_with_a_fault_or_in_another_currency_are_not_compared(tmp_path: Path) -> None:
    for number, (old, new) in enumerate((('"20000.00"', "many"), ("currency: USD", "currency: EUR"))):
        edit = {"file": "funds/hosting-fy27-h1.yaml", "replace": old, "with": new}
        found = result(tmp_path / str(number), edit)
        assert all("Amount within the funds" not in states(one) for one in found.claims)


def test_where_there_is_no_file_a_section_shows_it(tmp_path: Path) -> None:
    for item in claim(result(tmp_path), "mailing").checklist:
        assert item.files or item.section is not Section.REQUIREMENTS


# --- last days ----------------------------------------------------------------------------------------------


def handed_in(status: str, *entries: str) -> list[dict[str, str]]:
    lines = "".join(
        f"  - {{at: {at}, by: a@b.example, role: reviewer, status: {s}}}\n" for at, s in map(str.split, entries)
    )
    return [
        ads("status: submitted\nhistory", f"status: {status}\nhistory"),
        ads("submissions:\n", f"{lines}submissions:\n"),
    ]


REVIEW = "2026-10-23T09:00:00Z under_review"


@pytest.mark.parametrize(
    ("status", "entries", "expected"),
    [
        ("under_review", [REVIEW], {"co_op_review": date(2026, 10, 26)}),
        (
            "action_required",
            [REVIEW, "2026-10-26T23:30:00Z action_required"],  # the 27th in Stockholm, and a week to answer
            {"answer": date(2026, 11, 3), "claim_window": date(2027, 2, 15), "advised_window": date(2027, 2, 14)},
        ),
        ("approved", [REVIEW, "2026-11-02T09:00:00Z approved"], {"co_op_payment": date(2027, 1, 4)}),
        ("rejected", [REVIEW, "2026-11-02T09:00:00Z rejected"], {}),
        (
            "disputed",
            [REVIEW, "2026-11-02T09:00:00Z rejected", "2026-11-04T09:00:00Z disputed"],
            {"dispute_review": date(2026, 11, 11)},
        ),
    ],
)
def test_last_days_by_status(status: str, entries: list[str], expected: dict[str, date], tmp_path: Path) -> None:
    one = claim(result(tmp_path, *handed_in(status, *entries)), "ads")
    assert {last.kind: last.day for last in one.deadlines} == expected


def test_once_paid_nothing_is_due(tmp_path: Path) -> None:
    edits = handed_in("approved", REVIEW, "2026-11-02T09:00:00Z approved")
    payment = ads("portal_id:", 'payments: [{amount: "3500.00", date: "2026-11-20"}]\nportal_id:')
    one = claim(result(tmp_path, *edits, payment), "ads")
    assert one.paid
    assert one.deadlines == ()
    assert one.next_deadline is None


@pytest.mark.parametrize("word", ["Upcoming", "in progress", "Failed", "Reversed"])
def test_a_payment_that_has_not_arrived_is_still_due(word: str, tmp_path: Path) -> None:
    edits = handed_in("approved", REVIEW, "2026-11-02T09:00:00Z approved")
    payment = ads("portal_id:", f'payments: [{{amount: "3500.00", date: "2026-11-20", status: {word}}}]\nportal_id:')
    one = claim(result(tmp_path, *edits, payment), "ads")
    assert not one.paid
    assert [last.kind for last in one.deadlines] == ["co_op_payment"]


def test_last_days_of_a_draft_in_order(tmp_path: Path) -> None:
    one = claim(result(tmp_path), "seminar")
    assert [(last.kind, last.day, last.advised) for last in one.deadlines] == [
        ("advised_claim", date(2026, 11, 1), True),
        ("advised_window", date(2027, 2, 14), True),
        ("claim_window", date(2027, 2, 15), False),
        ("plan_claim", date(2027, 2, 28), False),
    ]
    assert one.next_deadline is not None
    assert one.next_deadline.kind == "claim_window"
    assert all(catalogue().say(last.name) for last in one.deadlines)


def test_what_hangs_on_a_claim(tmp_path: Path) -> None:
    one = claim(result(tmp_path), "seminar")
    assert one.plan is not None
    assert one.campaign is not None
    assert one.activity is not None
    assert (one.plan.id, one.campaign.id, one.activity.id) == ("fy27-hosting", "migration-autumn", "seminar")
    assert one.usage_period is not None
    assert one.usage_period.label == "FY27 H1"
    assert one.keep_until == date(2028, 9, 17)
    assert one.category is not None
    assert catalogue().say(one.category) == "Market development"
    assert one.names["evidence.event_photo"].names["en"] == "Event photo"


# --- invoices -----------------------------------------------------------------------------------------------


def test_who_else_claims_from_an_invoice(tmp_path: Path) -> None:
    case = next(case for case in all_cases() if case.id == "POE410-good-honest-split")
    build(case.data, tmp_path)
    found = validate(case.options(tmp_path))
    ((own, other),) = claim(found, "ads").invoice_shares
    assert (own.claim, own.lines, own.net, own.amount) == ("ads", (1, 2), Decimal("2300.00"), Decimal("2300.00"))
    assert (other.claim, other.lines, other.net) == ("mailing", (1,), Decimal("1200.00"))
    assert claim(found, "ads").elsewhere == {(0, 1): Decimal("1200.00")}
    assert claim(found, "mailing").elsewhere == {(0, 1): Decimal("1800.00"), (0, 2): Decimal("500.00")}


def test_a_share_in_another_currency_has_its_rate(tmp_path: Path) -> None:
    ((share,),) = claim(result(tmp_path), "seminar").invoice_shares
    assert (share.lines, share.net, share.rate, share.amount, share.currency) == (
        (1, 2),
        Decimal("72000.00"),
        Decimal("0.1058"),
        Decimal("7617.60"),
        "USD",
    )


def test_each_document_has_the_digest_of_what_was_read(tmp_path: Path) -> None:
    found = result(tmp_path)
    assert set(found.digests) == {file for file, _ in found.documents}
    for file, digest in found.digests.items():
        assert digest == hashlib.sha256((found.base / file).read_bytes()).digest()
