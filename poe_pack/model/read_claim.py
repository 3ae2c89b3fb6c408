"""A claim document to a Claim."""

from __future__ import annotations

from poe_pack.model.claim import (
    CapRate,
    CertificationServiceReport,
    Claim,
    Event,
    ExchangeRate,
    InvoiceLine,
    KeptOutside,
    Material,
    PaymentDetails,
    Person,
    ProofDocument,
    ThirdPartyInvoice,
    VendorShare,
)
from poe_pack.model.period import DateRange
from poe_pack.model.read import Fields
from poe_pack.model.read_review import (
    read_approval,
    read_choice,
    read_dispute,
    read_history,
    read_payment,
    read_pre_approval,
    read_request,
    read_status,
    read_submission,
    read_waiver,
)
from poe_pack.model.status import Flow


def read_claim(data: object, id: str, file: str, folder: str) -> Claim:
    """Build a claim from a document's data; `id` is what the document is known by even where it lacks one."""
    f = Fields(data)
    approval, dispute, pre_approval = f.object("approval"), f.object("dispute"), f.object("pre_approval")
    event, share = f.object("event"), f.object("vendor_share")
    return Claim(
        id=id,
        file=file,
        folder=folder,
        flow=read_choice(Flow, f.text("flow")),
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
        pre_approval=None if pre_approval is None else read_pre_approval(pre_approval),
        tactics=f.texts("tactics"),
        channels=f.texts("channels"),
        conditions=f.texts("conditions"),
        third_party_invoices=tuple(_invoice(item) for item in f.objects("third_party_invoices")),
        certification_service_reports=tuple(_report(item) for item in f.objects("certification_service_reports")),
        proof_documents=tuple(_proof(item) for item in f.objects("proof_documents")),
        metrics=f.mapping("metrics"),
        final_comments=f.text("final_comments"),
        status=read_status(f.text("status")),
        history=tuple(read_history(item) for item in f.objects("history")),
        waivers=tuple(read_waiver(item) for item in f.objects("waivers")),
        submissions=tuple(read_submission(item) for item in f.objects("submissions")),
        requests=tuple(read_request(item) for item in f.objects("requests")),
        approval=None if approval is None else read_approval(approval),
        payments=tuple(read_payment(item) for item in f.objects("payments")),
        dispute=None if dispute is None else read_dispute(dispute),
        replaces=f.text("replaces"),
        event=None if event is None else _event(event),
        vendor_share=None if share is None else VendorShare(share.decimal("share"), share.text("basis")),
        brand_check=f.texts("brand_check"),
        solution_area=f.text("solution_area"),
        cap_exchange_rate=read_cap_rate(f.object("cap_exchange_rate")),
    )


def _range(f: Fields | None) -> DateRange | None:
    return None if f is None else DateRange(f.date("from"), f.date("to"))


def _event(f: Fields) -> Event:
    return Event(f.words("name"), f.text("host"), f.text("place"), f.text("audience"))


def _payment_details(f: Fields) -> PaymentDetails:
    return PaymentDetails(f.words("kind"), f.text("holder"), f.text("vendor"), f.decimal("amount"))


def _invoice(f: Fields) -> ThirdPartyInvoice:
    vendor, paid = f.object("vendor") or Fields({}), f.object("payment_details")
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
        payment_details=None if paid is None else _payment_details(paid),
        language=f.text("language"),
        translation=f.text("translation"),
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
        course_code=f.text("course_code"),
        completed_on=f.date("completed_on"),
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
    outside = f.object("kept_outside")
    return ProofDocument(
        evidence=f.words("evidence"),
        files=f.texts("files"),
        url=f.text("url"),
        note=f.text("note"),
        shows=f.texts("shows"),
        captured_on=f.date("captured_on"),
        contains_personal_data=f.truth("contains_personal_data"),
        tactic=f.text("tactic"),
        uploaded_by=f.text("uploaded_by"),
        uploaded_at=f.instant("uploaded_at"),
        kept_outside=None if outside is None else _kept_outside(outside),
        language=f.text("language"),
        translation=f.text("translation"),
    )


def _kept_outside(f: Fields) -> KeptOutside:
    return KeptOutside(f.words("place"), f.whole("bytes"), f.text("sha256"))


def read_cap_rate(f: Fields | None) -> CapRate | None:
    """Build the rate by which caps in another currency are compared, of a claim or of funds."""
    return None if f is None else CapRate(f.words("currency"), f.decimal("rate"), f.date("date"), f.text("source"))
