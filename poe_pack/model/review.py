"""What happens to a claim between partner and vendor: approvals, history, rounds, payment, dispute."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from poe_pack.model.status import Status


@dataclass(frozen=True, slots=True)
class AppliedFor:
    """The activity as it stands in the application."""

    activity_type: str | None
    audience: str | None
    start_date: dt.date | None
    place: str | None


@dataclass(frozen=True, slots=True)
class PreApproval:
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


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of state. The list is append-only."""

    at: dt.datetime | None
    by: str
    role: str
    status: Status | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Submission:
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


@dataclass(frozen=True, slots=True)
class Request:
    """What the reviewer asked and what was answered."""

    at: dt.datetime | None
    text: str
    about: tuple[str, ...]
    answer: str | None
    answered_on: dt.date | None


@dataclass(frozen=True, slots=True)
class TaxInvoice:
    """The invoice that a partner sends for an approved claim where the programme or its country asks for one.

    `form_number` is its number as written on the vendor's form.
    """

    number: str
    date: dt.date | None
    approved_on: dt.date | None
    file: str | None
    sent_on: dt.date | None = None
    form_number: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """What the vendor approved; `reductions` are pairs of amount and reason."""

    amount: Decimal | None
    on: dt.date | None
    reductions: tuple[tuple[Decimal | None, str], ...]
    tax_invoice: TaxInvoice | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    amount: Decimal | None
    currency: str | None
    on: dt.date | None
    status: str | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """`outcome` is the status that the dispute led to."""

    at: dt.datetime | None
    reason: str | None
    outcome: Status | None
    decided_on: dt.date | None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody set aside. `path` narrows it to one place (JSON pointer prefix)."""

    rule: str
    path: str | None
    reason: str
    approved_by: str
    until: dt.date | None
