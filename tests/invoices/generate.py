"""Makes the invoices: `python -m tests.invoices.generate FOLDER` writes them all into a folder."""

from __future__ import annotations

import datetime as dt
import io
import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pikepdf

from poe_pack.evidence.facts import MediaType
from poe_pack.evidence.invoices.facts import Claimed
from tests.invoices.drawing import Put, attach, scan_pdf, text_pdf
from tests.invoices.e_invoices import FACTUR_X, XRECHNUNG, ZUGFERD, cii, ubl
from tests.invoices.layouts import LAYOUTS, rows, two_pages
from tests.invoices.papers import PAPERS, Line, Paper, amount, long_day, wrong_claims


@dataclass(frozen=True, slots=True)
class Made:
    """A file, what a claim that copied it right says, and claims that copied one field wrong."""

    name: str
    layout: str
    language: str
    data: bytes
    right: Claimed
    wrong: tuple[tuple[str, Claimed], ...]

    @property
    def media_type(self) -> MediaType:
        return MediaType.XML if self.name.endswith(".xml") else MediaType.PDF


@cache
def invoices() -> tuple[Made, ...]:
    """All invoices, by their layout."""
    return (*_plain(), *_special(), *_electronic(), *_scanned())


def _made(name: str, layout: str, paper: Paper, data: bytes) -> Made:
    return Made(name, layout, paper.language, data, paper.claimed(), tuple(wrong_claims(paper)))


def _plain() -> list[Made]:
    return [
        _made(f"{layout.replace(' ', '-')}-{country}.pdf", layout, paper, text_pdf(draw(paper, country)))
        for layout, draw in LAYOUTS.items()
        for country, paper in PAPERS.items()
    ]


def _special() -> list[Made]:
    """What is peculiar to a country or a trade."""
    sv, en, de = PAPERS["sv"], PAPERS["en"], PAPERS["de"]
    us = replace(
        en,
        seller="Harbor Lights Media LLC",
        place="Seattle",
        currency="USD",
        date=dt.date(2026, 10, 9),
        due=dt.date(2026, 11, 28),
        lines=(Line("Sponsored posts", 4, Decimal("3400.00"), 10), Line("Video", 1, Decimal("12500.00"), 10)),
    )
    swiss = replace(de, seller="Uetliberg Events AG", place="Zürich", currency="CHF", date=dt.date(2026, 10, 2))
    indian = replace(
        en,
        seller="Sabarmati Print Pvt Ltd",
        currency="INR",
        lines=(Line("Brochures", 4000, Decimal("1234500.00"), 18),),
    )
    return [
        _made("us-dollars.pdf", "rows", us, text_pdf(rows(us, "us"))),
        _made("swiss-francs.pdf", "two pages", swiss, text_pdf(two_pages(swiss, "ch"))),
        _made("indian-lakhs.pdf", "rows", indian, text_pdf(rows(indian, "in"))),
        _made("turned.pdf", "rows", en, text_pdf(rows(en, "en"), rotate=90)),
        _made("total-before-tax.pdf", "bare", sv, text_pdf([_total_before_tax(sv)])),
        _made("paid-in-advance.pdf", "bare", en, text_pdf([_paid_in_advance(en)])),
        _made("no-labels.pdf", "bare", en, text_pdf([_without_labels(en)])),
        _made("another-language.pdf", "bare", en, text_pdf([_finnish(en)])),
        _made("stacked-labels.pdf", "bare", en, text_pdf([_stacked(en)])),
    ]


def _items(paper: Paper, country: str) -> list[Put]:
    puts = [Put(40, 780, paper.seller), Put(40, 700, paper.buyer)]
    for y, line in zip((640, 625, 610, 595), paper.lines, strict=False):
        puts += [
            Put(40, y, line.text),
            Put(330, y, str(line.quantity)),
            Put(555, y, amount(line.net, country), right=True),
        ]
    return puts


def _sums(puts: list[Put], sums: list[tuple[str, str]]) -> list[Put]:
    for y, (label, value) in zip(range(500, 200, -15), sums, strict=False):
        puts += [Put(330, y, label), Put(555, y, value, right=True)]
    return puts


def _total_before_tax(paper: Paper) -> list[Put]:
    """As many in Sweden have it: "Summa" is before tax, "Att betala" after it, and the amounts are in kr."""
    puts = [*_items(paper, "sv"), Put(330, 780, f"FAKTURA {paper.number}"), Put(330, 766, f"{paper.date}")]
    puts.append(Put(330, 752, f"förfaller {paper.due}"))
    taxes = [(f"Moms {rate} %", f"{amount(tax, 'sv')} kr") for rate, (_, tax) in paper.by_rate.items()]
    net = ("Summa", f"{amount(paper.net, 'sv')} kr")
    return _sums(puts, [net, *taxes, ("Att betala", f"{amount(paper.total, 'sv')} kr")])


def _paid_in_advance(paper: Paper) -> list[Put]:
    """The total is not what is left to pay."""
    head = [
        Put(330, 780, f"Invoice number: {paper.number}"),
        Put(330, 766, f"Invoice date: {long_day(paper.date, 'en')}"),
    ]
    paid = Decimal("1000.00")
    values = (paper.net, paper.tax, paper.total, -paid, paper.total - paid)
    labels = ("Net total", "VAT", "Total incl. VAT", "Deposit paid", "Balance due")
    sums = [(label, f"£{amount(value, 'en')}") for label, value in zip(labels, values, strict=True)]
    return _sums([*_items(paper, "en"), *head], sums)


def _without_labels(paper: Paper) -> list[Put]:
    """Nothing says what is what."""
    puts = [*_items(paper, "en"), Put(330, 780, paper.number), Put(330, 766, long_day(paper.date, "en"))]
    return _sums(puts, [("", amount(value, "en")) for value in (paper.net, paper.tax, paper.total)])


def _finnish(paper: Paper) -> list[Put]:
    """A language whose words are not known."""
    head = [Put(330, 780, f"Tositenro {paper.number}"), Put(330, 766, f"Päivä {paper.date.day}.9.2026")]
    labels = ("Veroton yhteismäärä", "Arvonlisävero", "Maksettava euroissa")
    values = (amount(value, "sv") for value in (paper.net, paper.tax, paper.total))
    return _sums([*_items(paper, "sv"), *head], list(zip(labels, values, strict=True)))


def _stacked(paper: Paper) -> list[Put]:
    """Labels on two lines: the word that matters stands below."""
    puts = [*_items(paper, "en"), Put(330, 780, "Invoice"), Put(330, 768, f"number {paper.number}")]
    puts += [Put(330, 750, "Date"), Put(420, 750, long_day(paper.date, "en"))]
    y = 500
    for first, second, value in (
        ("Total", "excl. VAT", paper.net),
        ("VAT", "as of rates above", paper.tax),
        ("Total", "incl. VAT", paper.total),
    ):
        puts += [
            Put(330, y, first),
            Put(330, y - 9, second, 7),
            Put(555, y, f"{amount(value, 'en')} {paper.currency}", right=True),
        ]
        y -= 30
    return puts


def _electronic() -> list[Made]:
    de, fr = PAPERS["de"], PAPERS["fr"]
    drawn = text_pdf(rows(fr, "fr"), {"factur-x.xml": cii(fr, FACTUR_X)})
    zugferd = text_pdf(rows(de, "de"), {"terms.xml": b"<terms/>", "zugferd-invoice.xml": cii(de, ZUGFERD, Decimal(50))})
    attached = scan_pdf(1)
    return [
        _made("factur-x.pdf", "Factur-X", fr, drawn),
        _made("zugferd.pdf", "ZUGFeRD 2", de, zugferd),
        _made("xrechnung-attached.pdf", "XRechnung", de, _attach(attached, "xrechnung.xml", cii(de, XRECHNUNG))),
        _made("xrechnung-cii.xml", "XRechnung", de, cii(de, XRECHNUNG)),
        _made("xrechnung-ubl.xml", "XRechnung", de, ubl(de)),
        _made("credit-note-ubl.xml", "UBL", fr, ubl(fr, "CreditNote")),
    ]


def _attach(pdf: bytes, name: str, xml: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        attach(document, name, xml)
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _scanned() -> list[Made]:
    papers = PAPERS
    small_print = [
        Put(40, 800, "General terms"),
        Put(40, 780, "Late fee 10.00 EUR, reminder 5.00 EUR, third reminder 25.00 EUR"),
    ]
    return [
        _made("scan-sv.pdf", "scan", papers["sv"], scan_pdf(1)),
        _made("scan-de.pdf", "scan", papers["de"], scan_pdf(2)),
        _made("scan-zh.pdf", "scan", papers["zh"], scan_pdf(3)),
        _made("scan-with-terms.pdf", "scan", papers["en"], scan_pdf(1, [small_print])),
    ]


def write(folder: Path) -> list[Path]:
    """Write all invoices into a folder; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for made in invoices():
        (folder / made.name).write_bytes(made.data)
        paths.append(folder / made.name)
    return paths


if __name__ == "__main__":
    write(Path(sys.argv[1]))
