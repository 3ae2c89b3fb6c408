"""What the comparison does with odd text, odd e-invoices and odd answers."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from poe_pack.documents.schema_files import load_schema
from poe_pack.evidence.facts import MediaType, ProbeState
from poe_pack.evidence.invoices import wire
from poe_pack.evidence.invoices.compare import claimed_of, compare
from poe_pack.evidence.invoices.e_invoice import read_e_invoice
from poe_pack.evidence.invoices.facts import Cell, Claimed, EInvoice, Field, InvoiceReading, Outcome, Row
from poe_pack.evidence.invoices.text_layer import MAX_CHARACTERS
from poe_pack.evidence.invoices.wire import MAX_CELL
from poe_pack.evidence.prober import Prober
from poe_pack.rules.cost.invoice_differs_from_file import PLACES, REDACTED
from tests.invoices.drawing import Put, scan_pdf, text_pdf
from tests.invoices.e_invoices import FACTUR_X, cii, ubl
from tests.invoices.papers import PAPERS
from tests.rules.contexts import make_claim

RIGHT = replace(PAPERS["sv"].claimed(), net=Decimal(80000), tax=Decimal(17400), total=Decimal(97400))
_words = st.sampled_from(
    "Total Net VAT Moms 25 % 97 400,00 SEK 10482 Fakturanr Datum 2026-09-28 Att betala 价税合计 ¥ - . : / ( )".split()
)


def row(*texts: str) -> Row:
    return tuple(Cell(40.0 + 120 * place, 130.0 + 120 * place, text) for place, text in enumerate(texts))


def reading(*rows: Row, whole: bool = True) -> InvoiceReading:
    return InvoiceReading(ProbeState.OK, pages=(rows,), is_whole=whole)


def outcome(claimed: Claimed, name: Field, *rows: Row) -> Outcome:
    return compare(claimed, reading(*rows)).fields[name].outcome


@given(st.lists(st.lists(st.lists(_words, max_size=6).map(" ".join), max_size=4), max_size=6))
def test_any_words_can_be_compared(lines: list[list[str]]) -> None:
    compared = compare(RIGHT, reading(*(row(*texts) for texts in lines)))
    assert set(compared.fields) == set(Field) - {Field.TAX_ID}


@given(st.lists(st.lists(st.text(max_size=30), max_size=3), max_size=5))
def test_any_text_can_be_compared(lines: list[list[str]]) -> None:
    assert not compare(RIGHT, reading(*(row(*texts) for texts in lines))).those(Outcome.AGREES)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Total", "97 400,00")], Outcome.AGREES),
        ([("Total", "97 400,00 kr")], Outcome.AGREES),
        ([("Total: 97400",)], Outcome.AGREES),
        ([("Total", "197 400,00")], Outcome.DIFFERS),
        ([("Total", "97 400,10")], Outcome.DIFFERS),
        ([("Account 97400", ""), ("Total", "90,00")], Outcome.CANNOT_CHECK),
        ([("Total", "90,00"), ("Kronor", "97400", "00")], Outcome.CANNOT_CHECK),
        ([("Rent", "97 400,00"), ("Sofa", "99 000,00")], Outcome.CANNOT_CHECK),
        ([("Total station, hire", "97 400,00"), ("Lamp", "99 000,00")], Outcome.CANNOT_CHECK),
        ([("Total", "100 000,00"), ("Deposit paid", "2 600,00"), ("Balance due", "97 400,00")], Outcome.CANNOT_CHECK),
        (
            [("Net", "90 000,00"), ("VAT 10 %", "9 000,00"), ("Total", "99 000,00"), ("Rent", "97 400,00")],
            Outcome.DIFFERS,
        ),
        ([("incl. 25 % VAT", "97 400,00")], Outcome.AGREES),  # the largest amount, and no label says another
        ([("SEK 97 400,00 (EUR 8 560,00)",), ("Total", "97 400,00 SEK (8 560,00 EUR)")], Outcome.AGREES),
    ],
)
def test_totals(rows: list[tuple[str, ...]], expected: Outcome) -> None:
    assert outcome(RIGHT, Field.TOTAL, *(row(*texts) for texts in rows)) is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Fakturanr", "10482")], Outcome.AGREES),
        ([("Fakturanr: INV 10482",)], Outcome.AGREES),
        ([("Invoice no. 104-82 of today",)], Outcome.AGREES),
        ([("Faktura 10482",)], Outcome.AGREES),
        ([("Fakturanr", "10483")], Outcome.DIFFERS),
        ([("Fakturanr", "110482")], Outcome.CANNOT_CHECK),
        ([("Fakturanr", "10483"), ("Ordernr", "10482")], Outcome.DIFFERS),
        ([("Fakturanr", "10483"), ("Ours", "10482")], Outcome.CANNOT_CHECK),
        ([("Fakturanr", "10490"), ("instead of faktura 10482",)], Outcome.CANNOT_CHECK),
        ([("Faktura 10490",), ("Nr", "10482")], Outcome.CANNOT_CHECK),
        ([("Faktura",), ("Nr", "10482")], Outcome.AGREES),
        ([("10482", "")], Outcome.CANNOT_CHECK),
        ([("Ordernr", "10482")], Outcome.CANNOT_CHECK),
        ([("Fakturanr", "Fakturadatum"), ("10482", "2026-09-28")], Outcome.AGREES),
    ],
)
def test_numbers(rows: list[tuple[str, ...]], expected: Outcome) -> None:
    assert outcome(RIGHT, Field.NUMBER, *(row(*texts) for texts in rows)) is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Fakturadatum", "2026-09-28")], Outcome.AGREES),
        ([("Göteborg, den 28 september 2026",)], Outcome.AGREES),
        ([("Fakturadatum", "2026-09-27")], Outcome.DIFFERS),
        ([("Fakturadatum", "2026-09-27"), ("Förfallodatum", "2026-09-28")], Outcome.DIFFERS),
        ([("Fakturadatum", "2026-09-27"), ("Noted", "2026-09-28")], Outcome.CANNOT_CHECK),
        ([("2026-10-02",), ("Datum", "2026-09-28")], Outcome.CANNOT_CHECK),
        ([("Datum", "2026-09-28"), ("2026-10-02",)], Outcome.AGREES),
        ([("Förfallodatum", "2026-10-02"), ("Datum", "2026-09-28")], Outcome.AGREES),
        ([("Förfallodatum", "2026-09-28")], Outcome.CANNOT_CHECK),
        ([("2026-09-28", "2026-09-29")], Outcome.CANNOT_CHECK),
    ],
)
def test_days(rows: list[tuple[str, ...]], expected: Outcome) -> None:
    assert outcome(RIGHT, Field.DATE, *(row(*texts) for texts in rows)) is expected


def test_an_open_order_of_day_and_month_is_settled_by_another_day() -> None:
    claimed = replace(RIGHT, date=dt.date(2026, 10, 9))
    open_one, settling = row("Date", "10/09/2026"), row("Due date", "10/28/2026")
    assert outcome(claimed, Field.DATE, open_one) is Outcome.CANNOT_CHECK
    assert outcome(claimed, Field.DATE, open_one, settling) is Outcome.AGREES
    assert outcome(claimed, Field.DATE, open_one, row("Due date", "28/10/2026")) is Outcome.DIFFERS


@pytest.mark.parametrize(
    ("vendor", "text", "expected"),
    [
        ("Vasaplatsen Konferens AB", "VASAPLATSEN KONFERENS", Outcome.AGREES),
        ("Vasaplatsen Konferens Ltd", "Vasaplatsen Konferens AB, Göteborg", Outcome.AGREES),
        ("Trade Media", "Northgate Trade Media Ltd", Outcome.CANNOT_CHECK),
        ("Northgate Trade", "Northgate Trade Media Ltd", Outcome.CANNOT_CHECK),
        ("Müller & Söhne", "Muller und Sohne GmbH & Co. KG", Outcome.AGREES),
        ("Atelier B.V.", "Atelier", Outcome.AGREES),
        ("Nordanvind IT AB", "Nordanvind IT AB", Outcome.CANNOT_CHECK),  # the buyer
        ("Kaarna Oy", "Bill to: Kaarna Oy", Outcome.CANNOT_CHECK),
        ("上海晨光会展服务有限公司", "销售方：上海晨光会展服务有限公司", Outcome.AGREES),
        ("晨光会展", "上海晨光会展服务有限公司", Outcome.CANNOT_CHECK),
    ],
)
def test_vendors(vendor: str, text: str, expected: Outcome) -> None:
    assert outcome(replace(RIGHT, vendor=vendor), Field.VENDOR, row(text)) is expected


def test_nothing_differs_where_a_page_was_not_read() -> None:
    rows = row("Fakturanr", "777"), row("Fakturadatum", "2020-01-01"), row("Total USD", "5.00")
    assert len(compare(RIGHT, reading(*rows)).those(Outcome.DIFFERS)) == 4
    assert not compare(RIGHT, reading(*rows, whole=False)).those(Outcome.DIFFERS)


@pytest.mark.parametrize("text", ["1 ", "1,1.", "kr ", "1'", "价税合计", "date ", "total 1,00 ", "po 10482 "])
def test_a_text_made_to_take_long_does_not(text: str) -> None:
    cell = (text * MAX_CELL)[:MAX_CELL]
    rows = [row(cell)] * (MAX_CHARACTERS // MAX_CELL)
    began = process_time()
    compare(RIGHT, reading(*rows))
    assert process_time() - began < 20  # it takes one or two; without care it took minutes


def test_a_credit_note_may_say_its_amounts_with_or_without_a_minus() -> None:
    claimed = replace(RIGHT, is_credit=True, net=Decimal(-80000), tax=Decimal(-17400), total=Decimal(-97400))
    rows = row("Netto", "80 000,00"), row("Moms", "17 400,00"), row("Summa", "97 400,00")
    assert outcome(claimed, Field.TOTAL, *rows) is Outcome.AGREES
    stated = EInvoice(number="10482", total=RIGHT.total)
    compared = compare(claimed, InvoiceReading(ProbeState.OK, e_invoice=stated))
    assert compared.fields[Field.TOTAL].outcome is Outcome.AGREES


def test_what_a_claim_does_not_say_is_not_compared() -> None:
    least = replace(RIGHT, date=None, tax_id=None, net=None, tax=None, total=None)
    fields = compare(least, reading(row("Fakturanr", "10482"))).fields
    assert set(fields) == {Field.NUMBER, Field.VENDOR, Field.CURRENCY}


def test_figures_of_a_claim_that_disagree_among_themselves_are_not_compared() -> None:
    lines = [{"description": "Hire", "net": "100.00", "tax": "25.00"}]
    invoice = {"number": "1", "vendor": {"name": "V"}, "currency": "SEK", "lines": lines, "total": "125.00"}
    right, wrong = (
        claimed_of(make_claim("a", third_party_invoices=[invoice | {"total": total}]).third_party_invoices[0])
        for total in ("125.00", "126.00")
    )
    assert (right.net, right.tax, right.total) == (Decimal("100.00"), Decimal("25.00"), Decimal("125.00"))
    assert (wrong.net, wrong.tax, wrong.total) == (None, None, Decimal("126.00"))


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a/>",
        b"<a",
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"\xff\xfe\x00",
        b"<Invoice>" * 2000,
    ],
)
def test_what_is_no_e_invoice(xml: bytes) -> None:
    assert read_e_invoice(xml) is None


def test_an_entity_in_an_e_invoice_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    xml = ubl(PAPERS["de"])
    assert read_e_invoice(xml) is not None
    assert read_e_invoice(xml.replace(b"?>", b"?>" + bomb, 1)) is None


def test_odd_values_of_an_e_invoice_are_no_values() -> None:
    xml = ubl(PAPERS["de"]).replace(b"2026-09-28", b"2026-99-99").replace(b">9797.06<", b">NaN<")
    stated = read_e_invoice(xml)
    assert stated is not None
    assert (stated.date, stated.total) == (None, None)
    assert read_e_invoice(ubl(PAPERS["de"]).replace(b">2026-10482", b">\x0b")) is None


def test_an_e_invoice_that_cannot_be_read_leaves_the_text(tmp_path: Path) -> None:
    paper = PAPERS["sv"]
    puts = [Put(40, 800, "Fakturanr"), Put(200, 800, paper.number)]
    for name, xml in (("broken", b"<a"), ("other", b"<a/>"), ("right", cii(paper, FACTUR_X))):
        (tmp_path / f"{name}.pdf").write_bytes(text_pdf([puts], {"factur-x.xml": xml}))
    with Prober() as prober:
        read = {
            name: prober.read_invoice(tmp_path / f"{name}.pdf", MediaType.PDF, max_pages=5)
            for name in ("broken", "other", "right")
        }
    assert [read[name].e_invoice is None for name in ("broken", "other", "right")] == [True, True, False]
    assert all(one.pages for one in read.values())


def test_limits_hold_for_invoices_as_for_all_evidence(tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(scan_pdf(4))
    (tmp_path / "cut.pdf").write_bytes(scan_pdf(1)[:200])
    with Prober() as prober:
        long = prober.read_invoice(tmp_path / "long.pdf", MediaType.PDF, max_pages=3)
        cut = prober.read_invoice(tmp_path / "cut.pdf", MediaType.PDF, max_pages=3)
        gone = prober.read_invoice(tmp_path / "gone.pdf", MediaType.PDF, max_pages=3)
        photo = prober.read_invoice(tmp_path / "photo.jpg", MediaType.JPEG, max_pages=3)
    with Prober(wall_seconds=0.0) as prober:
        late = prober.read_invoice(tmp_path / "long.pdf", MediaType.PDF, max_pages=9)
    states = [one.state for one in (long, cut, gone, photo, late)]
    assert states == [
        ProbeState.TOO_MANY_PAGES,
        ProbeState.DAMAGED,
        ProbeState.DAMAGED,
        ProbeState.UNSUPPORTED,
        ProbeState.TIME_LIMIT,
    ]


@settings(max_examples=50)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), st.lists))
def test_an_answer_that_makes_no_sense_is_refused(junk: object) -> None:
    good = json.loads(wire.encode(InvoiceReading(ProbeState.OK, e_invoice=EInvoice(), pages=((row("a"),),))))
    for key in good:
        for line in (json.dumps(junk), json.dumps(good | {key: junk})):
            try:
                told = wire.decode(line.encode())
            except ValueError:
                continue
            assert isinstance(told, InvoiceReading)


def test_a_reading_crosses_the_wire_unchanged() -> None:
    stated = EInvoice(
        "1", dt.date(2026, 9, 28), ("V AB",), ("SE1",), "SEK", (Decimal("1.50"),), Decimal("0.00"), Decimal(2)
    )
    sent = InvoiceReading(ProbeState.OK, "", stated, ((row("a", "b"), row("c")), ()), is_whole=False)
    assert wire.decode(wire.encode(sent)) == sent


def test_values_that_the_schema_marks_sensitive_are_redacted() -> None:
    invoice = load_schema("claim")["$defs"]["third_party_invoice"]["properties"]
    for name, place in PLACES.items():
        node = invoice
        *above, last = place.strip("/").split("/")
        for key in above:
            node = node[key]["properties"] if "properties" in node[key] else _vendor(node[key])
        assert bool(node[last].get("x-sensitive")) == (name in REDACTED), name


def _vendor(node: dict[str, object]) -> dict[str, dict[str, object]]:
    schema = load_schema("claim")
    found: dict[str, dict[str, object]] = schema["$defs"][str(node["$ref"]).rpartition("/")[2]]["properties"]
    return found
