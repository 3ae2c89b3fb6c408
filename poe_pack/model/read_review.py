"""Approvals, history, rounds, payments and disputes of a document to nouns."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from poe_pack.model.read import Fields
from poe_pack.model.review import (
    AppliedFor,
    Approval,
    Dispute,
    HistoryEntry,
    Payment,
    PreApproval,
    Request,
    Submission,
    TaxInvoice,
    Waiver,
)
from poe_pack.model.status import Status

_E = TypeVar("_E", bound=Enum)


def read_choice(kind: type[_E], text: str | None) -> _E | None:
    """The member with that value, or None."""
    return next((member for member in kind if member.value == text), None)


def read_status(text: str | None) -> Status | None:
    """The status of that name, or None."""
    return read_choice(Status, text)


def read_history(f: Fields) -> HistoryEntry:
    """Build one entry of a claim's or plan's history."""
    return HistoryEntry(f.instant("at"), f.words("by"), f.words("role"), read_status(f.text("status")), f.text("text"))


def read_pre_approval(f: Fields) -> PreApproval:
    """Build the record behind a pre-approval id."""
    valid_for, applied = f.object("valid_for") or Fields({}), f.object("applied_for")
    return PreApproval(
        material=f.text("material"),
        requested_on=f.date("requested_on"),
        approved_on=f.date("approved_on"),
        final_review_on=f.date("final_review_on"),
        approver=f.text("approver"),
        activity=valid_for.text("activity"),
        campaign=valid_for.text("campaign"),
        file=f.text("file"),
        applied_for=None if applied is None else _applied_for(applied),
        late_reason=f.text("late_reason"),
    )


def _applied_for(f: Fields) -> AppliedFor:
    return AppliedFor(f.text("activity_type"), f.text("audience"), f.date("start_date"), f.text("place"))


def read_waiver(f: Fields) -> Waiver:
    """Build a waiver."""
    return Waiver(f.words("rule"), f.text("path"), f.words("reason"), f.words("approved_by"), f.date("until"))


def read_submission(f: Fields) -> Submission:
    """Build the record of one round."""
    rulebook = f.object("rulebook") or Fields({})
    return Submission(
        round=f.whole("round") or 1,
        at=f.instant("at"),
        by=f.text("by"),
        amount=f.decimal("amount"),
        final_comments=f.text("final_comments"),
        claim_sha256=f.text("claim_sha256"),
        sums_sha256=f.text("sums_sha256"),
        rulebook_id=rulebook.text("id"),
        rulebook_version=rulebook.text("version"),
        rulebook_sha256=rulebook.text("sha256"),
        tool_version=f.text("tool_version"),
        commit=f.text("commit"),
    )


def read_request(f: Fields) -> Request:
    """Build a reviewer's request with its answer."""
    return Request(f.instant("at"), f.words("text"), f.texts("about"), f.text("answer"), f.date("answered_on"))


def read_approval(f: Fields) -> Approval:
    """Build the vendor's decision to pay."""
    reductions = tuple((item.decimal("amount"), item.words("reason")) for item in f.objects("reductions"))
    tax = f.object("tax_invoice")
    return Approval(
        amount=f.decimal("amount"),
        on=f.date("date"),
        reductions=reductions,
        tax_invoice=None if tax is None else _tax_invoice(tax),
    )


def _tax_invoice(f: Fields) -> TaxInvoice:
    return TaxInvoice(
        number=f.words("number"),
        date=f.date("date"),
        approved_on=f.date("approved_on"),
        file=f.text("file"),
        sent_on=f.date("sent_on"),
        form_number=f.text("form_number"),
    )


def read_payment(f: Fields) -> Payment:
    """Build one payment."""
    return Payment(f.decimal("amount"), f.text("currency"), f.date("date"), f.text("status"), f.text("reference"))


def read_dispute(f: Fields) -> Dispute:
    """Build a dispute."""
    outcome = read_status(f.text("outcome"))
    return Dispute(f.instant("at"), f.text("reason"), outcome, f.date("decided_on"), f.text("by"))
