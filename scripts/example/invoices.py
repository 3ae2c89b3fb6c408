"""The suppliers' invoices. Figures come from the claims, so that proof and claim agree; words are the supplier's."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from example.printing import to_pdf
from poe_pack.documents.reader import read_tree


@dataclass(frozen=True, slots=True)
class Print:
    """An invoice as its supplier prints it: the page, and per line what it says beyond the claim's figures.

    `supplier` is what the page shared by several suppliers prints of the one it is for.
    """

    claim: str
    number: str
    page: str
    lines: tuple[dict[str, Any], ...] = field(default=())
    supplier: dict[str, Any] = field(default_factory=dict)


def _supplier(name: str, place: str, number: str, tone: str, language: str, foot: str) -> dict[str, Any]:
    return {"name": name, "place": place, "number": number, "tone": tone, "language": language, "foot": foot}


HALVLJUS = _supplier(
    "Halvljus Media AB",
    "Norra Hamngatan 0, 411 00 Göteborg",
    "SE559000000301",
    "#6a1b9a",
    "sv",
    "Bankgiro 0000-0000 · hej@halvljus.example · F-skatt",
)
KAARNA = _supplier(
    "Viestitalo Kaarna Oy",
    "Kaarnatie 8, 00000 Helsinki",
    "FI00000001",
    "#1f6b45",
    "en",
    "VAT reverse charge, article 196 of directive 2006/112/EC · laskutus@kaarna.example",
)
LYNGKROG = _supplier(
    "Lyngkrog Events ApS",
    "Lyngkrogen 3, 0000 København",
    "DK00000001",
    "#0f5f73",
    "en",
    "Registration office of the Microsoft Nordic Partner Days, on behalf of Microsoft · npd@lyngkrog.example",
)
TVARBANAN = _supplier(
    "Resebyrå Tvärbanan AB",
    "Årstabron 0, 120 00 Stockholm",
    "SE559000000601",
    "#9a4a12",
    "sv",
    "Betald med kort 2026-09-21 · resor@tvarbanan.example · F-skatt",
)
VASTKANTEN = _supplier(
    "Radio Västkanten AB",
    "Klippan 0, 414 00 Göteborg",
    "SE559000000701",
    "#a01f3c",
    "sv",
    "Bankgiro 0000-0000 · annons@vastkanten.example · F-skatt",
)
MOLNVERKSTAN = _supplier(
    "Molnverkstan Utbildning AB",
    "Gamla Ullevi 0, 411 00 Göteborg",
    "SE559000000801",
    "#2b4a8b",
    "sv",
    "Bankgiro 0000-0000 · kurs@molnverkstan.example · F-skatt",
)


PRINTS = (
    Print(
        "azure-seminar-goteborg",
        "10482",
        "invoice-vasaplatsen.html",
        (
            {"text": "Lokalhyra Göteborg, Stora salen, 17 sep"},
            {"text": "Ljud och scen, Stora salen, 17 sep"},
            {"text": "Lunch 80 personer, alkoholfri, 17 sep"},
            {"text": "Lokalhyra Stockholm, Klarasalen, 24 sep"},
        ),
    ),
    Print(
        "azure-seminar-stockholm",
        "26-0931",
        "invoice-kopparstick.html",
        (
            {
                "text": "Scenfond och roll-up",
                "more": "3 st, 200 × 220 cm, textil",
                "count": 3,
                "price": "2300",
            },
            {
                "text": "Namnskyltar och program",
                "more": "90 ex., fyrfärg, vikta",
                "count": 1,
                "price": "2150",
            },
            {
                "text": "Anteckningsböcker med logotyp",
                "more": "90 st, A5, prägling",
                "count": 90,
                "price": "45",
            },
        ),
    ),
    Print(
        "azure-search-ads",
        "BFM-2611-047",
        "invoice-brightfjord.html",
        (
            {
                "text": "Search advertising media, October",
                "more": "5 to 31 October 2026, Sweden and Norway",
                "count": "–",
                "price": "at cost",
            },
            {
                "text": "Search advertising media, November",
                "more": "1 to 13 November 2026, Sweden and Norway",
                "count": "–",
                "price": "at cost",
            },
            {
                "text": "Campaign management and ad copy",
                "more": "Hours as of time sheet 2026-11",
                "count": "10 h",
                "price": "150.00",
            },
        ),
    ),
    Print(
        "backup-social-ads",
        "20419",
        "invoice-halvljus.html",
        (
            {"text": "Annonser i Yrkesnätet, media", "more": "2–19 nov 2026"},
            {"text": "Bild och text, tre annonser", "more": "okt 2026"},
        ),
    ),
    Print(
        "hosting-newsletter-october",
        "30557",
        "invoice-erp.html",
        (
            {"text": "Adresskontroll, kontakter", "article": "A-210", "count": 1840, "price": "3.00"},
            {"text": "Utskick e-post, 2 brev", "article": "U-100", "count": 3680, "price": "2.00"},
        ),
    ),
    Print(
        "copilot-mailing-stockholm",
        "2026-1184",
        "invoice-kaarna.html",
        (
            {"text": "Contact data, decision makers in Stockholm", "count": "3,200", "price": "0.40"},
            {"text": "Concept, copy and layout, Copilot e-mail", "count": "1", "price": "1,950.00"},
            {"text": "Dispatch 27 October and delivery report", "count": "1", "price": "640.00"},
        ),
    ),
    Print(
        "security-breakfast-seminar",
        "7-2614",
        "invoice-kajskjul.html",
        (
            {"text": "Lokalhyra Kajsalen, förmiddag"},
            {"text": "Projektor och två mikrofoner"},
            {"text": "Frukost 45 personer, alkoholfri"},
        ),
    ),
    Print(
        "hosting-display-ads",
        "NTM-88213",
        "invoice-northgate.html",
        (
            {
                "text": "Leaderboard, front page of The Hosting Ledger",
                "more": "14 September to 9 October 2026, 180,000 impressions at £15.00 a thousand",
            },
            {"text": "Design of three banner sizes", "more": "728 × 90, 970 × 250, 320 × 100"},
        ),
    ),
    Print(
        "copilot-autumn-campaign",
        "20388",
        "invoice-shared.html",
        (
            {"text": "Annonser i Yrkesnätet, media", "more": "7 sep–9 okt 2026"},
            {"text": "Bild och text, tre annonser", "more": "aug 2026"},
            {"text": "Copilot-sidor på nordanvind.example", "more": "sep 2026"},
        ),
        HALVLJUS,
    ),
    Print(
        "copilot-autumn-campaign",
        "2026-1127",
        "invoice-shared.html",
        (
            {"text": "Check of addresses", "more": "2,600 at EUR 0.15"},
            {"text": "Dispatch, 15 and 29 September", "more": "5,200 letters at EUR 0.175"},
        ),
        KAARNA,
    ),
    Print(
        "partner-days-travel",
        "NPD-26-0714",
        "invoice-shared.html",
        (
            {"text": "Registration, Microsoft Nordic Partner Days 2026", "more": "Henrik Stål"},
            {"text": "Registration, Microsoft Nordic Partner Days 2026", "more": "Sara Nyberg"},
        ),
        LYNGKROG,
    ),
    Print(
        "partner-days-travel",
        "RB-55192",
        "invoice-shared.html",
        (
            {"text": "Flyg Stockholm–Köpenhamn t/r, Stål", "more": "8 och 10 sep 2026"},
            {"text": "Tåg Stockholm–Köpenhamn t/r, Nyberg", "more": "8 och 10 sep 2026"},
            {"text": "Hotell Nyhavn Strand, enkelrum, Stål", "more": "2 nätter"},
            {"text": "Hotell Nyhavn Strand, enkelrum, Nyberg", "more": "2 nätter"},
            {"text": "Bokningsavgift", "more": ""},
        ),
        TVARBANAN,
    ),
    Print(
        "surface-hub-radio",
        "RV-3306",
        "invoice-shared.html",
        (
            {"text": "60 spottar à 30 sekunder", "more": "7–18 sep 2026, vardagar"},
            {"text": "Speaker och studio", "more": "1 sep 2026"},
        ),
        VASTKANTEN,
    ),
    Print(
        "azure-training-days",
        "4471",
        "invoice-shared.html",
        (
            {"text": "Extern lärare, två dagar", "more": "28–29 okt 2026"},
            {"text": "Kurslokal, två dagar", "more": "28–29 okt 2026"},
            {"text": "Lunch, nio personer, alkoholfri", "more": "två dagar"},
        ),
        MOLNVERKSTAN,
    ),
)


def claim_data(claims: Path, id: str) -> dict[str, Any]:
    """What a claim says. Raises ValueError where it cannot be read."""
    tree, faults = read_tree((claims / id / "claim.yaml").read_bytes())
    if tree is None or not isinstance(tree.data, dict):
        raise ValueError(f"{id} cannot be read: {faults}")
    return tree.data


def invoice_pdf(printed: Print, claims: Path) -> bytes:
    """The invoice of a claim under `claims` as PDF."""
    claim = claim_data(claims, printed.claim)
    bill = next(bill for bill in claim["third_party_invoices"] if bill["number"] == printed.number)
    lines = [{**said, **_figures(line)} for said, line in zip(printed.lines, bill["lines"], strict=True)]
    taxes: dict[int, Decimal] = {}
    for line in lines:
        taxes[line["percent"]] = taxes.get(line["percent"], Decimal(0)) + line["tax"]
    values = {
        "number": bill["number"],
        "date": bill["date"],
        "lines": lines,
        "net": sum(line["net"] for line in lines),
        "tax": sum(line["tax"] for line in lines),
        "taxes": sorted(taxes.items(), reverse=True),
        "total": Decimal(bill["total"]),
        "currency": bill["currency"],
    }
    return to_pdf(printed.page, {"i": values, "s": printed.supplier})


def _figures(line: dict[str, str]) -> dict[str, Any]:
    net, tax = Decimal(line["net"]), Decimal(line["tax"])
    return {"net": net, "tax": tax, "gross": net + tax, "percent": int(tax * 100 / net)}
