"""Sentences and small tables of the cost pages."""

from __future__ import annotations

from poe_pack.packet.cost import InvoiceView
from poe_pack.packet.fields import Field
from poe_pack.packet.say import DASH, say_day, say_days, say_money, say_number
from poe_pack.packet.view import PacketView


def lede_of(view: PacketView) -> str:
    """What there is of invoices and reports, in a sentence or three."""
    text, cost = view.speech.text, view.cost
    sentences = []
    if cost.invoices:
        currencies = tuple(sorted({item.invoice.currency for item in cost.invoices}))
        sentences.append(text("packet.cost.lede_invoices", count=len(cost.invoices), currencies=currencies))
    shared = sum(1 for item in cost.invoices if len(item.shares) > 1)
    if shared:
        key = "packet.cost.lede_shared" if len(cost.invoices) > 1 else "packet.cost.lede_shared_only"
        sentences.append(text(key, count=shared))
    if cost.reports:
        sentences.append(text("packet.cost.lede_reports", count=len(cost.reports)))
    return view.speech.told(sentences) or text("packet.cost.lede_none")


def invoice_fields(view: PacketView, item: InvoiceView) -> list[Field]:
    """The head of an invoice; where there are several, with its own rate."""
    speech, text, invoice = view.speech, view.speech.text, item.invoice
    fields = [
        Field(text("packet.invoice.vendor"), invoice.vendor_name),
        Field(text("packet.invoice.tax_id"), invoice.vendor_tax_id or DASH, style="mono"),
        Field(text("packet.invoice.bill_to"), invoice.bill_to or DASH),
        Field(text("packet.invoice.date"), say_day(speech, invoice.date)),
        Field(text("packet.invoice.service_period"), say_days(speech, invoice.service_period, long=True)),
        Field(text("packet.invoice.total"), say_money(speech, invoice.total, invoice.currency)),
    ]
    if invoice.document_type != "invoice":
        fields.append(Field(text("packet.invoice.type"), text(f"packet.invoice.type.{invoice.document_type}")))
    if invoice.paid_on is not None:
        fields.append(Field(text("packet.invoice.paid_on"), say_day(speech, invoice.paid_on)))
    if invoice.description:
        fields.append(Field(text("packet.invoice.description"), invoice.description, span=3))
    if item.foreign and not _alone(view):
        fields += [Field(label, value) for label, value in _rate(view, item)]
    return fields


def line_width(view: PacketView, item: InvoiceView) -> str:
    """The style of an invoice's table of lines: smaller figures where large ones would run into each other."""
    largest = max(item.invoice.net + item.invoice.tax, item.claimed)
    length = len(view.speech.amount(largest, item.invoice.currency))
    return "" if length <= 10 else " wide" if length <= 13 else " widest"


def report_fields(view: PacketView, index: int) -> list[Field]:
    """The head of a certification service report."""
    speech, text = view.speech, view.speech.text
    report = view.cost.reports[index].report
    certifier = speech.joined(report.certifier_name, report.certifier_title)
    accepted = "packet.reports.accepted" if report.statement_accepted else "packet.reports.not_accepted"
    fields = [
        Field(text("packet.reports.description"), report.description or DASH, span=3),
        Field(text("packet.reports.work_period"), say_days(speech, report.work_period, long=True)),
        Field(text("packet.reports.location"), report.location or DASH),
        Field(text("packet.reports.product_focus"), report.product_focus or DASH),
        Field(text("packet.reports.certified_by"), certifier or DASH),
        Field(text("packet.reports.certified_on"), say_day(speech, report.certified_on)),
        Field(text("packet.reports.statement"), text(accepted)),
    ]
    if report.tactic is not None:
        fields.append(Field(text("packet.field.tactic"), view.name("activity", report.tactic), span=3))
    if report.results:
        fields.append(Field(text("packet.reports.results"), report.results, span=3))
    return fields


def steps_of(view: PacketView) -> tuple[tuple[str, str], ...]:
    """From what was billed to the claimed amount: of a single foreign invoice with its rate, else by document."""
    speech, text, cost = view.speech, view.speech.text, view.cost
    rows: list[tuple[str, str]] = []
    share = view.claim.vendor_share
    if share is not None and share.share is not None:
        rows.append((text("packet.field.vendor_share", vendor=view.vendor), say_number(speech, share.share)))
    if _alone(view):
        (item,) = cost.invoices
        rows.append((text("packet.cost.net_of_lines"), say_money(speech, item.claimed, item.invoice.currency)))
        rows += _rate(view, item)
        rows.append((text("packet.cost.rounding"), text("packet.cost.half_up")))
    else:
        for item in cost.invoices:
            label = text("packet.cost.invoice", number=item.invoice.number)
            rows.append((label, say_money(speech, item.converted, cost.currency)))
        for report in cost.reports:
            label = text("packet.reports.n", number=report.index + 1)
            rows.append((label, say_money(speech, report.total, cost.currency)))
    if cost.reimbursement is not None:
        rows.append((text("packet.cost.total_cost"), say_money(speech, cost.total, cost.currency)))
        rows.append((text("packet.cost.reimbursed"), text("packet.cost.percent", percent=cost.reimbursement)))
    if cost.difference:
        rows.append((text("packet.cost.difference"), say_money(speech, -cost.difference, cost.currency)))
    return tuple(rows)


def remarks_of(view: PacketView) -> tuple[str, ...]:
    """Small print under the cost."""
    if any(item.foreign for item in view.cost.invoices):
        return (view.speech.text("packet.cost.remark_rate", currency=view.cost.currency),)
    return ()


def _alone(view: PacketView) -> bool:
    """Whether one foreign invoice is all the cost: its rate then stands among the steps to the amount."""
    cost = view.cost
    return len(cost.invoices) == 1 and not cost.reports and cost.invoices[0].foreign


def _rate(view: PacketView, item: InvoiceView) -> list[tuple[str, str]]:
    speech, text, rate = view.speech, view.speech.text, item.invoice.exchange_rate
    return [
        (
            text("packet.cost.per", claim=view.cost.currency, invoice=item.invoice.currency),
            say_number(speech, item.rate),
        ),
        (text("packet.cost.rate_of"), say_day(speech, rate.date if rate is not None else None)),
        (text("packet.cost.rate_source"), (rate.source if rate is not None else None) or DASH),
    ]
