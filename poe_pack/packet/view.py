"""One claim's packet as values: what all its pages share. Templates read it; nothing here is laid out yet."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from poe_pack.git import CommitStamp
from poe_pack.languages.formats import LocaleFormat
from poe_pack.model import Claim, DateRange, Funds, KeptOutside, ProofDocument
from poe_pack.packet.cost import CostView
from poe_pack.packet.exhibits import Exhibit, name_of
from poe_pack.packet.record import Event, answered_request, funds_of, local_day, round_of
from poe_pack.packet.requirements import RequirementsView
from poe_pack.packet.taking import Taken
from poe_pack.printing import shorten
from poe_pack.validation.result import ClaimResult, Result
from poe_pack.validation.verdict import RulebookStamp


class PacketView(Struct, frozen=True):
    """Everything that the pages of one packet print. `exhibits` are in the portal's order."""

    result: Result
    of: ClaimResult
    speech: LocaleFormat
    exhibits: tuple[Taken, ...]
    cost: CostView
    requirements: RequirementsView
    events: tuple[Event, ...]
    commit: CommitStamp
    draft: bool

    @property
    def claim(self) -> Claim:
        return self.of.claim

    @property
    def partner_name(self) -> str:
        return self.of.partner.name if self.of.partner is not None else ""

    @property
    def vendor(self) -> str:
        """The vendor whose programme it is."""
        return self.rulebook.vendor if self.rulebook is not None else ""

    @property
    def fund(self) -> str:
        """What the vendor calls its money, or else the programme."""
        stamp = self.rulebook
        return self.speech.say(stamp.fund) if stamp is not None and stamp.fund is not None else self.claim.program

    @property
    def title(self) -> str:
        """The file's title: the claim's name, and that it is a draft."""
        key = "packet.title_draft" if self.draft else "packet.title"
        return self.speech.text(key, name=self.claim.name or self.claim.id)

    @property
    def foot(self) -> str:
        """What stands at the foot of every page."""
        claim, text = self.claim, self.speech.text
        parts = [
            text("packet.draft") if self.draft else "",
            shorten(self.partner_name, 36),
            claim.portal_id,
            shorten(claim.program, 24),
            claim.usage_period,
            text("packet.round_n", number=self.round),
        ]
        return "\u00a0 ·\u00a0 ".join(part for part in parts if part)

    @property
    def round(self) -> int:
        return round_of(self.claim)

    @property
    def submitted_on(self) -> date | None:
        return local_day(self.claim.submitted_at, self.result)

    @property
    def asked_on(self) -> date | None:
        request = answered_request(self.claim)
        return local_day(request.at, self.result) if request is not None else None

    @property
    def held(self) -> DateRange | None:
        """The days of execution, or None where no date is given."""
        period = self.claim.execution_period
        if period is not None:
            return period
        return DateRange(self.claim.date, self.claim.date) if self.claim.date is not None else None

    @property
    def held_text(self) -> str:
        held = self.held
        return self.speech.date_range(held.first, held.last, long=True) if held is not None else ""

    @property
    def location(self) -> str:
        """Number and name of the location, as far as they are known."""
        return self.speech.joined(self.claim.location, self.location_name)

    @property
    def location_name(self) -> str:
        """The location's name, empty where the partner does not list it."""
        known = self.of.partner.location(self.claim.location) if self.of.partner is not None else None
        return known.name if known is not None else ""

    @property
    def plan_name(self) -> str | None:
        """The plan's name, or its id where the plan is not known; None in the co-op flow."""
        return self.of.plan.name if self.of.plan is not None else self.claim.plan

    @property
    def campaign_name(self) -> str | None:
        """The campaign's name, or its id where the campaign is not known; None in the co-op flow."""
        return self.of.campaign.name if self.of.campaign is not None else self.claim.campaign

    @property
    def advised(self) -> date | None:
        """The first advised day by which the partner should hand in."""
        days = [d.day for d in self.of.deadlines if d.advised and d.by == "partner"]
        return min(days, default=None)

    @property
    def last_day(self) -> date | None:
        """The last day on which the partner must act, where one is running."""
        days = [d.day for d in self.of.deadlines if not d.advised and d.by == "partner"]
        return min(days, default=None)

    @property
    def rulebook(self) -> RulebookStamp | None:
        return next((book for book in self.result.rulebooks if book.id == self.of.rulebook_id), None)

    @property
    def funds(self) -> Funds | None:
        return funds_of(self.result, self.of)

    @property
    def dated(self) -> datetime | date | None:
        """The latest date in the claim's documents: the packet's own date."""
        claim = self.claim
        moments = [entry.at for entry in claim.history] + [entry.at for entry in claim.submissions]
        known = [moment for moment in moments if moment is not None]
        return max(known) if known else claim.date

    @property
    def kept_outside(self) -> tuple[tuple[ProofDocument, KeptOutside], ...]:
        """Evidence that for privacy is not in the repository, and so neither printed nor attached."""
        proofs = self.claim.proof_documents
        return tuple((proof, proof.kept_outside) for proof in proofs if proof.kept_outside is not None)

    def name(self, group: str, id: str) -> str:
        return name_of(self.of, group, id, self.speech)

    def exhibit_of(self, exhibit: Exhibit) -> Taken:
        return next(taken for taken in self.exhibits if taken.exhibit == exhibit)
