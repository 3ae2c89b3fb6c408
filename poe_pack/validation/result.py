"""The one Result of a run: what every view shows and none recomputes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from poe_pack.evidence.facts import FileFacts
from poe_pack.evidence.invoices.facts import Comparison
from poe_pack.evidence.sums import Sums
from poe_pack.findings import Finding, JudgedBy, Severity
from poe_pack.languages import Words
from poe_pack.model import Campaign, Claim, Funds, Money, Partner, Period, Plan, PlannedActivity, Settings
from poe_pack.validation.verdict import Verdict


class CheckState(StrEnum):
    """How a requirement stands: compared by the tool, vouched for by a person, set aside, still open, lacking."""

    CHECKED = "checked"
    DECLARED = "declared"
    WAIVED = "waived"
    OPEN = "open"
    MISSING = "missing"


class CheckGroup(StrEnum):
    """The three parts of the requirements page."""

    ACTIVITY = "activity"
    COST = "cost"
    DATES = "dates"


class Section(StrEnum):
    """The packet's own page that shows what a requirement speaks of, where no exhibit does."""

    FORM = "form"
    COST = "cost"
    REQUIREMENTS = "requirements"
    RECORD = "record"


class ChecklistItem(Struct, frozen=True):
    """One requirement of a claim.

    `files` are the evidence files that meet it, named as in the claim; where there are none, `section` says where
    to look. `role` and `on` say who declared or waived it (a role of the rulebook, or an address) and when (for a
    waiver: until when). `tactic` is the activity type of a multi-touch campaign that needs it. `kinds` are,
    for evidence, the kinds of the rulebook any of which meets it.
    """

    group: CheckGroup
    subject: Words
    compared: Words
    state: CheckState
    files: tuple[str, ...] = ()
    section: Section = Section.REQUIREMENTS
    role: str | None = None
    on: date | None = None
    tactic: Words | None = None
    kinds: tuple[str, ...] = ()

    @property
    def title(self) -> Words:
        """The subject, with the tactic that it is of."""
        if self.tactic is None:
            return self.subject
        return Words("checklist.of_tactic", {"evidence": self.subject, "tactic": self.tactic})


class Deadline(Struct, frozen=True):
    """A last day. `kind` is the rulebook's id for it; `by` is `partner` or `vendor` (who must act).

    `advised` days cost nothing when missed. `rule` is the code of the rule that says when it was missed, if there is
    one.
    """

    kind: str
    day: date
    by: str
    advised: bool
    judged_by: JudgedBy | None
    name: Words = field(default_factory=Words)
    rule: str | None = None


class InvoiceShare(Struct, frozen=True):
    """What one claim takes of an invoice: line numbers from 1, net in invoice currency, its rate and result."""

    claim: str
    lines: tuple[int, ...]
    net: Decimal
    rate: Decimal | None
    amount: Decimal | None
    currency: str


class Headroom(Struct, frozen=True):
    """What may still be claimed of something that is limited: of an account, or of a cap of the rulebook.

    `limit` is the most there is, `taken` what all claims take of it together, this one and drafts included, `left` what
    remains, never below zero: money, or a number of people. None: not known (what was earned, or a rate).
    """

    name: Words
    limit: Money | int | None
    taken: Money | int | None
    left: Money | int | None
    judged_by: JudgedBy | None


class Readiness(StrEnum):
    """What may be said of a claim in one word, beyond its status."""

    READY = "ready"
    INCOMPLETE = "incomplete"
    FAULTY = "faulty"
    HANDED_IN = "handed_in"


class ClaimResult(Struct, frozen=True):
    """One claim, what it hangs on, how it stands.

    `invoice_shares` holds, for each invoice of the claim in its order, the shares of all claims that take part of
    it (this one first). `files` maps each file named in the claim to what is known of it. `elsewhere` maps an
    invoice's index and line number (from 1) to the net that other claims take of that line. `names` maps ids of
    the rulebook to their names: `evidence.x`, `metric.x`, `expense.x`, `core.x`, `role.x`, `program.x`. `headroom` is
    what may still be claimed, the account first (a rejected claim has none), `advice` what is wise and no fault,
    `unchecked` what nobody looked at. `screens` is the set of the portal's screens that a portal sheet can repeat
    (None: none are known), `menus` the way to them. `reimbursement` is the share of the cost in percent that is paid
    back, where it is not all of it. `paid`: money has arrived for the claim, as the rulebook reads a payment's status.
    `replaced_by` is the id of the claim that was filed in this one's place. `held_back` are the proof documents and
    metrics, as JSON pointers, that name people and that nobody demands: no packet shows them. `sums` is what its
    `SHA256SUMS` says (None: there is none). `comparisons` holds, by their place in the claim, what came of comparing
    invoices with their files, for those that were opened.
    """

    claim: Claim
    partner: Partner | None
    plan: Plan | None
    campaign: Campaign | None
    activity: PlannedActivity | None
    activity_type: Words
    category: Words | None
    usage_period: Period | None
    claim_window: Period | None
    keep_until: date | None
    rulebook_id: str
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    checklist: tuple[ChecklistItem, ...]
    deadlines: tuple[Deadline, ...]
    files: Mapping[str, FileFacts]
    invoice_shares: tuple[tuple[InvoiceShare, ...], ...]
    elsewhere: Mapping[tuple[int, int], Decimal]
    names: Mapping[str, Words] = field(default_factory=dict)
    headroom: tuple[Headroom, ...] = ()
    advice: tuple[Words, ...] = ()
    unchecked: tuple[Words, ...] = ()
    screens: str | None = None
    menus: tuple[str, ...] = ()
    reimbursement: Decimal | None = None
    paid: bool = False
    replaced_by: str | None = None
    held_back: frozenset[str] = frozenset()
    sums: Sums | None = None
    comparisons: Mapping[int, Comparison] = field(default_factory=dict)

    @property
    def readiness(self) -> Readiness:
        if self.claim.is_closed:
            return Readiness.HANDED_IN
        if any(finding.severity is Severity.ERROR for finding in self.findings):
            return Readiness.FAULTY
        if any(finding.severity is Severity.OPEN for finding in self.findings):
            return Readiness.INCOMPLETE
        return Readiness.READY

    @property
    def next_deadline(self) -> Deadline | None:
        """The first last day that is not merely advised."""
        firm = [deadline for deadline in self.deadlines if not deadline.advised]
        return min(firm, key=lambda deadline: deadline.day, default=None)


class FundsResult(Struct, frozen=True):
    """A funds document and how its money is spread, in its currency.

    approved + in_review + drafts + free + lapsed = available + over, where at most one of the last three kinds is not
    zero: `free` is still there, `lapsed` was still there when the claim window closed, `over` is claimed beyond it.
    """

    funds: Funds
    usage_period: Period | None
    claim_window: Period | None
    available: Decimal
    approved: Decimal
    in_review: Decimal
    drafts: Decimal
    free: Decimal
    lapsed: Decimal
    over: Decimal


class MixShare(Struct, frozen=True):
    """A part of a mix: its amount, its share of the whole and the share that the guide gives it, both from 0 to 1.

    `guide` is None for what the guide does not name; its `name` then says so.
    """

    name: Words
    amount: Decimal
    share: Decimal
    guide: Decimal | None


class Mix(Struct, frozen=True):
    """How the claims of a partner in a program and usage period divide, beside the rulebook's guide. Information only.

    `file` is the document of one of these claims, `total` what they claim in `currency`: drafts by their amount while
    they can be handed in, approved ones by what was approved, rejected ones not at all.
    """

    name: Words
    file: str
    program: str
    usage_period: str
    currency: str
    total: Decimal
    shares: tuple[MixShare, ...]
    judged_by: JudgedBy


class Result(Verdict, frozen=True, kw_only=True):
    """A verdict with everything that it was said of; `claims` are sorted by id.

    `digests` holds the SHA-256 of each document as it was read.
    """

    settings: Settings
    partners: tuple[Partner, ...]
    plans: tuple[Plan, ...]
    claims: tuple[ClaimResult, ...]
    funds: tuple[FundsResult, ...]
    mixes: tuple[Mix, ...] = ()
    digests: Mapping[str, bytes] = field(default_factory=dict)

    def claim(self, id: str) -> ClaimResult | None:
        return next((result for result in self.claims if result.claim.id == id), None)
