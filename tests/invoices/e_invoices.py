"""E-invoices in XML: CII as in Factur-X, ZUGFeRD 2 and XRechnung, and UBL as in XRechnung and Peppol."""

from __future__ import annotations

from decimal import Decimal
from xml.sax.saxutils import escape

from tests.invoices.papers import Paper

FACTUR_X = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"
ZUGFERD = "urn:cen.eu:en16931:2017"
XRECHNUNG = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"


def cii(paper: Paper, profile: str, allowance: Decimal = Decimal(0)) -> bytes:
    """A Cross Industry Invoice; `allowance` is taken off the sum of the lines, which are that much dearer."""
    lines = "".join(
        f"""<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>{number}</ram:LineID>
        </ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>{escape(line.text)}</ram:Name>
        </ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeSettlement>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{line.net}</ram:LineTotalAmount>
        </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
        </ram:IncludedSupplyChainTradeLineItem>"""
        for number, line in enumerate(paper.lines, 1)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{profile}</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>{escape(paper.number)}</ram:ID><ram:TypeCode>380</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">{paper.date:%Y%m%d}</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{lines}
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>{escape(paper.seller)}</ram:Name>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{paper.tax_id}</ram:ID></ram:SpecifiedTaxRegistration>
</ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>{escape(paper.buyer)}</ram:Name>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{paper.buyer_tax_id}</ram:ID></ram:SpecifiedTaxRegistration>
</ram:BuyerTradeParty><ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>{paper.order}</ram:IssuerAssignedID>
</ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:TaxCurrencyCode>DKK</ram:TaxCurrencyCode>
<ram:InvoiceCurrencyCode>{paper.currency}</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:LineTotalAmount>{paper.net + allowance}</ram:LineTotalAmount>
<ram:AllowanceTotalAmount>{allowance}</ram:AllowanceTotalAmount>
<ram:TaxBasisTotalAmount>{paper.net}</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="DKK">{paper.tax * 7}</ram:TaxTotalAmount>
<ram:TaxTotalAmount currencyID="{paper.currency}">{paper.tax}</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{paper.total}</ram:GrandTotalAmount><ram:TotalPrepaidAmount>100.00</ram:TotalPrepaidAmount>
<ram:DuePayableAmount>{paper.total - 100}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()


def ubl(paper: Paper, kind: str = "Invoice") -> bytes:
    """A UBL document; `kind` is "Invoice" or "CreditNote"."""
    currency = paper.currency

    def money(name: str, value: Decimal) -> str:
        return f'<cbc:{name} currencyID="{currency}">{value}</cbc:{name}>'

    line = "InvoiceLine" if kind == "Invoice" else "CreditNoteLine"
    lines = "".join(
        f"<cac:{line}><cbc:ID>{number}</cbc:ID>{money('LineExtensionAmount', one.net)}"
        f"<cac:Item><cbc:Name>{escape(one.text)}</cbc:Name></cac:Item></cac:{line}>"
        for number, one in enumerate(paper.lines, 1)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>{XRECHNUNG}</cbc:CustomizationID><cbc:ID>{escape(paper.number)}</cbc:ID>
<cbc:IssueDate>{paper.date.isoformat()}</cbc:IssueDate><cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>{paper.order}</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>{escape(paper.seller.split()[0])}</cbc:Name></cac:PartyName>
<cac:PartyTaxScheme><cbc:CompanyID>{paper.tax_id}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
</cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>{escape(paper.seller)}</cbc:RegistrationName>
</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>{escape(paper.buyer)}</cbc:RegistrationName>
</cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:TaxTotal>{money("TaxAmount", paper.tax)}</cac:TaxTotal>
<cac:LegalMonetaryTotal>{money("LineExtensionAmount", paper.net)}{money("TaxExclusiveAmount", paper.net)}
{money("TaxInclusiveAmount", paper.total)}{money("PayableAmount", paper.total)}</cac:LegalMonetaryTotal>{lines}
</{kind}>""".encode()
