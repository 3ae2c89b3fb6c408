"""Words by which invoices say what a value is, in English, German, French, Swedish and Chinese.

Folded as `folding.words` folds. A phrase of several words is looked up before its parts. What is not in here makes a
piece of text no label: an invoice line may well be called "Total station, hire".
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from poe_pack.evidence.invoices.folding import folded, words


class Say(StrEnum):
    """What a phrase says."""

    TOTAL = "total"  # of something
    GROSS = "gross"  # the total with tax, and nothing else
    DUE = "due"  # what is left to pay
    NET = "net"
    SUB = "sub"
    TAX = "tax"
    WITH = "with"
    WITHOUT = "without"
    PAID = "paid"
    OTHER = "other"  # an amount, but none of those
    FILLER = "filler"
    NUMBER = "number"
    NUMBER_ALONE = "number_alone"  # of the invoice, where nothing better says so
    TITLE = "title"
    DATE = "date"
    DATE_ALONE = "date_alone"
    OTHER_DATE = "other_date"
    OTHER_NUMBER = "other_number"
    CURRENCY = "currency"
    BUYER = "buyer"


_AMOUNTS = {
    Say.TOTAL: """
        total; totals; totalt; totalbelopp; total amount; overall total; sum; summe; gesamt; gesamtsumme; summa;
        totaux; montant total; somme; 合计; 总计; 总额; 总金额; 金额合计; 合計; yhteensa; totale; importe total;
        totaal""",
    Say.GROSS: """
        grand total; gross; gross amount; gross total; invoice total; invoice amount; total invoice;
        total invoice amount; brutto; bruttobetrag; bruttosumme; gesamtbetrag brutto; rechnungsbetrag;
        rechnungssumme; endbetrag; endsumme; ttc; total ttc; montant ttc; total facture; montant de la facture;
        toutes taxes comprises; fakturabelopp; bruttobelopp; belopp inkl moms; 价税合计; 含税金额; 含税总额;
        含税合计; 发票总额; 发票金额""",
    Say.DUE: """
        amount due; balance due; balance; total due; due; to pay; amount to pay; total to pay; amount payable;
        total payable; payable; please pay; pay; zu zahlen; zu zahlender betrag; zahlbetrag; zahlungsbetrag;
        zahllast; noch zu zahlen; fallig; falliger betrag; net a payer; a payer; montant a payer; reste a payer;
        solde; montant du; solde du; att betala; summa att betala; belopp att betala; att erlagga; kvar att betala;
        应付金额; 应付总额; 应付; 应付合计""",
    Say.NET: """
        net; net amount; net total; total net; taxable amount; taxable; vat base; tax base; netto; nettobetrag;
        nettosumme; summe netto; gesamt netto; bemessungsgrundlage; ht; total ht; montant ht; montant net; base ht;
        base imposable; hors taxes; hors taxe; hors tva; nettobelopp; summa netto; momsunderlag;
        beskattningsunderlag; fore moms; 不含税; 不含税金额; 未税金额; 税前金额; 不含税合计; 不含税总额; 净额""",
    Say.SUB: "subtotal; sub total; zwischensumme; sous total; delsumma; 小计; 小計",
    Say.TAX: """
        vat; tax; taxes; sales tax; gst; hst; vat amount; tax amount; value added tax; total vat; total tax; mwst;
        ust; umsatzsteuer; mehrwertsteuer; steuer; steuerbetrag; mwst betrag; ust betrag; mehrwertsteuerbetrag;
        umsatzsteuerbetrag; tva; taxe; montant tva; montant de la tva; total tva; moms; momsbelopp; mervardesskatt;
        varav moms; summa moms; moms belopp; 税额; 增值税; 增值税额; 税金; 税款; 税; 税额合计""",
    Say.WITH: """
        incl; including; inclusive; inc; with; inkl; inklusive; einschliesslich; mit; ttc; toutes taxes comprises;
        tvac; inklusiv; med; 含; 含税""",
    Say.WITHOUT: """
        excl; excluding; exclusive; ex; exc; before; without; exkl; exklusive; ohne; vor; hors; ht; htva; avant;
        sans; exklusiv; utan; fore; 不含; 税前""",
    Say.PAID: """
        paid; deposit; prepaid; prepayment; advance; advance payment; down payment; amount paid; payment received;
        anzahlung; abschlag; bezahlt; bereits bezahlt; vorauszahlung; acompte; deja paye; paye; avance; verse;
        betalt; forskott; a conto; 已付; 预付; 已付金额; 预付款""",
    Say.OTHER: """
        shipping; freight; postage; discount; rebate; rounding; fee; unit price; price; unit; rate; qty; quantity;
        versand; rabatt; skonto; rundung; porto; einzelpreis; preis; menge; remise; port; arrondi; prix;
        prix unitaire; quantite; frakt; avrundning; oresutjamning; avgift; expeditionsavgift; a pris; antal; 运费;
        折扣; 数量; 单价""",
    Say.FILLER: """
        amount; amounts; of; the; on; in; at; and; for; from; this; invoice; our; is; at a rate of; reverse charge;
        gross net; betrag; von; der; die; das; aus; auf; und; des; den; davon; darin; enthalten; enthaltene; zzgl;
        zuzuglich; plus; satz; steuersatz; rechnung; waren; wert; reverse charge verfahren; prozent; montant; de;
        la; le; les; du; sur; en; et; dont; taux; facture; autoliquidation; au taux de; belopp; av; pa; till; och;
        varav; moms sats; momssats; faktura; omvand skattskyldighet; omvand betalningsskyldighet; procent;
        summa kronor; kronor; 金额; 率; 税率; 额; 总; 本; 发票; 小写; 大写; 元; 圆; 零; 壹; 贰; 叁; 肆; 伍; 陆; 柒;
        捌; 玖; 拾; 佰; 仟; 万; 亿; 角; 分; 整""",
}

_HEADS = {
    Say.NUMBER: """
        invoice number; invoice no; invoice nr; invoice num; invoice id; invoice ref; invoice reference; bill no;
        bill number; credit note number; credit note no; tax invoice no; tax invoice number; document number;
        document no; receipt no; rechnungsnummer; rechnungsnr; rechnungs nr; rechnungs nummer; rechnung nr;
        rechnung nummer; rechnung no; belegnummer; belegnr; beleg nr; re nr; gutschriftnummer; gutschrift nr;
        numero de facture; numero de la facture; n de facture; no de facture; nº de facture; facture no; facture n;
        facture numero; numero facture; n facture; no facture; ref facture; avoir n; numero de l avoir;
        fakturanummer; fakturanr; faktura nr; faktura nummer; faktura no; fakturans nummer; kreditfaktura nr;
        fakturanumer; lasku nro; laskun nro; 发票号码; 发票编号; 发票号; 發票號碼; 票据号码; 单据编号""",
    Say.NUMBER_ALONE: "number; no; nr; nummer; numero; 编号; 号码; n",
    Say.TITLE: """
        invoice; tax invoice; sales invoice; credit note; rechnung; gutschrift; facture; avoir; faktura;
        kreditfaktura; factura; fattura; lasku; 发票; 增值税专用发票; 增值税普通发票""",
    Say.DATE: """
        invoice date; date of invoice; date of issue; issue date; issued; issued on; date issued; billing date;
        bill date; document date; tax point date; invoice dated; rechnungsdatum; datum der rechnung;
        ausstellungsdatum; ausgestellt am; belegdatum; rechnung vom; date de facture; date de facturation;
        date de la facture; date facture; date d emission; emise le; emis le; facture du; fakturadatum; fakturadat;
        faktureringsdatum; utfardad; utfardandedatum; datum faktura; 开票日期; 发票日期; 開票日期; 签发日期;
        出票日期; paivays""",
    Say.DATE_ALONE: "date; datum; dated; den; le; 日期; vom; du",
    Say.OTHER_DATE: """
        due date; due; payment due; due on; due by; pay by; payable by; payment date; delivery date;
        date of delivery; date of supply; supply date; service date; date of service; order date; period;
        service period; delivery; tax point; ship date; from; to; until; valid until; date of order; date of event;
        event date; statement date; paid on; falligkeitsdatum; fallig am; fallig; falligkeit; zahlbar bis;
        lieferdatum; leistungsdatum; leistungszeitraum; liefertermin; bestelldatum; auftragsdatum; zahlungsziel;
        datum der lieferung; datum der leistung; bis; bestellung vom; date d echeance; echeance; a payer avant le;
        payable le; date de livraison; date de prestation; date de commande; livraison; periode;
        date de la prestation; date limite de paiement; au; commande du; date de l evenement; forfallodatum;
        forfaller; forfallodag; forfaller den; att betala senast; betalas senast; betala senast; leveransdatum;
        orderdatum; leverans; bestallningsdatum; arrangemang; datum for leverans; senast; betalningsdatum; 到期日;
        到期日期; 付款日期; 付款期限; 交货日期; 服务日期; 服务期间; 订单日期; 截止日期; erapaiva""",
    Say.OTHER_NUMBER: """
        order number; order no; order nr; order; purchase order; purchase order no; purchase order number;
        po number; po no; po; customer number; customer no; customer id; customer; client no; account number;
        account no; account; your reference; our reference; reference; reference no; ref; insertion order; contract;
        contract no; agreement; quote no; quotation; delivery note; delivery note no; vat number; vat no; vat id;
        tax id; tax number; company number; company no; registration number; iban; bic; phone; tel; fax; job no;
        project no; project; page; case no; sort code; item no; item; article no; line no; bestellnummer; bestellnr;
        bestell nr; auftragsnummer; auftragsnr; auftrags nr; kundennummer; kundennr; kunden nr; kunde;
        ihre referenz; unsere referenz; referenz; vertragsnummer; vertrag; angebot; angebotsnr; lieferschein;
        ust id nr; ust idnr; ust id; steuernummer; steuernr; st nr; hrb; handelsregister; konto; kontonummer;
        telefon; pos; seite; projekt; artikelnr; artikel nr; projektnr; numero de commande; commande; n de commande;
        commande n; bon de commande; n client; numero client; code client; client n; votre reference;
        notre reference; contrat; devis; devis n; siret; siren; rcs; n tva; tva intracommunautaire; numero de tva;
        n de tva; compte; bon de livraison; telephone; ordernummer; ordernr; order nummer; kundnummer; kundnr;
        kund nr; er referens; var referens; referens; ert avtal; avtal; bestallning; bestallningsnummer; best nr;
        ocr; ocr nummer; org nr; organisationsnummer; momsreg nr; momsregistreringsnummer; vat nr; bankgiro;
        plusgiro; bg; pg; offert; projektnummer; ert ordernummer; sida; 订单号; 订单编号; 客户编号; 客户号; 合同号;
        合同编号; 纳税人识别号; 统一社会信用代码; 税号; 账号; 发票代码; 参考号; 电话; 采购订单号; 校验码""",
    Say.BUYER: """
        bill to; billed to; invoice to; sold to; ship to; customer; client; buyer; to; attention; attn;
        rechnungsempfanger; empfanger; kunde; an; rechnung an; lieferadresse; rechnungsadresse; kaufer; facture a;
        destinataire; adresse de facturation; livre a; acheteur; facturer a; kund; faktureras till; till;
        faktureringsadress; mottagare; leveransadress; kopare; fakturamottagare; 购买方; 客户; 购方; 买方; 收票方;
        购买方名称; 客户名称""",
    Say.CURRENCY: "currency; wahrung; devise; monnaie; valuta; 币种; 货币",
}

Phrase = tuple[str, ...]


@cache
def amount_phrases() -> dict[Phrase, frozenset[Say]]:
    """Phrases beside amounts, and all that each says."""
    return _phrases(_AMOUNTS)


@cache
def head_phrases() -> dict[Phrase, frozenset[Say]]:
    """Phrases of an invoice's head: numbers, days, currency, buyer."""
    return _phrases(_HEADS)


@cache
def longest() -> dict[str, int]:
    """By the word that phrases begin with, how many words the longest of them has."""
    found: dict[str, int] = {}
    for phrase in (*amount_phrases(), *head_phrases()):
        found[phrase[0]] = max(found.get(phrase[0], 0), len(phrase))
    return found


def _phrases(table: dict[Say, str]) -> dict[Phrase, frozenset[Say]]:
    found: dict[Phrase, set[Say]] = {}
    for say, text in table.items():
        for phrase in text.split(";"):
            found.setdefault(split(folded(phrase)), set()).add(say)
    return {phrase: frozenset(says) for phrase, says in found.items()}


def split(text: str) -> Phrase:
    """Words of a folded text; where Chinese is written without blanks every character is a word."""
    return tuple(part for word in words(text) for part in (word if is_chinese(word) else (word,)))


def is_chinese(word: str) -> bool:
    """Whether a word has a character of Chinese in it."""
    return any("\u4e00" <= character <= "\u9fff" for character in word)
