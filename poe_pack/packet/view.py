"""One claim's packet as values: what all its pages share. Templates read it; nothing here is laid out yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from poe_pack.git import CommitStamp
from poe_pack.languages.formats import LocaleFormat
from poe_pack.model import Claim, DateRange, Flow, Funds
from poe_pack.packet.cost import CostView
from poe_pack.packet.exhibits import Exhibit, name_of
from poe_pack.packet.fields import Field, rows_of
from poe_pack.packet.record import Event, answered_request, funds_of, local_day, round_of
from poe_pack.packet.requirements import RequirementsView
from poe_pack.packet.taking import Taken
from poe_pack.validation.result import ClaimResult, Result, RulebookStamp


@dataclass(frozen=True, slots=True)
class PacketView:
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
    def title(self) -> str:
        """The file's title: the claim's name, and that it is a draft."""
        key = "packet.title_draft" if self.draft else "packet.title"
        return self.speech.text(key, name=self.claim.name or self.claim.id)

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
        id = self.claim.location
        known = self.of.partner.location(id) if self.of.partner is not None else None
        return ", ".join(filter(None, (id, known.name if known is not None else None)))

    @property
    def advised(self) -> date | None:
        """The first advised day by which the partner should hand in."""
        days = [d.day for d in self.of.deadlines if d.advised and d.by == "partner"]
        return min(days, default=None)

    @property
    def rulebook(self) -> RulebookStamp | None:
        return next((book for book in self.result.rulebooks if book.id == self.of.rulebook_id), None)

    @property
    def funds(self) -> Funds | None:
        return funds_of(self.result, self.claim)

    @property
    def dated(self) -> datetime | date | None:
        """The latest date in the claim's documents: the packet's own date."""
        claim = self.claim
        moments = [entry.at for entry in claim.history] + [entry.at for entry in claim.submissions]
        known = [moment for moment in moments if moment is not None]
        return max(known) if known else claim.date

    def name(self, group: str, id: str) -> str:
        return name_of(self.of, group, id, self.speech)

    def exhibit_of(self, exhibit: Exhibit) -> Taken:
        return next(taken for taken in self.exhibits if taken.exhibit == exhibit)


def program_fields(view: PacketView) -> tuple[tuple[Field, ...], ...]:
    """Partner and programme on the claim form."""
    of, claim, speech = view.of, view.claim, view.speech
    text = speech.text
    period = claim.usage_period or "–"
    if of.usage_period is not None:
        dates = speech.date_range(of.usage_period.first, of.usage_period.last, long=True)
        period = f"{of.usage_period.label}, {dates}"
    fields = [
        Field(text("packet.field.partner"), view.partner_name or "–"),
        Field(text("packet.field.partner_id"), of.partner.partner_id if of.partner is not None else "–"),
        Field(text("portal.location"), view.location or "–"),
        Field(text("portal.program"), claim.program),
        Field(text("portal.usage_period"), period, span=2),
    ]
    if claim.flow is not Flow.CO_OP_MANAGEMENT:
        dates = speech.date_range(of.campaign.start_date, of.campaign.end_date) if of.campaign else "–"
        fields += [
            Field(text("portal.plan"), of.plan.name if of.plan is not None else claim.plan or "–"),
            Field(text("portal.campaign"), of.campaign.name if of.campaign is not None else claim.campaign or "–"),
            Field(text("packet.field.campaign_dates"), dates),
        ]
    return rows_of(fields)


def claim_fields(view: PacketView) -> tuple[tuple[Field, ...], ...]:
    """The proof-of-execution claim on the claim form, with the activity type's figures."""
    claim, speech = view.claim, view.speech
    text = speech.text
    amount = speech.money(claim.amount, claim.currency) if claim.amount is not None else "–"
    impressions = claim.estimated_impressions
    fields = [
        Field(text("portal.name"), claim.name or "–", span=2),
        Field(text("packet.field.portal_id"), claim.portal_id or "–", style="mono"),
        Field(text("packet.field.activity_type"), speech.say(view.of.activity_type), span=2),
        Field(text("portal.date"), view.held_text or "–"),
        Field(text("portal.estimated_impressions"), speech.number(impressions) if impressions is not None else "–"),
        Field(text("portal.pre_approval_id"), claim.pre_approval_id or "–"),
        *metric_fields(view),
        Field(text("portal.amount"), amount, style="amount"),
        Field(text("packet.field.spending_proof"), *_spending(view)),
    ]
    comments = claim.final_comments or text("packet.none")
    fields.append(Field(text("packet.field.final_comments"), comments, span=3))
    return rows_of(fields)


def metric_fields(view: PacketView) -> list[Field]:
    """The activity type's figures. Of lists (names of persons) only the number of entries is shown."""
    return [
        Field(
            view.name("metric", id),
            metric_text(view, value),
            span=3 if isinstance(value, str) and len(value) > 40 else 1,
        )
        for id, value in _metrics(view.claim.metrics)
    ]


def metric_text(view: PacketView, value: Any) -> str:
    if isinstance(value, list | tuple):
        return view.speech.text("packet.metric.entries", count=len(value))
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values())
    return view.speech.value(value)


def _metrics(metrics: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(id, value) for id, value in metrics.items() if value is not None]


def _spending(view: PacketView) -> tuple[str, int, str, tuple[Exhibit, ...]]:
    """How many invoices and reports stand behind the amount, as the rest of a Field."""
    cost, speech = view.cost, view.speech
    parts = []
    if cost.invoices:
        parts.append(speech.text("packet.count.invoices", count=len(cost.invoices)))
    if cost.reports:
        parts.append(speech.text("packet.count.reports", count=len(cost.reports)))
    spending = [*cost.invoices, *cost.reports]
    exhibits = tuple(entry.exhibit for entry in spending if entry.exhibit is not None)
    return ", ".join(parts) or speech.text("packet.none_yet"), 1, "", exhibits[:6]
