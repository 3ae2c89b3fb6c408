"""The cover as values: what a reviewer wants first."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from poe_pack.model import Flow
from poe_pack.packet.cost import ZERO
from poe_pack.packet.fields import Field
from poe_pack.packet.particulars import replaces_text
from poe_pack.packet.say import DASH, say_day
from poe_pack.packet.view import PacketView


class Figure(Struct, frozen=True):
    """One of the four large figures."""

    label: str
    value: str
    under: str
    unit: str = ""


def figures_of(view: PacketView) -> tuple[Figure, ...]:
    """Amount, cost behind it, end of the claim window, submission round."""
    claim, speech, text = view.claim, view.speech, view.speech.text
    amount = speech.amount(claim.amount, claim.currency) if claim.amount is not None else DASH
    window, last = view.of.claim_window, view.last_day
    advised = view.advised
    return (
        Figure(
            text("packet.cover.amount"), amount, _spending(view), claim.currency if claim.amount is not None else ""
        ),
        Figure(text("packet.cover.cost"), *_cost_behind(view)),
        Figure(
            text("packet.cover.last_day" if claim.flow is Flow.DIRECT else "packet.cover.window"),
            say_day(speech, window.last if window is not None else last if claim.flow is Flow.DIRECT else None),
            text("packet.cover.advised", day=speech.long_date(advised)) if advised is not None else "",
        ),
        Figure(text("packet.cover.submission"), text("packet.round_n", number=view.round), _round_note(view)),
    )


def facts_of(view: PacketView) -> list[Field]:
    """Facts that are there; ids at the end. A co-op claim has no plan and campaign."""
    claim, of, speech, text = view.claim, view.of, view.speech, view.speech.text
    impressions = claim.estimated_impressions
    fields = [
        (text("packet.field.program"), claim.program, ""),
        (text("packet.field.usage_period"), claim.usage_period, ""),
        (text("packet.field.partner_id"), of.partner.partner_id if of.partner is not None else None, ""),
        (text("packet.field.location"), view.location, ""),
        (text("packet.field.plan"), view.plan_name, ""),
        (text("packet.field.campaign"), view.campaign_name, ""),
        (text("packet.field.activity_type"), speech.say(of.activity_type), ""),
        (text("packet.field.date_of_execution"), view.held_text, ""),
        (text("packet.field.event"), claim.event.name if claim.event is not None else None, ""),
        (text("packet.made.replaces"), replaces_text(view), ""),
        (text("packet.field.pre_approval_id"), claim.pre_approval_id, ""),
        (text("packet.field.estimated_impressions"), None if impressions is None else speech.number(impressions), ""),
        (text("packet.cost.claim"), claim.id, "mono"),
        (text("packet.field.portal_id"), claim.portal_id, "mono"),
    ]
    return [Field(label, value, style=style) for label, value, style in fields if value]


def in_pairs(fields: list[Field]) -> tuple[tuple[Field, ...], ...]:
    """Two fields to a row."""
    return tuple(tuple(fields[place : place + 2]) for place in range(0, len(fields), 2))


def _spending(view: PacketView) -> str:
    text = view.speech.text
    parts = [
        text("packet.spending.invoices", count=len(view.cost.invoices)) if view.cost.invoices else "",
        text("packet.spending.reports", count=len(view.cost.reports)) if view.cost.reports else "",
    ]
    return view.speech.joined(*parts) or text("packet.spending.none")


def _cost_behind(view: PacketView) -> tuple[str, str]:
    """What was claimed in the currency of the bills, and how it becomes the amount."""
    speech, text, cost = view.speech, view.speech.text, view.cost
    sums: dict[str, Decimal] = {}
    for item in cost.invoices:
        sums[item.invoice.currency] = sums.get(item.invoice.currency, ZERO) + item.claimed
    for report in cost.reports:
        sums[cost.currency] = sums.get(cost.currency, ZERO) + (report.total or ZERO)
    if not sums:
        return DASH, text("packet.cover.no_cost")
    if len(sums) > 1:
        return text("packet.cover.currencies", count=len(sums)), speech.listed(sorted(sums))
    ((currency, claimed),) = sums.items()
    rates = {item.rate for item in cost.invoices if item.foreign}
    if currency == cost.currency:
        note = text("packet.cover.net")
    elif len(rates) == 1 and None not in rates:
        note = text("packet.cover.net_at", rate=next(iter(rates)), claim=cost.currency, invoice=currency)
    else:
        note = text("packet.cover.net_rates", claim=cost.currency)
    return speech.money(claimed, currency), note


def _round_note(view: PacketView) -> str:
    text, speech = view.speech.text, view.speech
    if view.claim.is_closed and view.submitted_on is not None:
        return text("packet.cover.submitted", day=speech.short_date(view.submitted_on))
    if view.asked_on is not None:
        return text("packet.cover.answers", day=speech.short_date(view.asked_on))
    return text("packet.cover.not_submitted")
