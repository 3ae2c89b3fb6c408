"""Compares an invoice as a claim has it with what its file says. Nothing here reads a file."""

from __future__ import annotations

from decimal import Decimal

from poe_pack.evidence.invoices.compare_head import compare_currency, compare_date, compare_number
from poe_pack.evidence.invoices.compare_sums import compare_sums
from poe_pack.evidence.invoices.compare_vendor import compare_vendor, same_name
from poe_pack.evidence.invoices.facts import (
    AGREES,
    CANNOT_CHECK,
    Claimed,
    Compared,
    Comparison,
    EInvoice,
    Field,
    InvoiceReading,
    Source,
    differs,
)
from poe_pack.evidence.invoices.folding import digest, reference
from poe_pack.evidence.invoices.labels import heads
from poe_pack.evidence.invoices.sums import read_sums
from poe_pack.model import ThirdPartyInvoice

_COUNTRY = 2  # letters that a VAT number begins with


def claimed_of(invoice: ThirdPartyInvoice) -> Claimed:
    """What a claim says of an invoice. Net and tax where each line says it and they give the total."""
    net = invoice.net if invoice.lines and all(line.net is not None for line in invoice.lines) else None
    tax = invoice.tax if net is not None and any(line.tax is not None for line in invoice.lines) else None
    if invoice.total is not None and net is not None and net + (tax or Decimal(0)) != invoice.total:
        net = tax = None  # a finding of its own; which of them is wrong nobody knows
    return Claimed(
        number=invoice.number,
        date=invoice.date,
        vendor=invoice.vendor_name,
        tax_id=invoice.vendor_tax_id,
        bill_to=invoice.bill_to,
        currency=invoice.currency,
        net=net,
        tax=tax,
        total=invoice.total,
        is_credit=invoice.document_type == "credit_note",
    )


def compare(claimed: Claimed, reading: InvoiceReading) -> Comparison:
    """What agrees, what differs and what cannot be checked; an e-invoice in the file goes before its text."""
    text_sha256 = digest(reading.pages)
    if reading.e_invoice is not None:
        fields = compare_exactly(claimed, reading.e_invoice)
        return Comparison(Source.E_INVOICE, reading.state, _stated(claimed, fields), text_sha256)
    if reading.has_text:
        return Comparison(Source.TEXT, reading.state, _stated(claimed, _with_text(claimed, reading)), text_sha256)
    fields = dict.fromkeys(Field, CANNOT_CHECK)
    del fields[Field.TAX_ID]
    return Comparison(Source.NOTHING, reading.state, _stated(claimed, fields), text_sha256)


def _stated(claimed: Claimed, fields: dict[Field, Compared]) -> dict[Field, Compared]:
    """Outcomes of what the claim states, in the order of the fields."""
    return {name: fields[name] for name in Field if name in fields and getattr(claimed, name) is not None}


def _with_text(claimed: Claimed, reading: InvoiceReading) -> dict[Field, Compared]:
    pages, whole = reading.pages, reading.is_whole
    labelled = list(heads(pages))
    sums = read_sums(pages, claimed.currency)
    return {
        Field.NUMBER: compare_number(claimed, labelled, pages, whole),
        Field.DATE: compare_date(claimed, labelled, pages, whole),
        Field.VENDOR: compare_vendor(claimed, labelled, pages),
        Field.CURRENCY: compare_currency(claimed, sums, labelled, pages, whole),
        **compare_sums(claimed, sums, pages, whole),
    }


def compare_exactly(claimed: Claimed, stated: EInvoice) -> dict[Field, Compared]:
    """Outcomes of each field that an e-invoice states."""
    sign = -1 if claimed.is_credit and claimed.total is not None and claimed.total < 0 else 1

    def amount(value: Decimal | None, *said: Decimal | None) -> Compared:
        known = [one for one in said if one is not None]
        if value is None or not known:
            return CANNOT_CHECK
        return AGREES if value in (*known, *(sign * one for one in known)) else differs(known[0])

    def text(value: str | None, said: str | None) -> Compared:
        if value is None or not said:
            return CANNOT_CHECK
        return AGREES if reference(value) == reference(said) else differs(said)

    number = text(claimed.number, stated.number)
    same_day = CANNOT_CHECK if claimed.date is None or stated.date is None else differs(stated.date)
    return {
        Field.NUMBER: number,
        Field.DATE: AGREES if claimed.date is not None and claimed.date == stated.date else same_day,
        Field.VENDOR: _vendor(claimed, stated),
        Field.TAX_ID: _tax_id(claimed, stated),
        Field.CURRENCY: text(claimed.currency, stated.currency),
        Field.NET: amount(claimed.net, *stated.nets),
        Field.TAX: amount(claimed.tax, stated.tax),
        Field.TOTAL: amount(claimed.total, stated.total),
    }


def _vendor(claimed: Claimed, stated: EInvoice) -> Compared:
    if not stated.seller_names:
        return CANNOT_CHECK
    if any(same_name(claimed.vendor, name) for name in stated.seller_names):
        return AGREES
    ids = {reference(id) for id in stated.seller_tax_ids}
    if claimed.tax_id is not None and reference(claimed.tax_id) in ids:
        return CANNOT_CHECK  # one firm by two names, or the name of another copied
    return differs(stated.seller_names[0])


def _tax_id(claimed: Claimed, stated: EInvoice) -> Compared:
    """A firm has several numbers; two differ only where both are VAT numbers of one country."""
    wanted = reference(claimed.tax_id or "")
    stated_ids = {reference(id) for id in stated.seller_tax_ids}
    if wanted in stated_ids:
        return AGREES
    country = wanted[:_COUNTRY]
    rivals = {id for id in stated_ids if country.isalpha() and id.startswith(country)}
    if not rivals or any(_within(wanted, id) for id in stated_ids):
        return CANNOT_CHECK
    return differs()


def _within(one: str, other: str) -> bool:
    """Whether one number is a part of the other, as an organisation's is of its VAT number."""
    one, other = (re_letters(text) for text in (one, other))
    return one in other or other in one


def re_letters(text: str) -> str:
    """A number without the letters of its country."""
    return text.lstrip("abcdefghijklmnopqrstuvwxyz")
