"""What probing tells of a PDF: its pages, whether it is whole, what could act."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from poe_pack.evidence import MediaType, Page, ProbeFacts, ProbeState
from poe_pack.evidence.prober import Prober
from tests.evidence.samples import DRAWING, MakePdf, flate_bomb, rectangle


def probe(prober: Prober, path: Path, max_pages: int = 50) -> ProbeFacts:
    facts = prober.probe(path, MediaType.PDF, max_pages=max_pages)
    assert str(path.parent) not in facts.detail
    assert "0x" not in facts.detail
    assert len(facts.detail) <= 100
    assert (facts.state is ProbeState.OK) == bool(facts.pages)
    return facts


def test_pages_are_measured_as_displayed(make: MakePdf, prober: Prober) -> None:
    pdf = make.new(3)
    pdf.pages[1].obj["/Rotate"] = 90
    pdf.pages[2].obj["/CropBox"] = rectangle(10, 10, 110.5, 60.25)
    pdf.pages[2].obj["/UserUnit"] = 2
    facts = probe(prober, make.save(pdf))
    pages = (Page(200, 300), Page(300, 200), Page(201, 100.5))
    assert facts == ProbeFacts(ProbeState.OK, "", pages, None, True, ())


@pytest.mark.parametrize(
    "entries",
    [
        {"MediaBox": rectangle(0, 0, 0, 0)},
        {"MediaBox": rectangle(0, 0, 1e17, 10)},
        {"MediaBox": Array([0, 0, 10])},
        {"MediaBox": Array([0, 0, Name.Wide, 10])},
        {"MediaBox": String("0 0 10 10"), "Rotate": 45},
        {"MediaBox": Dictionary(), "Rotate": Name.Left, "UserUnit": -1, "CropBox": rectangle(1, 1, 1, 1)},
        {"MediaBox": rectangle(0, 0, 0, 0), "UserUnit": 1e12, "Rotate": True},
        {"MediaBox": rectangle(0, 0, 500, 0.00001), "UserUnit": Decimal("0.000000001")},
        {"MediaBox": rectangle(0, 0, 612, 792), "CropBox": rectangle(-10, 0, 0.00001, 50)},
    ],
)
def test_sizes_that_make_no_sense_count_as_not_stated(make: MakePdf, prober: Prober, entries: dict[str, Any]) -> None:
    facts = probe(prober, make.page(**entries))
    assert facts.state is ProbeState.OK
    assert facts.pages == (Page(612, 792),)


def test_too_many_pages(make: MakePdf, prober: Prober) -> None:
    path = make.save(make.new(4))
    assert len(probe(prober, path, 4).pages) == 4
    assert probe(prober, path, 3) == ProbeFacts(ProbeState.TOO_MANY_PAGES, "4 pages; at most 3 are read")


def test_encryption(make: MakePdf, prober: Prober) -> None:
    user = make.save(make.new(), "user.pdf", encryption=pikepdf.Encryption(owner="a", user="b", R=6))
    owner = make.save(make.new(), "owner.pdf", encryption=pikepdf.Encryption(owner="a", user="", R=4))
    assert probe(prober, user) == ProbeFacts(ProbeState.ENCRYPTED, "a password is needed to open it")
    assert probe(prober, owner).state is ProbeState.OK


LAYOUTS: dict[str, dict[str, object]] = {
    "plain": {},
    "compressed": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "linearized": {"linearize": True},
}


@pytest.mark.parametrize("part", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_pdf_that_was_cut_off_is_damaged(
    make: MakePdf, prober: Prober, layout: str, part: float, tmp_path: Path
) -> None:
    data = make.data(5, **LAYOUTS[layout])
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: int(len(data) * part)])
    facts = probe(prober, path)
    assert facts.state is ProbeState.DAMAGED
    assert facts.detail


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_hole_in_the_middle_is_damage(make: MakePdf, prober: Prober, layout: str, tmp_path: Path) -> None:
    data = make.data(5, **LAYOUTS[layout])
    path = tmp_path / "hole.pdf"
    path.write_bytes(data[:200] + data[400:])
    assert probe(prober, path).state is ProbeState.DAMAGED


def test_harmless_faults_are_not_damage(make: MakePdf, prober: Prober, tmp_path: Path) -> None:
    data = make.data(2)
    path = tmp_path / "odd.pdf"
    for odd in (
        b"\r\n\r\nmail gateway\r\n" + data,
        data + b"\r\n\0\0\0",
        data.removesuffix(b"%%EOF\n"),
        data.replace(b"%PDF-1.", b"%PDF-9."),
    ):
        path.write_bytes(odd)
        assert probe(prober, path).state is ProbeState.OK
    wrong = re.sub(rb"/Length 1(\d\d)\b", rb"/Length 2\1", data)
    assert wrong != data
    path.write_bytes(wrong)
    assert probe(prober, path).state is ProbeState.OK


def test_missing_pages_are_damage(make: MakePdf, prober: Prober) -> None:
    pdf = make.new(3)
    path = make.save(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(path.read_bytes().replace(b"/Count 3", b"/Count 9"))
    assert probe(prober, path) == ProbeFacts(ProbeState.DAMAGED, "6 of 9 pages are missing")


def test_unreadable_content_is_damage(make: MakePdf, prober: Prober) -> None:
    pdf = make.new(2)
    pdf.pages[1].obj["/Contents"] = Stream(pdf, b"this is not compressed", Filter=Name.FlateDecode)
    path = make.save(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert probe(prober, path) == ProbeFacts(ProbeState.DAMAGED, "the content of page 2 cannot be read")


def test_not_a_pdf_at_all(prober: Prober, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    for data in (b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"\0" * 5000, b"hello" * 100):
        path.write_bytes(data)
        assert probe(prober, path) == ProbeFacts(ProbeState.DAMAGED, "the PDF cannot be read")
    for missing in (tmp_path / "none.pdf", tmp_path):
        assert probe(prober, missing) == ProbeFacts(ProbeState.DAMAGED, "the file cannot be opened")
    (tmp_path / "link.pdf").symlink_to(path)
    assert probe(prober, tmp_path / "link.pdf").detail == "the file cannot be opened"


def test_a_page_tree_that_bites_its_tail(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    path = make.save(pdf)
    assert probe(prober, path).state in (ProbeState.DAMAGED, ProbeState.OK)


def test_text_or_scan(make: MakePdf, prober: Prober) -> None:
    assert probe(prober, make.page(content=DRAWING)).has_text is True
    scan = make.page("scan.pdf", content=b"0 0 9 9 re f", Resources=Dictionary())
    assert probe(prober, scan).has_text is False
    unused = make.page("unused.pdf", content=b"0 0 9 9 re f")
    assert probe(prober, unused).has_text is None


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def link(action: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle(0, 0, 9, 9), A=action)


def active(make: MakePdf, prober: Prober, pdf: pikepdf.Pdf) -> tuple[str, ...]:
    return probe(prober, make.save(pdf)).active_content


@pytest.mark.parametrize(
    ("annotation", "names"),
    [
        (link(SCRIPT), ("JavaScript",)),
        (link(Dictionary(S=Name.Launch, F=String("calc.exe"))), ("Launch",)),
        (link(Dictionary(S=Name.GoTo, D=Array(), Next=Array([SCRIPT]))), ("JavaScript",)),
        (link(Dictionary(S=Name.SubmitForm, F=String("https://x.example"))), ("AcroForm submit",)),
        (link(Dictionary(S=Name.URI, URI=String("https://x.example"))), ()),
        (Dictionary(Subtype=Name.RichMedia, Rect=rectangle(0, 0, 9, 9)), ("RichMedia",)),
        (Dictionary(Subtype=Name.Text, Rect=rectangle(0, 0, 9, 9), AA=Dictionary(K=SCRIPT)), ("JavaScript",)),
    ],
)
def test_active_annotations_direct_and_indirect(
    make: MakePdf, prober: Prober, annotation: Dictionary, names: tuple[str, ...]
) -> None:
    for indirect in (False, True):
        pdf = make.new()
        held = pdf.make_indirect(annotation) if indirect else annotation
        pdf.pages[0].obj["/Annots"] = Array([held])
        assert active(make, prober, pdf) == names


def test_active_catalogue(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    pdf.Root["/OpenAction"] = Array([pdf.pages[0].obj, Name.Fit])
    assert active(make, prober, pdf) == ()
    pdf.Root["/OpenAction"] = Dictionary(S=Name.GoTo, D=Array())
    assert active(make, prober, pdf) == ()
    pdf.Root["/OpenAction"] = SCRIPT
    assert active(make, prober, pdf) == ("JavaScript", "OpenAction")
    del pdf.Root["/OpenAction"]
    pdf.Root["/Names"] = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))
    assert active(make, prober, pdf) == ("JavaScript",)
    del pdf.Root["/Names"]
    pdf.attachments["factur-x.xml"] = b"<x/>"
    assert active(make, prober, pdf) == ("EmbeddedFile",)
    del pdf.attachments["factur-x.xml"]
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array(), XFA=String("x"))
    assert active(make, prober, pdf) == ("XFA",)


def test_harmless_names_are_not_mistaken(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    fonts = pdf.pages[0].obj.Resources.Font
    for name in ("/JS", "/AA", "/EF", "/Launch", "/OpenAction", "/F"):
        fonts[name] = fonts.F1
    pdf.docinfo["/Title"] = "/S /JavaScript"
    assert active(make, prober, pdf) == ()


def test_an_xfa_form_that_only_one_program_can_draw(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array(), XFA=String("x"))
    pdf.Root["/NeedsRendering"] = True
    facts = probe(prober, make.save(pdf))
    assert (facts.state, facts.active_content) == (ProbeState.UNSUPPORTED, ("XFA",))


def test_nesting_and_rings_end(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    deep: pikepdf.Object = SCRIPT
    for _ in range(200):
        deep = Dictionary(Next=Array([deep]))
    pdf.pages[0].obj["/Annots"] = Array([link(deep)])
    ring = pdf.make_indirect(Dictionary())
    ring["/Next"] = Array([ring])
    pdf.Root["/Ring"] = ring
    assert active(make, prober, pdf) == ("JavaScript",)


def test_a_bomb_of_two_megabytes(make: MakePdf, prober: Prober) -> None:
    data = flate_bomb(1900)
    assert 1_500_000 < len(data) < 3_000_000
    pdf = make.new()
    pdf.pages[0].obj["/Contents"] = Stream(pdf, data, Filter=Name.FlateDecode)
    path = make.save(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    out = path.with_name("out.pdf")
    for facts in (probe(prober, path), prober.prepare(path, MediaType.PDF, out, max_pages=5)):
        assert facts.state is ProbeState.MEMORY_LIMIT
        assert facts.detail == "the content of page 1 unpacks to more than 128 MB"
    assert not out.exists()
    assert probe(prober, make.page("next.pdf")).state is ProbeState.OK


XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:xmp="http://ns.adobe.com/xap/1.0/">%s</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@pytest.mark.parametrize(
    ("info", "metadata", "day"),
    [
        ("D:20260917120000+02'00'", None, date(2026, 9, 17)),
        ("20260917", None, date(2026, 9, 17)),
        ("D:2026", None, None),
        ("D:20261399", None, None),
        ("D:00010101", None, None),
        (None, "<xmp:CreateDate> 2026-09-15</xmp:CreateDate>", date(2026, 9, 15)),
        (None, "<xmp:ModifyDate>2026-09-15</xmp:ModifyDate>", None),
        (None, None, None),
    ],
)
def test_the_day_on_which_it_was_made(
    make: MakePdf, prober: Prober, info: str | None, metadata: str | None, day: date | None
) -> None:
    pdf = make.new()
    if info is not None:
        pdf.docinfo["/CreationDate"] = String(info)
    if metadata is not None:
        packet = (XMP % metadata).encode()
        pdf.Root["/Metadata"] = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)
    assert probe(prober, make.save(pdf)).created == day


def test_files_inside_are_counted(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    for name in ("a.txt", "b.txt"):
        pdf.attachments[name] = b"x"
    spec = Dictionary(Type=Name.Filespec, F="c", EF=Dictionary(F=Stream(pdf, b"x", Type=Name.EmbeddedFile)))
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=rectangle(0, 0, 9, 9), FS=spec)
    pdf.pages[0].obj["/Annots"] = Array([note])
    facts = probe(prober, make.save(pdf))
    assert (facts.embedded, facts.active_content) == (3, ("EmbeddedFile",))


@pytest.mark.parametrize(
    ("filters", "megabytes", "refused"),
    [
        (Name.FlateDecode, 500, False),
        (Name.FlateDecode, 513, True),
        (Array([Name.FlateDecode]), 513, True),
        (Array([Name.DCTDecode, Name.FlateDecode]), 513, False),
        (None, 513, False),
    ],
)
def test_what_a_picture_unpacks_to(make: MakePdf, prober: Prober, filters: Any, megabytes: int, refused: bool) -> None:
    pdf = make.new()
    how = {} if filters is None else {"Filter": filters}
    data = flate_bomb(megabytes * 1024 * 1024 // 1_000_000 + 1)
    picture = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=9, Height=9, **how)
    pdf.pages[0].obj.Resources["/XObject"] = Dictionary(P=pdf.make_indirect(picture))
    facts = probe(prober, make.save(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none))
    assert facts.state is (ProbeState.MEMORY_LIMIT if refused else ProbeState.OK)


def test_a_link_that_starts_something_is_told(make: MakePdf, prober: Prober) -> None:
    def names(address: str) -> tuple[str, ...]:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle(0, 0, 9, 9))
        link["/A"] = Dictionary(S=Name.URI, URI=String(address))
        return probe(prober, make.page(Annots=Array([link]))).active_content

    for harmless in ("https://a.example/x:y", "HTTP://a.example", "mailto:a@a.example", "tel:+46", "page.html", ""):
        assert names(harmless) == ()
    for odd in ("javascript:alert(1)", " file:///etc/passwd", "data:text/html,x", "ms-word:ofe|u|https://a.example"):
        assert names(odd) == ("Unusual link",)
