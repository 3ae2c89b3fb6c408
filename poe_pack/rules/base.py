"""What rules yield, what they are given, and how they are described."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from poe_pack.evidence.facts import FileFacts, ProbeFacts
from poe_pack.evidence.invoices.facts import Comparison
from poe_pack.evidence.sums import Sums
from poe_pack.findings import JudgedBy, Severity
from poe_pack.languages import Words
from poe_pack.model import Campaign, Claim, Funds, Partner, Period, Plan, PlannedActivity, Settings, Status
from poe_pack.rulebook import Calendar, Dated, Requirements, Rulebook, UnknownValue


class When(StrEnum):
    """`submission`: what a draft may still lack; it is *open* until the claim is handed in."""

    ALWAYS = "always"
    SUBMISSION = "submission"


class Place(Struct, frozen=True):
    """Somewhere in a document: its file and a JSON pointer; or a line (from 1) of a file that is no document."""

    file: str
    path: str
    line: int | None = None


class Hit(Struct, frozen=True):
    """A fault that a rule found, at `path` of its document (`file` is set by rules that look at several).

    `variant` picks among the rule's messages. `at_key` places the finding at the key (or, where that is missing,
    at what it is missing from), else at the value. `severity` replaces the rule's own.
    """

    path: str
    values: Mapping[str, Any] = field(default_factory=dict)
    variant: str = ""
    at_key: bool = False
    severity: Severity | None = None
    file: str | None = None
    related: tuple[Place, ...] = ()
    judged_by: JudgedBy | None = None


class Earlier(Struct, frozen=True):
    """What a document said from a commit (its hash) on, as data."""

    commit: str
    data: Mapping[str, Any]


class History(Struct, frozen=True):
    """What a document says as data, and what it said before, oldest first; nothing where git does not know it."""

    now: Mapping[str, Any] = field(default_factory=dict)
    earlier: tuple[Earlier, ...] = ()

    def handed_in(self) -> Earlier | None:
        """The first version that holds the last entry `submitted` of today's history."""
        last = [entry for entry in self.now.get("history", ()) if entry.get("status") == Status.SUBMITTED.value]
        return next((e for e in self.earlier if last and last[-1] in e.data.get("history", ())), None)


class ClaimContext(Struct, frozen=True):
    """What a rule may know when it looks at one claim.

    `needs` is None where the rulebook does not know the activity type on the claim's date. `plan`, `campaign` and
    `activity` are None where the claim names none or names one that is not there; `plan_is_readable` is False where
    a plan exists but could not be read, so that nothing can be said about what it lacks; likewise
    `partner_is_readable`. `funds` is the account that the claim draws on, where it is known and without fault. `probes`
    holds what the files say of themselves, for those that were opened. `predecessor` is the claim that this one
    replaces, where it is there. `history` is what the claim said in earlier commits; `content` its data, where its last
    submission recorded a digest. `attached` holds the claim's fields that are evidence themselves: those that are
    filled, and those with a fault, of which nobody can say that they are not. `sums` is what the claim's `SHA256SUMS`
    says (None: there is none). `untracked` holds the claim's files that git does not know, where git was asked.
    `comparisons` says of invoices, by their place in the claim, what came of comparing them with their files, for those
    that were opened.
    """

    claim: Claim
    book: Rulebook
    calendar: Calendar
    settings: Settings
    today: date
    for_submission: bool
    partner: Partner | None
    partner_is_readable: bool
    plan: Plan | None
    campaign: Campaign | None
    activity: PlannedActivity | None
    plan_is_readable: bool
    usage_period: Period | None
    funds: Funds | None
    needs: Requirements | None
    files: Mapping[str, FileFacts]
    probes: Mapping[str, ProbeFacts]
    predecessor: Claim | None = None
    history: History = field(default_factory=History)
    content: Mapping[str, Any] | None = None
    attached: frozenset[str] = frozenset()
    sums: Sums | None = None
    untracked: frozenset[str] = frozenset()
    comparisons: Mapping[int, Comparison] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether the claim keeps the verdict of an earlier version of the rulebook."""
        return is_settled(self.claim, self.book)

    @property
    def handed_in_on(self) -> date | None:
        """Day of the last submission in the repository's time zone."""
        moment = self.claim.submitted_at
        return None if moment is None else self.day(moment)

    def day(self, moment: datetime) -> date:
        """The day of a moment in the repository's time zone."""
        return moment.astimezone(ZoneInfo(self.settings.timezone)).date()

    @property
    def first_day(self) -> date | None:
        """First day of execution."""
        period = self.claim.execution_period
        return period.first if period is not None and period.first is not None else self.claim.date

    @property
    def done_and_paid(self) -> date | None:
        """The day from which the activity was over and every invoice of which something is claimed was paid."""
        used = [invoice for invoice in self.claim.third_party_invoices if invoice.claimed_here > 0]
        days = [self.claim.date, *(invoice.paid_on for invoice in used)]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None

    @property
    def keep_until(self) -> date | None:
        """The last day on which records of this claim must be there; None where nobody knows."""
        try:
            return None if self.claim.date is None else self.calendar.keep_until(self.claim.date)
        except UnknownValue:
            return None

    @property
    def anchors(self) -> dict[str, date]:
        """Days from which the rulebook counts its last days, by the rulebook's names; those that are known."""
        claim = self.claim
        tax_invoice = claim.approval.tax_invoice if claim.approval is not None else None
        found: dict[str, date | None] = {
            "activity_date": claim.date,
            "campaign_start": self.campaign.start_date if self.campaign is not None else None,
            "usage_period_end": self.usage_period.last if self.usage_period is not None else None,
            "done_and_paid": self.done_and_paid,
            "submitted": self.handed_in_on,
            "tax_invoice_approved": tax_invoice.approved_on if tax_invoice is not None else None,
        }
        for status in (Status.APPROVED, Status.REJECTED, Status.DISPUTED):
            moment = claim.entered(status)
            found[status.value] = None if moment is None else self.day(moment)
        return {anchor: day for anchor, day in found.items() if day is not None}

    @property
    def judged_on(self) -> date:
        """The day whose rulebook values count: the day of execution."""
        return self.claim.date or self.today

    def evidence_present(self, tactic: str | None = None) -> frozenset[str]:
        """Kinds of evidence that there is something to look at for.

        With a tactic of a multi-touch campaign: in documents of that tactic or of none.
        """
        proofs = (proof for proof in self.claim.proof_documents if proof.proves)
        present = {proof.evidence for proof in proofs if tactic is None or proof.tactic in (None, tactic)}
        if self.attached:
            entries = ((id, self.book.entry("evidence_kinds", id) or {}) for id in self.book.ids("evidence_kinds"))
            present |= {id for id, entry in entries if entry.get("claim_field") in self.attached}
        return frozenset(present)

    def partial_share(self, element: str) -> Decimal | None:
        """The share below 1 that the claim gives where a core element may be replaced by one; else None."""
        entry = self.book.entry("core_elements", element) or {}
        if entry.get("claim_field") != "vendor_share" or self.claim.vendor_share is None:
            return None
        share = self.claim.vendor_share.share
        return share if share is not None and share < 1 else None

    def value(self, *path: str) -> Dated | None:
        """The rulebook's value in force on the claim's date, or None where no source says anything."""
        try:
            return self.book.value(self.judged_on, *path)
        except UnknownValue:
            return None

    def source(self, *path: str) -> JudgedBy | None:
        """Where the rulebook has that value from."""
        value = self.value(*path)
        return None if value is None else value.judged_by(self.judged_on)


def is_settled(claim: Claim, book: Rulebook) -> bool:
    """Whether a claim was handed in and judged by another version of the rulebook: it keeps that verdict."""
    last = claim.submissions[-1] if claim.submissions else None
    if last is None or not claim.is_closed or last.rulebook_version is None:
        return False
    if last.rulebook_sha256 is not None:
        return last.rulebook_sha256 != book.sha256
    return (last.rulebook_id or book.id, last.rulebook_version) != (book.id, book.version)


class RepositoryContext(Struct, frozen=True):
    """What a rule may know when it looks at everything of one partner at once.

    `unreadable` holds the kinds of which a document could not be read: of those nothing is "unknown". `elsewhere` are
    the claims of other partners, for rules that look at those.
    """

    claims: Sequence[ClaimContext]
    plans: Sequence[Plan]
    funds: Sequence[Funds]
    unreadable: frozenset[str]
    book: Rulebook
    calendar: Calendar
    settings: Settings
    today: date
    elsewhere: Sequence[ClaimContext] = ()


class PlanContext(Struct, frozen=True):
    """What a rule may know when it looks at one plan. `history` is what the plan said in earlier commits."""

    book: Rulebook
    calendar: Calendar
    settings: Settings
    today: date
    history: History = field(default_factory=History)

    def day(self, moment: datetime) -> date:
        """The day of a moment in the repository's time zone."""
        return moment.astimezone(ZoneInfo(self.settings.timezone)).date()


class Rule(Struct, frozen=True):
    """A rule module as a value. `reads` are JSON pointers (`plan:/…` for the claim's plan) that must be sound.

    `clock`: what the rule says of a closed claim depends on the day it is, not on how it was handed in, so that it
    keeps running on claims whose verdict is settled.
    `kinds` are the rulebook's last days that it watches. `everywhere`: `finish` looks at other partners' claims, too.
    """

    code: str
    name: str
    severity: Severity
    when: When
    reads: tuple[str, ...]
    doc: str
    checklist: str | None
    check: Callable[[Claim, ClaimContext], Iterator[Hit]] | None
    check_plan: Callable[[Plan, PlanContext], Iterator[Hit]] | None
    finish: Callable[[RepositoryContext], Iterator[Hit]] | None
    compared: Callable[[Claim, ClaimContext], Words | None] | None
    clock: bool = False
    kinds: tuple[str, ...] = ()
    everywhere: bool = False
