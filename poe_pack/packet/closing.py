"""Approval, payment and origin on the record page as values."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from poe_pack.packet.fields import Field
from poe_pack.packet.record import local_day
from poe_pack.packet.say import DASH, say_day, say_money
from poe_pack.packet.view import PacketView


class MoneyRow(Struct, frozen=True):
    """Something decided or paid; `amount` is text."""

    what: str
    day: date | None
    text: str
    amount: str


def money_rows(view: PacketView) -> tuple[MoneyRow, ...]:
    """Approval with its reductions, dispute, payments."""
    speech, text, claim = view.speech, view.speech.text, view.claim
    rows = []
    if claim.approval is not None:
        approval = claim.approval
        rows.append(
            MoneyRow(text("packet.money.approved"), approval.on, "", say_money(speech, approval.amount, claim.currency))
        )
        for amount, reason in approval.reductions:
            cut = say_money(speech, -amount if amount is not None else None, claim.currency)
            rows.append(MoneyRow(text("packet.money.reduction"), approval.on, reason, cut))
    if claim.dispute is not None:
        dispute = claim.dispute
        day = local_day(dispute.at, view.result)
        rows.append(MoneyRow(text("packet.money.disputed"), day, dispute.reason or "", DASH))
        if dispute.outcome:
            rows.append(MoneyRow(text("packet.money.decided"), dispute.decided_on, dispute.outcome, DASH))
    for payment in claim.payments:
        amount_text = say_money(speech, payment.amount, payment.currency or claim.currency)
        said = ", ".join(filter(None, (payment.status, payment.reference)))
        rows.append(MoneyRow(text("packet.money.paid"), payment.on, said, amount_text))
    return tuple(rows)


def made_from(view: PacketView, tool: str) -> list[Field]:
    """Rulebook, commit and tool; until when to keep the files; what was switched off."""
    speech, text, claim = view.speech, view.speech.text, view.claim
    book = view.rulebook
    commit = view.commit.sha[:12] if view.commit.sha is not None else ""
    note = text(f"packet.commit.{view.commit.note}") if view.commit.note is not None else ""
    off = ", ".join(rule.code for rule in view.result.rules_off)
    fields = [
        Field(text("packet.made.rulebook"), f"{book.id} {book.version}" if book is not None else view.of.rulebook_id),
        Field(text("packet.made.commit"), ", ".join(filter(None, (commit, note))), style="mono" if not note else ""),
        Field(text("packet.made.tool"), tool),
        Field(text("packet.made.keep_until"), say_day(speech, view.of.keep_until)),
        Field(text("packet.made.rules_off"), off or text("packet.none")),
    ]
    funds = view.funds
    if funds is not None and funds.earned is not None:
        label = text("packet.made.earned", fund=view.fund, period=funds.usage_period)
        fields.append(Field(label, say_money(speech, funds.earned, funds.currency)))
    if claim.replaces:
        fields.append(Field(text("packet.made.replaces"), claim.replaces, style="mono"))
    return fields
