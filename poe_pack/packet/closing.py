"""Approval, payment and origin on the record page as values."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from poe_pack.packet.fields import Field
from poe_pack.packet.record import local_day
from poe_pack.packet.say import DASH, say_day, say_money
from poe_pack.packet.view import PacketView


class KeptRow(Struct, frozen=True):
    """Evidence that is not in the packet: where it lies, its size in bytes and its SHA-256."""

    what: str
    where: str
    size: int | None
    sha256: str | None


class MoneyRow(Struct, frozen=True):
    """Something decided or paid; `amount` is text."""

    what: str
    day: date | None
    text: str
    amount: str


def money_rows(view: PacketView) -> tuple[MoneyRow, ...]:
    """Approval with its reductions, dispute, tax invoice and payments, in the order of their days."""
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
        told = any(entry.text == dispute.reason for entry in claim.history)  # among the rounds
        rows.append(MoneyRow(text("packet.money.disputed"), day, "" if told else dispute.reason or "", DASH))
        if dispute.outcome:
            outcome = text(f"packet.record.{dispute.outcome}")
            rows.append(MoneyRow(text("packet.money.decided"), dispute.decided_on, outcome, DASH))
    rows += _tax_invoice(view)
    for payment in claim.payments:
        amount_text = say_money(speech, payment.amount, payment.currency or claim.currency)
        said = speech.joined(payment.status, payment.reference)
        rows.append(MoneyRow(text("packet.money.paid"), payment.on, said, amount_text))
    order = sorted(range(len(rows)), key=lambda place: (rows[place].day or date.max, _rank(rows[place], view), place))
    return tuple(rows[place] for place in order)


def _rank(row: MoneyRow, view: PacketView) -> bool:
    """On one day a dispute is decided before the approval that follows from it."""
    return row.what != view.speech.text("packet.money.decided")


def _tax_invoice(view: PacketView) -> list[MoneyRow]:
    """The partner's own invoice for what was approved."""
    speech, text, approval = view.speech, view.speech.text, view.claim.approval
    invoice = approval.tax_invoice if approval is not None else None
    if invoice is None:
        return []
    said = [invoice.number]
    if invoice.approved_on is not None:
        said.append(text("packet.money.tax_invoice_approved", day=speech.short_date(invoice.approved_on)))
    return [MoneyRow(text("packet.money.tax_invoice"), invoice.sent_on or invoice.date, speech.joined(*said), DASH)]


def kept_rows(view: PacketView) -> tuple[KeptRow, ...]:
    """Evidence that is kept outside, and evidence in the claim's folder that names people and nobody demands."""
    rows: list[KeptRow] = []
    for index, proof in enumerate(view.claim.proof_documents):
        name = view.name("evidence", proof.evidence)
        if proof.kept_outside is not None:
            kept = proof.kept_outside
            rows.append(KeptRow(name, kept.place, kept.bytes, kept.sha256))
        if f"/proof_documents/{index}" in view.of.held_back:
            for file in proof.files:
                facts = view.of.files.get(file)
                size, sha256 = (facts.size, facts.sha256) if facts is not None else (None, None)
                rows.append(KeptRow(name, view.speech.text("packet.kept.in_folder"), size, sha256))
    return tuple(rows)


def kept_text(view: PacketView, index: int) -> str:
    """Where a proof document lies that is not in the upload folder, in words; empty where it is there."""
    proof, speech = view.claim.proof_documents[index], view.speech
    if f"/proof_documents/{index}" in view.of.held_back:
        return speech.text("packet.kept.in_folder")
    kept = proof.kept_outside
    if kept is None or proof.files or proof.url:
        return ""
    size = speech.bytes(kept.bytes) if kept.bytes is not None else ""
    return speech.joined(kept.place, size)


def made_from(view: PacketView, tool: str) -> list[Field]:
    """Rulebook, commit and tool; until when to keep the files; what was switched off."""
    speech, text, claim = view.speech, view.speech.text, view.claim
    book = view.rulebook
    commit = view.commit.sha[:12] if view.commit.sha is not None else ""
    note = text(f"packet.commit.{view.commit.note}") if view.commit.note is not None else ""
    off = speech.listed(rule.code for rule in view.result.rules_off)
    fields = [
        Field(text("packet.made.rulebook"), f"{book.id} {book.version}" if book is not None else view.of.rulebook_id),
        Field(text("packet.made.commit"), speech.joined(commit, note), style="mono" if not note else ""),
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
