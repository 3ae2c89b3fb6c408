"""A claim with its cost, proof and history, as the partner wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from poe_pack.model.money import Money, round_money
from poe_pack.model.period import DateRange
from poe_pack.model.review import (
    Approval,
    Dispute,
    HistoryEntry,
    Payment,
    PreApproval,
    Request,
    Submission,
    Waiver,
)
from poe_pack.model.status import CLOSED, Flow, Status


class ExchangeRate(Struct, frozen=True):
    """`rate` is in claim currency per one unit of invoice currency; `source` says whose rate it is."""

    rate: Decimal | None
    date: dt.date | None
    source: str | None


class InvoiceLine(Struct, frozen=True):
    """One line in invoice currency. `claimed` is the part claimed here: missing = net, 0 = not claimed here."""

    description: str
    category: str | None
    quantity: Decimal | None
    unit_price: Decimal | None
    net: Decimal | None
    tax: Decimal | None
    claimed: Decimal | None
    tactic: str | None
    person: str | None
    course_code: str | None = None
    completed_on: dt.date | None = None

    @property
    def claimed_here(self) -> Decimal:
        """The part of the line claimed by this claim, in invoice currency."""
        if self.claimed is not None:
            return self.claimed
        return self.net or Decimal(0)


class PaymentDetails(Struct, frozen=True):
    """What a proof of payment shows: what kind of paper it is, whose account paid whom, and how much of the invoice."""

    kind: str
    holder: str | None
    vendor: str | None
    amount: Decimal | None


class ThirdPartyInvoice(Struct, frozen=True):
    """A supplier's bill. `total` includes tax."""

    number: str
    vendor_name: str
    vendor_tax_id: str | None
    vendor_address: str | None
    date: dt.date | None
    document_type: str
    currency: str
    exchange_rate: ExchangeRate | None
    service_period: DateRange | None
    bill_to: str | None
    description: str | None
    lines: tuple[InvoiceLine, ...]
    total: Decimal | None
    paid_on: dt.date | None
    payment_proof: str | None
    file: str | None
    payment_details: PaymentDetails | None = None
    language: str | None = None
    translation: str | None = None

    @property
    def net(self) -> Decimal:
        return sum((line.net or Decimal(0) for line in self.lines), Decimal(0))

    @property
    def tax(self) -> Decimal:
        return sum((line.tax or Decimal(0) for line in self.lines), Decimal(0))

    @property
    def claimed_here(self) -> Decimal:
        """Sum of the claimed parts, in invoice currency."""
        return sum((line.claimed_here for line in self.lines), Decimal(0))

    def line_in(self, currency: str, line: InvoiceLine) -> Decimal | None:
        """The claimed part of a line in the claim's currency, rounded half up per line; None without a rate."""
        if self.currency == currency:
            return line.claimed_here
        if self.exchange_rate is None or self.exchange_rate.rate is None:
            return None
        return round_money(line.claimed_here * self.exchange_rate.rate, currency)

    def claimed_in(self, currency: str) -> Decimal | None:
        """The claimed parts in the claim's currency, or None where a foreign invoice has no rate."""
        parts = [self.line_in(currency, line) for line in self.lines]
        if any(part is None for part in parts):
            return None
        return sum((part for part in parts if part is not None), Decimal(0))


class Person(Struct, frozen=True):
    """A colleague's in-house work on an activity; `rate` is per hour in claim currency."""

    name: str | None
    role: str | None
    hours: Decimal | None
    rate: Decimal | None
    category: str | None

    @property
    def cost(self) -> Decimal | None:
        return None if self.hours is None or self.rate is None else self.hours * self.rate


class Material(Struct, frozen=True):
    """Something used up by in-house work, at cost in claim currency."""

    item: str
    cost: Decimal | None
    category: str | None


class CertificationServiceReport(Struct, frozen=True):
    """The portal's form for in-house work (CSR), in claim currency."""

    id: str | None
    description: str
    work_period: DateRange | None
    location: str | None
    people: tuple[Person, ...]
    materials: tuple[Material, ...]
    total: Decimal | None
    product_focus: str | None
    results: str | None
    certifier_name: str | None
    certifier_title: str | None
    certifier_email: str | None
    certified_on: dt.date | None
    statement_accepted: bool | None
    tactic: str | None
    file: str | None

    @property
    def computed_total(self) -> Decimal | None:
        """Hours times rates plus materials; None while a figure is missing."""
        costs = [person.cost for person in self.people] + [material.cost for material in self.materials]
        if not costs or any(cost is None for cost in costs):
            return None
        return sum((cost for cost in costs if cost is not None), Decimal(0))


class KeptOutside(Struct, frozen=True):
    """Where a file lies that for privacy is not in the repository; size in bytes and SHA-256 in hexadecimal."""

    place: str
    bytes: int | None
    sha256: str | None


class ProofDocument(Struct, frozen=True):
    """The portal's proof document: evidence of one kind, as files, an address or kept elsewhere, with its note.

    `contains_personal_data` is None where nobody has said.
    """

    evidence: str
    files: tuple[str, ...]
    url: str | None
    note: str | None
    shows: tuple[str, ...]
    captured_on: dt.date | None
    contains_personal_data: bool | None
    tactic: str | None
    uploaded_by: str | None = None
    uploaded_at: dt.datetime | None = None
    kept_outside: KeptOutside | None = None
    language: str | None = None
    translation: str | None = None

    @property
    def proves(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.files or self.url or self.kept_outside)


class Event(Struct, frozen=True):
    """A conference or the like, and for whom it was held; claims that name the same event share its limits."""

    name: str
    host: str | None
    place: str | None
    audience: str | None = None


class VendorShare(Struct, frozen=True):
    """How much of a joint activity was about the vendor, from 0 to 1, and how that was worked out."""

    share: Decimal | None
    basis: str | None


class CapRate(Struct, frozen=True):
    """`rate` is in `currency` per one unit of the document's currency; caps and thresholds are compared with it."""

    currency: str
    rate: Decimal | None
    date: dt.date | None
    source: str | None


class Claim(Struct, frozen=True):
    """One claim. `file` is its document, `folder` the folder that holds its evidence (both POSIX, as in findings)."""

    id: str
    file: str
    folder: str
    flow: Flow | None
    plan: str | None
    campaign: str | None
    activity: str | None
    activity_type: str
    program: str
    location: str | None
    usage_period: str | None
    portal_id: str | None
    name: str
    date: dt.date | None
    execution_period: DateRange | None
    currency: str
    amount: Decimal | None
    estimated_impressions: int | None
    pre_approval_id: str | None
    pre_approval: PreApproval | None
    tactics: tuple[str, ...]
    channels: tuple[str, ...]
    conditions: tuple[str, ...]
    third_party_invoices: tuple[ThirdPartyInvoice, ...]
    certification_service_reports: tuple[CertificationServiceReport, ...]
    proof_documents: tuple[ProofDocument, ...]
    metrics: Mapping[str, Any]
    final_comments: str | None
    status: Status | None
    history: tuple[HistoryEntry, ...]
    waivers: tuple[Waiver, ...]
    submissions: tuple[Submission, ...]
    requests: tuple[Request, ...]
    approval: Approval | None
    payments: tuple[Payment, ...]
    dispute: Dispute | None
    replaces: str | None
    event: Event | None = None
    vendor_share: VendorShare | None = None
    brand_check: tuple[str, ...] = ()
    solution_area: str | None = None
    cap_exchange_rate: CapRate | None = None

    @property
    def folder_name(self) -> str:
        """Name of the folder that holds the claim; empty at the base."""
        return self.folder.rpartition("/")[2]

    @property
    def is_closed(self) -> bool:
        """Handed in and not the partner's turn."""
        return self.status in CLOSED

    @property
    def money(self) -> Money | None:
        return None if self.amount is None else Money(self.amount, self.currency)

    @property
    def counted_amount(self) -> Decimal:
        """What the claim takes from its fund: approved amount once approved, nothing while a draft or rejected."""
        if self.status in (None, Status.EDITING, Status.REJECTED):
            return Decimal(0)
        if self.status is Status.APPROVED and self.approval is not None and self.approval.amount is not None:
            return self.approval.amount
        return self.amount or Decimal(0)

    @property
    def submitted_at(self) -> dt.datetime | None:
        """Instant of the last submission, from `submissions` or else from the history; None if never handed in."""
        recorded = [entry.at for entry in self.submissions if entry.at is not None]
        if recorded:
            return recorded[-1]
        return self.entered(Status.SUBMITTED)

    def entered(self, status: Status) -> dt.datetime | None:
        """Instant at which the claim last reached a status, from its history."""
        return next((e.at for e in reversed(self.history) if e.status is status and e.at is not None), None)

    def files(self) -> Iterator[tuple[str, str]]:
        """Every file the claim refers to, with the JSON pointer of the place, in the portal's order."""
        for index, invoice in enumerate(self.third_party_invoices):
            if invoice.file is not None:
                yield f"/third_party_invoices/{index}/file", invoice.file
            if invoice.translation is not None:
                yield f"/third_party_invoices/{index}/translation", invoice.translation
            if invoice.payment_proof is not None:
                yield f"/third_party_invoices/{index}/payment_proof", invoice.payment_proof
        for index, report in enumerate(self.certification_service_reports):
            if report.file is not None:
                yield f"/certification_service_reports/{index}/file", report.file
        for index, proof in enumerate(self.proof_documents):
            for place, file in enumerate(proof.files):
                yield f"/proof_documents/{index}/files/{place}", file
            if proof.translation is not None:
                yield f"/proof_documents/{index}/translation", proof.translation
        if self.pre_approval is not None and self.pre_approval.file is not None:
            yield "/pre_approval/file", self.pre_approval.file
        tax_invoice = self.approval.tax_invoice if self.approval is not None else None
        if tax_invoice is not None and tax_invoice.file is not None:
            yield "/approval/tax_invoice/file", tax_invoice.file
