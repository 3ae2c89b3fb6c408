"""What stands on the invoices that the generator makes, and how each country writes it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal
from msgspec.structs import replace

from poe_pack.evidence.invoices.facts import Claimed

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice; `rate` of tax in percent."""

    text: str
    quantity: int
    net: Decimal
    rate: int

    @property
    def tax(self) -> Decimal:
        return (self.net * self.rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Paper:
    """An invoice. `language` is a key of WORDS."""

    name: str
    language: str
    number: str
    date: dt.date
    due: dt.date
    served: dt.date
    seller: str
    place: str
    tax_id: str
    buyer: str
    buyer_tax_id: str
    currency: str
    lines: tuple[Line, ...]
    order: str = "PO-55180"
    customer: str = "20417"

    @property
    def net(self) -> Decimal:
        return sum((line.net for line in self.lines), ZERO)

    @property
    def tax(self) -> Decimal:
        return sum((line.tax for line in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        return self.net + self.tax

    @property
    def by_rate(self) -> dict[int, tuple[Decimal, Decimal]]:
        """Net and tax of each rate, the highest first."""
        rates = sorted({line.rate for line in self.lines}, reverse=True)
        of = {rate: [line for line in self.lines if line.rate == rate] for rate in rates}
        return {rate: (sum((x.net for x in of[rate]), ZERO), sum((x.tax for x in of[rate]), ZERO)) for rate in rates}

    def claimed(self) -> Claimed:
        """What a claim says of it that copied it right."""
        return Claimed(
            number=self.number,
            date=self.date,
            vendor=self.seller,
            tax_id=self.tax_id,
            bill_to=self.buyer,
            currency=self.currency,
            net=self.net,
            tax=self.tax,
            total=self.total,
        )


def wrong_claims(paper: Paper) -> list[tuple[str, Claimed]]:
    """Claims that copied one field wrong, with its name: the faults that people make, and some that are mean."""
    right = paper.claimed()
    line = paper.lines[0]
    values: dict[str, list[object]] = {
        "number": [_swapped(paper.number), paper.order, paper.customer, paper.number[:-1], paper.number + "1"],
        "date": [paper.due, paper.served, paper.date + dt.timedelta(1), *_turned(paper.date)],
        "vendor": ["Quarnbek & Sohn GmbH", paper.buyer, _part(paper.seller)],
        "currency": [code for code in ("SEK", "NOK", "EUR", "USD", "CNY", "JPY", "CAD") if code != paper.currency],
        "net": [paper.total, paper.net + Decimal("0.01"), line.net, paper.net * 10, Decimal(line.quantity)],
        "tax": [line.tax, paper.net, ZERO, paper.tax + 1, paper.tax * 10],
        "total": [
            paper.net,
            line.net,
            line.net + line.tax,
            paper.total * 10,
            paper.total + Decimal("0.10"),
            paper.total % 1000,
        ],
    }
    values["total"] += [Decimal(_swapped(f"{paper.total:.2f}")), paper.tax, Decimal(line.quantity)]
    told = {name: getattr(right, name) for name in values}
    return [
        (name, replace(right, **{name: value}))
        for name, wrongs in values.items()
        for value in dict.fromkeys(wrongs)
        if value != told[name]
    ]


def _swapped(digits: str) -> str:
    """Two digits beside each other changed about, the first two that differ; else the last digit is another."""
    for at in range(len(digits) - 1):
        one, other = digits[at], digits[at + 1]
        if one.isdecimal() and other.isdecimal() and one != other and other != "0":
            return digits[:at] + other + one + digits[at + 2 :]
    return digits[:-1] + str((int(digits[-1]) + 1) % 10)


def _turned(day: dt.date) -> list[object]:
    """The day with its month taken for the day."""
    return [dt.date(day.year, day.day, day.month)] if day.day <= 12 and day.day != day.month else []


def _part(name: str) -> str:
    parts = name.split()
    return " ".join(parts[1:]) if len(parts) > 2 else name[: len(name) // 2]


WORDS: Mapping[str, Mapping[str, str]] = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
"""What the papers call things, by language."""

_LOCALES = {
    "en": "en_GB",
    "us": "en_US",
    "de": "de_DE",
    "fr": "fr_FR",
    "sv": "sv_SE",
    "zh": "zh_CN",
    "ch": "de_CH",
    "in": "en_IN",
}
_LONG = {
    "en": "d MMMM y",
    "us": "MMMM d, y",
    "de": "d. MMMM y",
    "fr": "d MMMM y",
    "sv": "'den' d MMMM y",
    "zh": "y年M月d日",
    "ch": "d. MMMM y",
    "in": "d MMMM y",
}
_SHORT = {
    "en": "dd/MM/y",
    "us": "MM/dd/y",
    "de": "dd.MM.y",
    "fr": "dd/MM/y",
    "sv": "y-MM-dd",
    "zh": "y-MM-dd",
    "ch": "dd.MM.y",
    "in": "dd-MM-y",
}


def amount(value: Decimal, country: str) -> str:
    """`1 234,50` as Babel has it for the country."""
    return format_decimal(value, "#,##,##0.00" if country == "in" else "#,##0.00", locale=_LOCALES[country])


def long_day(day: dt.date, country: str) -> str:
    """`28 September 2026`, in the country's words and order."""
    return format_date(day, _LONG[country], locale=_LOCALES[country])


def short_day(day: dt.date, country: str) -> str:
    """`28/09/2026`, in the country's order."""
    return format_date(day, _SHORT[country], locale=_LOCALES[country])


def wide(text: str) -> str:
    """Digits and signs as wide as Chinese characters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _d(text: str) -> Decimal:
    return Decimal(text)


PAPERS: Mapping[str, Paper] = {
    "en": Paper(
        "en",
        "en",
        "BFM-2611-047",
        dt.date(2026, 9, 28),
        dt.date(2026, 10, 28),
        dt.date(2026, 9, 17),
        "Brightfjord Media Ltd",
        "Leeds",
        "GB123456789",
        "Nordanvind IT AB",
        "SE556000000001",
        "GBP",
        (
            Line("Search advertising, September", 1, _d("2310.00"), 20),
            Line("Campaign management", 12, _d("1800.00"), 20),
            Line("Printed guide", 250, _d("437.50"), 0),
        ),
    ),
    "de": Paper(
        "de",
        "de",
        "2026-10482",
        dt.date(2026, 9, 28),
        dt.date(2026, 10, 12),
        dt.date(2026, 9, 17),
        "Lindenhof Veranstaltungen GmbH",
        "Hamburg",
        "DE812345678",
        "Alpenblick Systemhaus GmbH & Co. KG",
        "DE298765432",
        "EUR",
        (
            Line("Saalmiete, ganztägig", 1, _d("5200.00"), 19),
            Line("Mittagessen ohne Alkohol", 80, _d("2000.00"), 7),
            Line("Tontechnik", 6, _d("1234.50"), 19),
        ),
        order="B-77120",
        customer="400318",
    ),
    "fr": Paper(
        "fr",
        "fr",
        "FA26-0931",
        dt.date(2026, 10, 9),
        dt.date(2026, 11, 8),
        dt.date(2026, 9, 24),
        "Atelier Beaurivage SARL",
        "Lyon",
        "FR40123456789",
        "Nordanvind IT AB",
        "SE556000000001",
        "EUR",
        (Line("Impression de dépliants", 1500, _d("1850.00"), 20), Line("Envoi postal", 1500, _d("12640.40"), 20)),
        order="CDE-4471",
        customer="C-2093",
    ),
    "sv": Paper(
        "sv",
        "sv",
        "10482",
        dt.date(2026, 9, 28),
        dt.date(2026, 10, 28),
        dt.date(2026, 9, 17),
        "Vasaplatsen Konferens AB",
        "Göteborg",
        "SE559087654301",
        "Nordanvind IT AB",
        "SE556000000001",
        "SEK",
        (
            Line("Lokalhyra Stora salen", 1, _d("52000.00"), 25),
            Line("Lunch utan alkohol", 80, _d("20000.00"), 12),
            Line("Scen och ljud", 2, _d("14400.00"), 25),
        ),
        order="NV-5127",
        customer="4471",
    ),
    "zh": Paper(
        "zh",
        "zh",
        "26312000000118845",
        dt.date(2026, 9, 28),
        dt.date(2026, 10, 27),
        dt.date(2026, 9, 17),
        "上海晨光会展服务有限公司",
        "上海",
        "91310115MA1K4ABC7D",
        "北风信息技术有限公司",
        "91310000MA1FL0XY3B",
        "CNY",
        (Line("会议室租赁", 1, _d("52000.00"), 6), Line("印刷品", 300, _d("12600.00"), 13)),
        order="DD20260917",
        customer="KH0088",
    ),
}
