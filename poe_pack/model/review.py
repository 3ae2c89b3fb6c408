"""What happens to a claim between partner and vendor: approvals, history, rounds, payment, dispute."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec import Struct

from poe_pack.model.status import Status


class AppliedFor(Struct, frozen=True):
    """The activity as it stands in the application."""

    activity_type: str | None
    audience: str | None
    start_date: dt.date | None
    place: str | None


class PreApproval(Struct, frozen=True):
    """The vendor's approval of material or an activity beforehand, and the activity and campaign it was given for.

    `late_reason`: why it was applied for later than the programme asks.
    """

    material: str | None
    requested_on: dt.date | None
    approved_on: dt.date | None
    final_review_on: dt.date | None
    file: str | None
    approver: str | None = None
    activity: str | None = None
    campaign: str | None = None
    applied_for: AppliedFor | None = None
    late_reason: str | None = None


class HistoryEntry(Struct, frozen=True):
    """One change of state. The list is append-only."""

    at: dt.datetime | None
    by: str
    role: str
    status: Status | None
    text: str | None


class Submission(Struct, frozen=True):
    """One round of handing in, as recorded then: digests of claim and evidence, and the rulebook that judged."""

    round: int
    at: dt.datetime | None
    by: str | None
    amount: Decimal | None
    final_comments: str | None
    claim_sha256: str | None
    rulebook_version: str | None
    commit: str | None
    sums_sha256: str | None = None
    rulebook_id: str | None = None
    rulebook_sha256: str | None = None
    tool_version: str | None = None


class Request(Struct, frozen=True):
    """What the reviewer asked and what was answered."""

    at: dt.datetime | None
    text: str
    about: tuple[str, ...]
    answer: str | None
    answered_on: dt.date | None


class TaxInvoice(Struct, frozen=True):
    """The invoice that a partner sends for an approved claim where the programme or its country asks for one.

    `form_number` is its number as written on the vendor's form.
    """

    number: str
    date: dt.date | None
    approved_on: dt.date | None
    file: str | None
    sent_on: dt.date | None = None
    form_number: str | None = None


class Approval(Struct, frozen=True):
    """What the vendor approved; `reductions` are pairs of amount and reason."""

    amount: Decimal | None
    on: dt.date | None
    reductions: tuple[tuple[Decimal | None, str], ...]
    tax_invoice: TaxInvoice | None = None


class Payment(Struct, frozen=True):
    amount: Decimal | None
    currency: str | None
    on: dt.date | None
    status: str | None
    reference: str | None


class Dispute(Struct, frozen=True):
    """`outcome` is the status that the dispute led to."""

    at: dt.datetime | None
    reason: str | None
    outcome: Status | None
    decided_on: dt.date | None
    by: str | None = None


class Waiver(Struct, frozen=True):
    """A finding that somebody set aside. `path` narrows it to one place (JSON pointer prefix)."""

    rule: str
    path: str | None
    reason: str
    approved_by: str
    until: dt.date | None
