"""Every evidence file of the examples of other programmes: which claim it belongs to, its name, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from PIL import ImageFilter

from example.printing import saved, to_pdf, to_picture

Maker = Callable[[], bytes]
HUAWEI, FOOD = "huawei-cloud-mdf", "food-export-branded"
WORKSHOP, SEARCH = "johannesburg-workshop", "search-campaign"
FAIR, PRINT = "sao-paulo-trade-show", "berlin-print-ad"
TONES = {HUAWEI: "#8a1f2b", FOOD: "#23543a"}
# Words of an invoice in the language in which it is written.
INVOICE = {
    "en": "Invoice|Date|Number|Billed to|Service|Net|Tax|Amount|Total".split("|"),
    "de": "Rechnung|Datum|Nummer|Rechnung an|Leistung|Netto|Steuer|Betrag|Summe".split("|"),
    "pt": "Fatura|Data|Número|Faturado a|Serviço|Líquido|Imposto|Valor|Total".split("|"),
}
ENGLISH = {
    "Ganzseitige Anzeige in Heft 10/2026": "Full page in issue 10/2026",
    "Satz der Anzeige": "Setting of the advertisement",
    "Prateleiras para o estande, por módulo": "Shelves for the booth, by the module",
}


def pieces(examples: Path) -> Iterator[tuple[str, str, str, Maker]]:
    """Example, claim, file name and maker of each piece; `examples` holds the claims that papers repeat."""
    for example, claim in ((HUAWEI, WORKSHOP), (HUAWEI, SEARCH), (FOOD, FAIR), (FOOD, PRINT)):
        data = yaml.safe_load((examples / example / claim / "claim.yaml").read_text(encoding="utf-8"))
        for invoice in data["third_party_invoices"]:
            yield from ((example, claim, *piece) for piece in _papers(example, invoice))
        yield example, claim, *_approval(example, data)
    yield from _huawei()
    yield from _food()


def sheet(example: str, owner: str, title: str, text: Sequence[str] = (), **more: Any) -> Maker:
    """A page with a letterhead, and a head, lines or paragraphs below its title."""
    values = {"head": (), "rows": (), "columns": (), "ink": "#15202b", "tone": TONES[example]}
    values |= {"paper": "letter" if example == FOOD else "A4", "owner": owner, "title": title, "text": text} | more
    return lambda: to_pdf("sheet.html", values)


def picture(page: Maker, blur: float = 0) -> Maker:
    """A page as a photo or screenshot would show it."""

    def make() -> bytes:
        drawn = to_picture(page(), 900)
        drawn = drawn.crop((0, 0, 900, 640))
        return saved(drawn.filter(ImageFilter.GaussianBlur(blur)) if blur else drawn, "PNG", optimize=True)

    return make


def line(*cells: str, total: bool = False, hidden: bool = False) -> dict[str, Any]:
    return {"cells": cells, "total": total, "hidden": hidden}


def money(amount: str | Decimal, currency: str) -> str:
    return f"{Decimal(amount):,.2f} {currency}"


def _papers(example: str, invoice: dict[str, Any]) -> Iterator[tuple[str, Maker]]:
    """The invoice, its translation and the proof of its payment."""
    language = invoice.get("language", "en")
    yield f"invoice-{invoice['number']}.pdf", _invoice(example, invoice, language)
    if "translation" in invoice:
        yield (
            f"invoice-{invoice['number']}-english.pdf",
            _invoice(example, invoice, "en", "Translation from the original"),
        )
    if "payment_proof" in invoice:
        yield f"payment-{invoice['number']}.pdf", _payment(example, invoice)


def _invoice(example: str, invoice: dict[str, Any], language: str, note: str = "") -> Maker:
    name, day, number, to, service, net, tax, amount, total = INVOICE[language]
    currency, english = invoice["currency"], ENGLISH if note else {}
    rows = [
        line(
            english.get(item["description"], item["description"]),
            money(item["net"], currency),
            money(item["tax"], currency),
            money(Decimal(item["net"]) + Decimal(item["tax"]), currency),
        )
        for item in invoice["lines"]
    ]
    rows.append(line(total, "", "", money(invoice["total"], currency), total=True))
    head = [(number, invoice["number"]), (day, invoice["date"]), (to, invoice["bill_to"])]
    columns, owner = (service, net, tax, amount), invoice["vendor"]["name"]
    return sheet(example, owner, name, (note,) if note else (), head=head, rows=rows, columns=columns)


def _payment(example: str, invoice: dict[str, Any]) -> Maker:
    """A statement on which everything but one payment is blacked out."""
    paid = invoice["payment_details"]
    title = paid["kind"].replace("_", " ").capitalize()
    own = line(invoice["paid_on"], paid["vendor"], money(paid["amount"], invoice["currency"]))
    rows = [
        line("2000-01-01", "Somebody else", "0.00", hidden=True),
        own,
        line("2000-01-01", "Somebody", "0", hidden=True),
    ]
    head = [("Account holder", paid["holder"]), ("Reference", f"Invoice {invoice['number']}")]
    return sheet(example, "Third Shore Bank", title, head=head, rows=rows, columns=("Date", "Paid to", "Amount"))


def _approval(example: str, data: dict[str, Any]) -> tuple[str, Maker]:
    """What the vendor approved beforehand."""
    record = data["pre_approval"]
    if example == FOOD:
        head = [("Contract", data["pre_approval_id"]), ("Participant", "Lakeshore Pantry Inc.")]
        head += [("Effective", record["approved_on"]), ("Copy for", data["name"])]
        text = ("Half of the eligible cost of promotion abroad is paid back, within the allocation of 30,000.00 USD.",)
        return "contract.pdf", sheet(example, "Food Export", "Branded Program contract 2026", text, head=head)
    asked = record["applied_for"]
    head = [
        ("Application", data["pre_approval_id"]),
        ("Handed in", record["requested_on"]),
        ("Approved", record["approved_on"]),
    ]
    head += [(key.replace("_", " ").capitalize(), value.replace("_", " ")) for key, value in asked.items()]
    if "late_reason" in record:
        head.append(("Reason for being late", record["late_reason"]))
    return "application.pdf", sheet(example, "MDF application", data["name"], head=head)


def _huawei() -> Iterator[tuple[str, str, str, Maker]]:
    owner, columns = "Karoo Cloud Systems (Pty) Ltd", ("Item", "Budget", "Actual")
    told = ("54 of 60 invited guests came on both days.", "Eleven asked for an assessment; four are booked.")
    yield HUAWEI, WORKSHOP, "summary.pdf", sheet(HUAWEI, owner, "Cloud migration workshop: summary", told)
    rows = [line("Conference centre", "6,000.00", "5,880.00"), line("Workbooks", "650.00", "600.00")]
    rows.append(line("USD", "6,650.00", "6,480.00", total=True))
    yield HUAWEI, WORKSHOP, "expenses.pdf", sheet(HUAWEI, owner, "Actual expenses", rows=rows, columns=columns)
    chapters = ("1  Taking stock", "2  Moving a first service", "3  Cost and limits", "4  Exercises")
    yield HUAWEI, WORKSHOP, "workbook.pdf", sheet(HUAWEI, owner, "Workbook: moving to Huawei Cloud", chapters)
    slide = sheet(HUAWEI, owner, "Moving to Huawei Cloud, day one", ("Johannesburg, 19 August 2026",))
    yield HUAWEI, WORKSHOP, "hall.png", picture(slide, 1.2)
    bill = [line("MDF-88120-R, as approved", "6,480.00 USD")]
    head = [("Number", "KCS-2026-114"), ("Date", "2026-09-25"), ("Billed to", "Huawei Cloud")]
    yield (
        HUAWEI,
        WORKSHOP,
        "own-invoice.pdf",
        sheet(HUAWEI, owner, "Invoice", head=head, rows=bill, columns=("For", "Amount")),
    )
    told = ("1,930 clicks on 61,400 impressions; 47 enquiries.", "Aim: 40 enquiries.")
    yield HUAWEI, SEARCH, "summary.pdf", sheet(HUAWEI, owner, "Search advertising October 2026: summary", told)
    rows = [line("Clicks", "2,900.00", "2,800.00"), line("Texts", "350.00", "350.00")]
    rows.append(line("USD", "3,250.00", "3,150.00", total=True))
    yield HUAWEI, SEARCH, "expenses.pdf", sheet(HUAWEI, owner, "Actual expenses", rows=rows, columns=columns)
    found = sheet(HUAWEI, "findra.example", "Advertisement", ("Move to Huawei Cloud with Karoo: karoo.example/move",))
    yield HUAWEI, SEARCH, "search-ad.png", picture(found)


def _food() -> Iterator[tuple[str, str, str, Maker]]:
    booth = sheet(FOOD, "Lakeshore Pantry", "Wild rice and maple", ("PRODUCT OF USA", "Estande 14, Feira Sabores 2026"))
    yield FOOD, FAIR, "booth.png", picture(booth, 1.2)
    german = (
        "Wildreis vom See. Ahornsirup aus Wisconsin.",
        "Hergestellt in den USA",
        "Feinkost heute, 1. Oktober 2026, Seite 17",
    )
    english = (
        "Wild rice from the lake. Maple syrup from Wisconsin.",
        "Made in the USA",
        "Feinkost heute, 1 October 2026, page 17",
    )
    yield FOOD, PRINT, "page.pdf", sheet(FOOD, "Lakeshore Pantry", "Vom See auf den Tisch", german)
    yield FOOD, PRINT, "page-english.pdf", sheet(FOOD, "Translation of page 17", "From the lake to the table", english)
    spread = ("Feinkost heute, issue 10/2026: 48,000 copies.", "Germany 41,000, Austria 7,000; trade and shops.")
    yield FOOD, PRINT, "circulation.pdf", sheet(FOOD, "Feinkost heute Verlag GmbH", "Circulation", spread)
