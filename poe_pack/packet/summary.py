"""`00-summary.pdf`: one page for the reviewer, from requirement to file and from bill to amount."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from poe_pack.packet.cost import InvoiceView
from poe_pack.packet.exhibits import Kind
from poe_pack.packet.fields import Field, rows_of
from poe_pack.packet.form import metric_fields
from poe_pack.packet.particulars import replaces_text, tactics_text
from poe_pack.packet.say import DASH, say_money, say_number
from poe_pack.packet.taking import Taken
from poe_pack.packet.view import PacketView
from poe_pack.printing import environment, lay_out, pdf_bytes

_SHEETS = ("look/print.css", "packet/packet.css", "packet/summary.css")
_DRAFT_SHEETS = (*_SHEETS, "packet/draft.css")
_FILES_SHOWN = 3
_LINES_SHOWN = 10
_DENSITIES = ((True, 240), (False, 240), (False, 84), (False, 42))
"""Ways to get onto one page: whether each line of the invoice is shown, and the columns left to a text."""


class _Row(Struct, frozen=True):
    """A requirement with what shows it. `files` are upload names, or a sentence where there is no file."""

    requirement: str
    shows: str
    files: tuple[str, ...]
    pages: str
    is_file: bool = True


class _CostRow(Struct, frozen=True):
    what: str
    net: str
    rate: str
    amount: str


def summary_pdf(view: PacketView, paper: str) -> bytes:
    """The summary as PDF: as much as one page takes, unless there are too many files even for that."""
    template = environment(view.speech.language, paper).get_template("packet/summary.html")
    dated = view.dated
    context = {
        "view": view,
        "dated": dated.isoformat() if dated is not None else "",
        "foot": view.foot,
        "heads": rows_of(_heads(view)),
        "rows": tuple(_rows(view)),
    }
    document = None
    for by_line, width in _DENSITIES if _few_lines(view) else _DENSITIES[1:]:
        cost = tuple(_lines(view) if by_line else _documents(view))
        notes = _notes(view) if by_line else ""
        html = template.render(context, cost=cost, by_line=by_line, notes=notes, width=width)
        document = lay_out(html, _DRAFT_SHEETS if view.draft else _SHEETS, paper)
        if len(document.pages) == 1:
            break
    return pdf_bytes(document)


def _heads(view: PacketView) -> list[Field]:
    claim, speech, text = view.claim, view.speech, view.speech.text
    fields = [
        (text("packet.field.program"), claim.program),
        (text("packet.field.location"), view.location),
        (text("packet.field.usage_period"), claim.usage_period),
        (text("packet.field.plan"), view.plan_name),
        (text("packet.field.campaign"), view.campaign_name),
        (text("packet.field.pre_approval_id"), claim.pre_approval_id),
        (text("packet.field.partner_id"), view.of.partner.partner_id if view.of.partner is not None else None),
        (text("packet.field.estimated_impressions"), say_number(speech, claim.estimated_impressions)),
        (text("packet.cover.submission"), text("packet.round_n", number=view.round)),
        (text("packet.field.event"), claim.event.name if claim.event is not None else None),
        (text("packet.made.replaces"), replaces_text(view)),
    ]
    tactics = tactics_text(view)
    wide = [Field(text("packet.field.tactics"), tactics, span=3)] if tactics else []
    return [Field(label, value) for label, value in fields if value] + wide


def _rows(view: PacketView) -> Iterator[_Row]:
    groups: dict[tuple[Kind, int], list[Taken]] = {}
    for taken in view.exhibits:
        groups.setdefault((taken.exhibit.kind, taken.exhibit.index), []).append(taken)
    for (kind, index), members in groups.items():
        yield _row(view, kind, index, members)
    for field in metric_fields(view):
        yield _Row(field.label, field.value, (view.speech.text("packet.summary.in_the_form"),), DASH, is_file=False)


def _row(view: PacketView, kind: Kind, index: int, members: list[Taken]) -> _Row:
    text, first = view.speech.text, members[0].exhibit
    names = tuple(taken.exhibit.upload for taken in members if taken.exhibit.upload is not None)
    pages = sum(len(taken.pages) for taken in members)
    counted = view.speech.number(pages) if pages else DASH
    if not names:
        return _Row(first.name, _shows(view, kind, index), (first.url or DASH,), counted)
    if len(names) > _FILES_SHOWN:
        names = (text("packet.summary.files", first=names[0], last=names[-1]),)
    spending = kind in (Kind.INVOICE, Kind.CSR)
    name = text("packet.summary.spending_proof") if spending else first.name
    return _Row(name, _shows(view, kind, index), names, counted)


def _shows(view: PacketView, kind: Kind, index: int) -> str:
    """What a group of files shows, in a line or two."""
    claim, speech, text = view.claim, view.speech, view.speech.text
    if kind is Kind.INVOICE:
        item = view.cost.invoices[index]
        gross = item.invoice.net + item.invoice.tax
        return text(
            "packet.summary.invoice",
            number=item.invoice.number,
            claimed=speech.money(item.claimed, item.invoice.currency),
            total=speech.money(gross if item.invoice.total is None else item.invoice.total, item.invoice.currency),
        )
    if kind is Kind.PAYMENT_PROOF:
        return text("packet.summary.payment", number=claim.third_party_invoices[index].number)
    if kind is Kind.CSR:
        return claim.certification_service_reports[index].description
    if kind is Kind.PROOF:
        proof = claim.proof_documents[index]
        shown = speech.listed(view.name("core", id) for id in proof.shows)
        tactic = view.name("activity", proof.tactic) if proof.tactic is not None else ""
        return speech.parted((speech.labelled(tactic, proof.note), shown)) or DASH
    approval = claim.pre_approval
    parts = [claim.pre_approval_id]
    for name in ("approved_on", "final_review_on"):
        day = getattr(approval, name) if approval is not None else None
        if day is not None:
            parts.append(f"{text(f'packet.pre_approval.{name}').lower()} {speech.short_date(day)}")
    return speech.joined(*parts) or DASH


def _few_lines(view: PacketView) -> bool:
    """Whether one invoice with few lines is all the cost."""
    cost = view.cost
    return len(cost.invoices) == 1 and not cost.reports and len(cost.invoices[0].claimed_numbers) <= _LINES_SHOWN


def _lines(view: PacketView) -> Iterator[_CostRow]:
    (item,) = view.cost.invoices
    speech, currency = view.speech, item.invoice.currency
    for line in item.lines:
        if line.claimed:
            amount = DASH if line.converted is None else speech.amount(line.converted, view.cost.currency)
            yield _CostRow(line.description, speech.amount(line.claimed, currency), _rate(view, item), amount)


def _documents(view: PacketView) -> Iterator[_CostRow]:
    speech, text, cost = view.speech, view.speech.text, view.cost
    for item in cost.invoices:
        what = text("packet.cost.invoice", number=item.invoice.number)
        amount = DASH if item.converted is None else speech.amount(item.converted, cost.currency)
        net = speech.money(item.claimed, item.invoice.currency)
        yield _CostRow(view.speech.joined(what, item.invoice.vendor_name), net, _rate(view, item), amount)
    for report in cost.reports:
        what = text("packet.reports.n", number=report.index + 1)
        total = DASH if report.total is None else speech.amount(report.total, cost.currency)
        yield _CostRow(what, say_money(speech, report.total, cost.currency), DASH, total)


def _rate(view: PacketView, item: InvoiceView) -> str:
    return say_number(view.speech, item.rate) if item.foreign else DASH


def _notes(view: PacketView) -> str:
    """Where the rate comes from and what of the invoice is not claimed."""
    (item,) = view.cost.invoices
    text, invoice = view.speech.text, item.invoice
    rate = invoice.exchange_rate
    notes = []
    if item.foreign and rate is not None and rate.date is not None and rate.source:
        day = view.speech.long_date(rate.date)
        notes.append(
            text(
                "packet.summary.rate_note",
                day=day,
                source=rate.source,
                claim=view.cost.currency,
                invoice=invoice.currency,
            )
        )
    if invoice.tax and all(line.claimed <= line.net for line in item.lines):
        notes.append(text("packet.summary.no_tax"))
    left = [line.number for line in item.lines if not line.claimed]
    if left:
        notes.append(text("packet.summary.lines_elsewhere", count=len(left), lines=tuple(left)))
    return view.speech.told(notes)
