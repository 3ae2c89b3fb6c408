"""A claim document to a Claim."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from poe_pack.model.claim import (
    Approval,
    CertificationServiceReport,
    Claim,
    Dispute,
    ExchangeRate,
    HistoryEntry,
    InvoiceLine,
    Material,
    Payment,
    Person,
    PreApproval,
    ProofDocument,
    Request,
    Submission,
    ThirdPartyInvoice,
    Waiver,
)
from poe_pack.model.period import DateRange
from poe_pack.model.read import Fields
from poe_pack.model.status import Flow, Status

_E = TypeVar("_E", bound=Enum)


def read_claim(data: object, id: str, file: str, folder: str) -> Claim:
    """Build a claim from a document's data; `id` is what the document is known by even where it lacks one."""
    f = Fields(data)
    approval, dispute, pre_approval = f.object("approval"), f.object("dispute"), f.object("pre_approval")
    return Claim(
        id=id,
        file=file,
        folder=folder,
        flow=_enum(Flow, f.text("flow")),
        plan=f.text("plan"),
        campaign=f.text("campaign"),
        activity=f.text("activity"),
        activity_type=f.words("activity_type"),
        program=f.words("program"),
        location=f.text("location"),
        usage_period=f.text("usage_period"),
        portal_id=f.text("portal_id"),
        name=f.words("name"),
        date=f.date("date"),
        execution_period=_range(f.object("execution_period")),
        currency=f.words("currency"),
        amount=f.decimal("amount"),
        estimated_impressions=f.whole("estimated_impressions"),
        pre_approval_id=f.text("pre_approval_id"),
        pre_approval=None if pre_approval is None else _pre_approval(pre_approval),
        tactics=f.texts("tactics"),
        channels=f.texts("channels"),
        conditions=f.texts("conditions"),
        third_party_invoices=tuple(_invoice(item) for item in f.objects("third_party_invoices")),
        certification_service_reports=tuple(_report(item) for item in f.objects("certification_service_reports")),
        proof_documents=tuple(_proof(item) for item in f.objects("proof_documents")),
        metrics=f.mapping("metrics"),
        final_comments=f.text("final_comments"),
        status=_enum(Status, f.text("status")),
        history=tuple(read_history(item) for item in f.objects("history")),
        waivers=tuple(_waiver(item) for item in f.objects("waivers")),
        submissions=tuple(_submission(item) for item in f.objects("submissions")),
        requests=tuple(_request(item) for item in f.objects("requests")),
        approval=None if approval is None else _approval(approval),
        payments=tuple(_payment(item) for item in f.objects("payments")),
        dispute=None if dispute is None else _dispute(dispute),
        replaces=f.text("replaces"),
    )


def read_history(f: Fields) -> HistoryEntry:
    """Build one entry of a claim's or plan's history."""
    return HistoryEntry(
        f.instant("at"), f.words("by"), f.words("role"), _enum(Status, f.text("status")), f.text("text")
    )


def read_status(text: str | None) -> Status | None:
    """The status of that name, or None."""
    return _enum(Status, text)


def _enum(kind: type[_E], text: str | None) -> _E | None:
    return next((member for member in kind if member.value == text), None)


def _range(f: Fields | None) -> DateRange | None:
    return None if f is None else DateRange(f.date("from"), f.date("to"))


def _invoice(f: Fields) -> ThirdPartyInvoice:
    vendor = f.object("vendor") or Fields({})
    rate = f.object("exchange_rate")
    return ThirdPartyInvoice(
        number=f.words("number"),
        vendor_name=vendor.words("name"),
        vendor_tax_id=vendor.text("tax_id"),
        vendor_address=vendor.text("address"),
        date=f.date("date"),
        document_type=f.text("document_type") or "invoice",
        currency=f.words("currency"),
        exchange_rate=None
        if rate is None
        else ExchangeRate(rate.decimal("rate"), rate.date("date"), rate.text("source")),
        service_period=_range(f.object("service_period")),
        bill_to=f.text("bill_to"),
        description=f.text("description"),
        lines=tuple(_line(item) for item in f.objects("lines")),
        total=f.decimal("total"),
        paid_on=f.date("paid_on"),
        payment_proof=f.text("payment_proof"),
        file=f.text("file"),
    )


def _line(f: Fields) -> InvoiceLine:
    return InvoiceLine(
        description=f.words("description"),
        category=f.text("category"),
        quantity=f.decimal("quantity"),
        unit_price=f.decimal("unit_price"),
        net=f.decimal("net"),
        tax=f.decimal("tax"),
        claimed=f.decimal("claimed"),
        tactic=f.text("tactic"),
        person=f.text("person"),
    )


def _report(f: Fields) -> CertificationServiceReport:
    certifier = f.object("certifier") or Fields({})
    return CertificationServiceReport(
        id=f.text("id"),
        description=f.words("description"),
        work_period=_range(f.object("work_period")),
        location=f.text("location"),
        people=tuple(
            Person(p.text("name"), p.text("role"), p.decimal("hours"), p.decimal("rate"), p.text("category"))
            for p in f.objects("people")
        ),
        materials=tuple(
            Material(m.words("item"), m.decimal("cost"), m.text("category")) for m in f.objects("materials")
        ),
        total=f.decimal("total"),
        product_focus=f.text("product_focus"),
        results=f.text("results"),
        certifier_name=certifier.text("name"),
        certifier_title=certifier.text("title"),
        certifier_email=certifier.text("email"),
        certified_on=f.date("certified_on"),
        statement_accepted=f.truth("statement_accepted"),
        tactic=f.text("tactic"),
        file=f.text("file"),
    )


def _proof(f: Fields) -> ProofDocument:
    return ProofDocument(
        evidence=f.words("evidence"),
        files=f.texts("files"),
        url=f.text("url"),
        note=f.text("note"),
        shows=f.texts("shows"),
        captured_on=f.date("captured_on"),
        contains_personal_data=bool(f.truth("contains_personal_data")),
        tactic=f.text("tactic"),
    )


def _pre_approval(f: Fields) -> PreApproval:
    return PreApproval(
        f.text("material"), f.date("requested_on"), f.date("approved_on"), f.date("final_review_on"), f.text("file")
    )


def _waiver(f: Fields) -> Waiver:
    return Waiver(f.words("rule"), f.text("path"), f.words("reason"), f.words("approved_by"), f.date("until"))


def _submission(f: Fields) -> Submission:
    rulebook = f.object("rulebook") or Fields({})
    return Submission(
        round=f.whole("round") or 1,
        at=f.instant("at"),
        by=f.text("by"),
        amount=f.decimal("amount"),
        final_comments=f.text("final_comments"),
        claim_sha256=f.text("claim_sha256"),
        rulebook_version=rulebook.text("version"),
        commit=f.text("commit"),
    )


def _request(f: Fields) -> Request:
    return Request(f.instant("at"), f.words("text"), f.texts("about"), f.text("answer"), f.date("answered_on"))


def _approval(f: Fields) -> Approval:
    reductions = tuple((item.decimal("amount"), item.words("reason")) for item in f.objects("reductions"))
    return Approval(f.decimal("amount"), f.date("date"), reductions)


def _payment(f: Fields) -> Payment:
    return Payment(f.decimal("amount"), f.text("currency"), f.date("date"), f.text("status"), f.text("reference"))


def _dispute(f: Fields) -> Dispute:
    return Dispute(f.instant("at"), f.text("reason"), f.text("outcome"), f.date("decided_on"))
