"""The claim form as values: the portal's fields with their names, the declaration, who signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from poe_pack.languages.width import cells
from poe_pack.model import WITHOUT_PLAN, DateRange
from poe_pack.packet.exhibits import Exhibit
from poe_pack.packet.fields import Field, rows_of
from poe_pack.packet.record import preparer_role, submitter_role
from poe_pack.packet.say import DASH, say_days, say_money, say_number
from poe_pack.packet.view import PacketView

_SHORT = 31
"""What fits on a third of the form's width."""


class Signer(Struct, frozen=True):
    """A column to sign in: what the signature says, and as whom."""

    what: str
    role: str


def program_fields(view: PacketView) -> tuple[tuple[Field, ...], ...]:
    """Partner and programme."""
    of, claim, speech = view.of, view.claim, view.speech
    text = speech.text
    period = claim.usage_period or DASH
    if of.usage_period is not None:
        period = speech.joined(of.usage_period.label, say_days(speech, of.usage_period, long=True))
    fields = [
        Field(text("packet.field.partner"), view.partner_name or DASH),
        Field(text("packet.field.partner_id"), of.partner.partner_id if of.partner is not None else DASH),
        Field(text("packet.field.location"), view.location or DASH),
        Field(text("packet.field.program"), claim.program),
        Field(text("packet.field.usage_period"), period, span=2),
    ]
    if claim.flow not in WITHOUT_PLAN:
        campaign = of.campaign
        dates = DateRange(campaign.start_date, campaign.end_date) if campaign is not None else None
        fields += [
            Field(text("packet.field.plan"), view.plan_name or DASH),
            Field(text("packet.field.campaign"), view.campaign_name or DASH),
            Field(text("packet.field.campaign_dates"), say_days(speech, dates)),
        ]
    return rows_of(fields)


def claim_fields(view: PacketView) -> tuple[tuple[Field, ...], ...]:
    """The proof-of-execution claim with the activity type's figures."""
    claim, speech = view.claim, view.speech
    text = speech.text
    comments = claim.final_comments or text("packet.none")
    fields = [
        Field(text("packet.field.name"), claim.name or DASH, span=2),
        Field(text("packet.field.portal_id"), claim.portal_id or DASH, style="mono"),
        Field(text("packet.field.activity_type"), speech.say(view.of.activity_type), span=2),
        Field(text("packet.field.date"), view.held_text or DASH),
        Field(text("packet.field.estimated_impressions"), say_number(speech, claim.estimated_impressions)),
        Field(text("packet.field.pre_approval_id"), claim.pre_approval_id or DASH),
        *metric_fields(view),
        Field(text("packet.field.amount"), say_money(speech, claim.amount, claim.currency), style="amount"),
        Field(text("packet.field.spending_proof"), _spending(view), exhibits=_spending_exhibits(view)),
        Field(text("packet.field.final_comments"), comments, span=1 if cells(comments) <= _SHORT else 3),
    ]
    return rows_of(fields)


def metric_fields(view: PacketView) -> list[Field]:
    """The activity type's figures. Of lists (names of persons) only the number of entries is shown."""
    fields = []
    for id, value in view.claim.metrics.items():
        if value is not None:
            said = metric_text(view, value)
            fields.append(Field(view.name("metric", id), said, span=1 if cells(said) <= _SHORT else 3))
    return fields


def metric_text(view: PacketView, value: Any) -> str:
    """A figure as text; of a list the number of entries."""
    if isinstance(value, list | tuple):
        return view.speech.text("packet.metric.entries", count=len(value))
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values())
    return view.speech.value(value)


def declaration_of(view: PacketView) -> str:
    """What the signatures stand under, of what the claim has."""
    text, cost = view.speech.text, view.cost
    sentences = [text("packet.declaration.activity")]
    if cost.invoices:
        number = cost.invoices[0].invoice.number
        partner = view.partner_name or text("packet.declaration.us")
        sentences.append(text("packet.declaration.invoices", count=len(cost.invoices), number=number, partner=partner))
    if cost.reports:
        sentences.append(text("packet.declaration.reports", count=len(cost.reports)))
    if view.of.keep_until is not None:
        sentences.append(text("packet.declaration.exhibits", day=view.speech.long_date(view.of.keep_until)))
    return view.speech.told(sentences)


def signers_of(view: PacketView) -> tuple[Signer, ...]:
    """Who prepares and who approves, by role."""
    text = view.speech.text
    preparer, submitter = preparer_role(view.claim), submitter_role(view.claim)
    prepares = view.name("role", preparer) if preparer else text("packet.form.any_role")
    submits = text("packet.form.submitter")
    if submitter:
        submits = text("packet.form.submits", role=view.name("role", submitter))
    return (
        Signer(text("packet.form.prepared_by"), prepares),
        Signer(text("packet.form.approved_by"), submits),
    )


def _spending(view: PacketView) -> str:
    """How many invoices and reports stand behind the amount."""
    cost, text = view.cost, view.speech.text
    parts = [
        text("packet.count.invoices", count=len(cost.invoices)) if cost.invoices else "",
        text("packet.count.reports", count=len(cost.reports)) if cost.reports else "",
    ]
    return view.speech.joined(*parts) or text("packet.none_yet")


def _spending_exhibits(view: PacketView) -> tuple[Exhibit, ...]:
    spending = [item.exhibit for item in view.cost.invoices] + [item.exhibit for item in view.cost.reports]
    return tuple(exhibit for exhibit in spending if exhibit is not None)
