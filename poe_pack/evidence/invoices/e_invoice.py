"""Reads an e-invoice in XML: CII (Factur-X, ZUGFeRD 2, XRechnung) and UBL. Runs in the child process only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from poe_pack.evidence.invoices.facts import EInvoice
from poe_pack.evidence.invoices.wire import shown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_XML = 8 * 1024 * 1024
"""Bytes of the largest e-invoice that is read; one of a thousand lines has some 2 MB."""

_RSM = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}"
_RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
_UDT = "{urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100}"
_UBL = "{urn:oasis:names:specification:ubl:schema:xsd:"
_CAC, _CBC = f"{_UBL}CommonAggregateComponents-2}}", f"{_UBL}CommonBasicComponents-2}}"
_UBL_ROOTS = frozenset({f"{_UBL}Invoice-2}}Invoice", f"{_UBL}CreditNote-2}}CreditNote"})
_LONGEST_NUMBER = 28


def read_e_invoice(xml: bytes) -> EInvoice | None:
    """What an e-invoice states; None where these bytes are none. Entities and document types are refused."""
    if len(xml) > MAX_XML:
        return None
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # LookupError: an encoding nobody knows
        return None
    if root.tag == f"{_RSM}CrossIndustryInvoice":
        return _cii(root)
    return _ubl(root) if root.tag in _UBL_ROOTS else None


def _cii(root: Element) -> EInvoice:
    document = f"{_RSM}ExchangedDocument/"
    trade = f"{_RSM}SupplyChainTradeTransaction/"
    seller = f"{trade}{_RAM}ApplicableHeaderTradeAgreement/{_RAM}SellerTradeParty/"
    settled = f"{trade}{_RAM}ApplicableHeaderTradeSettlement/"
    sums = f"{settled}{_RAM}SpecifiedTradeSettlementHeaderMonetarySummation/{_RAM}"
    currency = _text(root, f"{settled}{_RAM}InvoiceCurrencyCode")
    names = (f"{seller}{_RAM}Name", f"{seller}{_RAM}SpecifiedLegalOrganization/{_RAM}TradingBusinessName")
    registered = (node for node in _all(root, f"{seller}{_RAM}SpecifiedTaxRegistration/{_RAM}ID"))
    return EInvoice(
        number=_text(root, f"{document}{_RAM}ID"),
        date=_day(_text(root, f"{document}{_RAM}IssueDateTime/{_UDT}DateTimeString")),
        seller_names=_texts(node for name in names for node in _all(root, name)),
        seller_tax_ids=_texts(registered),
        currency=currency,
        nets=_distinct(
            _sum(_all(root, f"{sums}{name}"), currency) for name in ("TaxBasisTotalAmount", "LineTotalAmount")
        ),
        tax=_sum(_all(root, f"{sums}TaxTotalAmount"), currency),
        total=_sum(_all(root, f"{sums}GrandTotalAmount"), currency),
    )


def _ubl(root: Element) -> EInvoice:
    seller = f"{_CAC}AccountingSupplierParty/{_CAC}Party/"
    sums = f"{_CAC}LegalMonetaryTotal/{_CBC}"
    currency = _text(root, f"{_CBC}DocumentCurrencyCode")
    names = (f"{seller}{_CAC}PartyLegalEntity/{_CBC}RegistrationName", f"{seller}{_CAC}PartyName/{_CBC}Name")
    return EInvoice(
        number=_text(root, f"{_CBC}ID"),
        date=_day(_text(root, f"{_CBC}IssueDate")),
        seller_names=_texts(node for name in names for node in _all(root, name)),
        seller_tax_ids=_texts(_all(root, f"{seller}{_CAC}PartyTaxScheme/{_CBC}CompanyID")),
        currency=currency,
        nets=_distinct(
            _sum(_all(root, f"{sums}{name}"), currency) for name in ("TaxExclusiveAmount", "LineExtensionAmount")
        ),
        tax=_sum(_all(root, f"{_CAC}TaxTotal/{_CBC}TaxAmount"), currency),
        total=_sum(_all(root, f"{sums}TaxInclusiveAmount"), currency),
    )


def _all(root: Element, path: str) -> list[Element]:
    return root.findall(path)


def _text(root: Element, path: str) -> str | None:
    return next(iter(_texts(_all(root, path))), None)


def _texts(nodes: Iterable[Element]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for node in nodes if (text := shown(node.text or ""))))


def _day(text: str | None) -> dt.date | None:
    """A day as 20260928 (CII) or 2026-09-28 (UBL), where a time zone may follow."""
    try:
        return None if text is None else dt.date.fromisoformat(text[:8] if text[:8].isdigit() else text[:10])
    except ValueError:
        return None


def _sum(nodes: Iterable[Element], currency: str | None) -> Decimal | None:
    """The amount in the invoice's own currency; a second one states the tax for another country's tax office."""
    return next((amount for node in nodes for amount in _own(node, currency)), None)


def _own(node: Element, currency: str | None) -> Iterator[Decimal]:
    if node.get("currencyID", currency) != currency:
        return
    text = (node.text or "").strip()
    try:
        amount = Decimal(text) if len(text) <= _LONGEST_NUMBER else None
    except InvalidOperation:
        return
    if amount is not None and amount.is_finite() and abs(amount.adjusted()) <= _LONGEST_NUMBER:
        yield amount


def _distinct(amounts: Iterable[Decimal | None]) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys(amount for amount in amounts if amount is not None))
