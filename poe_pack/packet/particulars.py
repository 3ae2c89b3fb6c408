"""What a claim says beside the portal's own fields: of the activity, of an earlier claim, of the pre-approval."""

from __future__ import annotations

from poe_pack.languages.width import cells
from poe_pack.model import PreApproval
from poe_pack.packet.fields import Field, rows_of
from poe_pack.packet.say import DASH, say_day, say_number
from poe_pack.packet.view import PacketView

_SHORT = 31

Rows = tuple[tuple[Field, ...], ...]


def particular_fields(view: PacketView) -> Rows:
    """Rows of what is there; none for a claim that says nothing of the kind."""
    text, claim = view.speech.text, view.claim
    fields = [
        *_filled(text("packet.made.replaces"), replaces_text(view)),
        *_filled(text("packet.field.replaced_by"), view.of.replaced_by),
        *_filled(text("packet.field.tactics"), tactics_text(view)),
        *_filled(text("packet.field.channels"), _names(view, "channel", claim.channels)),
        *_filled(text("packet.field.conditions"), _names(view, "condition", claim.conditions)),
        *_event(view),
        *_filled(text("packet.field.vendor_share", vendor=view.vendor), _share(view)),
        *_filled(text("packet.field.solution_area"), _names(view, "area", [claim.solution_area or ""])),
        *_filled(text("packet.field.cap_rate"), _cap_rate(view)),
    ]
    return rows_of(fields)


def pre_approval_fields(view: PacketView) -> Rows:
    """The record behind the Pre-approval ID in four columns, the last one wide; no rows without one."""
    text, speech, record = view.speech.text, view.speech, view.claim.pre_approval
    if record is None:
        return ()
    fields = [
        Field(text("packet.pre_approval.material"), record.material or DASH, span=3),
        Field(text("packet.pre_approval.valid_for"), _valid_for(view, record) or DASH),
        Field(text("packet.pre_approval.requested_on"), say_day(speech, record.requested_on)),
        Field(text("packet.pre_approval.approved_on"), say_day(speech, record.approved_on)),
        Field(text("packet.pre_approval.final_review_on"), say_day(speech, record.final_review_on)),
        Field(text("packet.pre_approval.approver"), record.approver or DASH),
    ]
    more = (
        (text("packet.pre_approval.applied_for"), _applied_for(view, record)),
        (text("packet.pre_approval.late_reason"), record.late_reason),
    )
    return rows_of([*fields, *(Field(label, value, span=4) for label, value in more if value)], columns=4)


def tactics_text(view: PacketView) -> str:
    """Names of the tactics, which may hold commas."""
    return _names(view, "activity", view.claim.tactics)


def replaces_text(view: PacketView) -> str:
    """The claim in whose place this one is filed: its name and number, or its id where it is not kept here."""
    id = view.claim.replaces
    earlier = view.result.claim(id) if id else None
    if earlier is None:
        return id or ""
    return view.speech.joined(earlier.claim.name, earlier.claim.portal_id or id)


def _names(view: PacketView, group: str, ids: list[str] | tuple[str, ...]) -> str:
    return view.speech.parted(view.name(group, id) for id in ids if id)


def _event(view: PacketView) -> list[Field]:
    text, event = view.speech.text, view.claim.event
    if event is None:
        return []
    where = view.speech.joined(event.host, event.place)
    return [
        *_filled(text("packet.field.event"), event.name),
        *_filled(text("packet.field.host_and_place"), where),
        *_filled(text("packet.field.audience"), event.audience),
    ]


def _share(view: PacketView) -> str:
    share = view.claim.vendor_share
    if share is None:
        return ""
    return view.speech.labelled(say_number(view.speech, share.share), share.basis)


def _cap_rate(view: PacketView) -> str:
    speech, rate = view.speech, view.claim.cap_exchange_rate
    if rate is None:
        return ""
    per = speech.text("packet.cost.per", claim=rate.currency, invoice=view.claim.currency)
    day = speech.long_date(rate.date) if rate.date is not None else ""
    return speech.joined(f"{say_number(speech, rate.rate)} {per}", day, rate.source)


def _valid_for(view: PacketView, record: PreApproval) -> str:
    """Campaign and activity by their names where the claim's plan has them."""
    of, parts = view.of, []
    if record.campaign is not None:
        parts.append(of.campaign.name if of.campaign and of.campaign.id == record.campaign else record.campaign)
    if record.activity is not None:
        parts.append(of.activity.name if of.activity and of.activity.id == record.activity else record.activity)
    return view.speech.joined(*parts)


def _applied_for(view: PacketView, record: PreApproval) -> str:
    asked = record.applied_for
    if asked is None:
        return ""
    type = view.name("activity", asked.activity_type) if asked.activity_type else ""
    day = view.speech.long_date(asked.start_date) if asked.start_date is not None else ""
    return view.speech.joined(type, asked.audience, day, asked.place)


def _filled(label: str, value: str | None) -> list[Field]:
    """A field as wide as its value needs, or none without a value."""
    if not value:
        return []
    return [Field(label, value, span=1 if cells(value) <= _SHORT else 2 if cells(value) <= 2 * _SHORT else 3)]
