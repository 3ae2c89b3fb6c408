"""What files without pages tell of themselves, and how they are refused."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from poe_pack.evidence import MediaType, ProbeFacts, ProbeState
from poe_pack.evidence.facts import Told
from poe_pack.evidence.kinds import media_type_of
from poe_pack.evidence.mail import MAX_NESTED
from poe_pack.evidence.prober import Prober
from poe_pack.evidence.wire import MAX_TOLD

CORE = (
    '<?xml version="1.0"?>%s<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>%s</dc:title><dc:creator> Åsa Ek </dc:creator>'
    "<dcterms:created>2026-09-17T10:00:00Z</dcterms:created><dcterms:modified/></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Pages>%s</Pages></Properties>"
)
RELATION = '<Relationships><Relationship Id="r1" Type="urn:x/%s" Target="https://x.example" TargetMode="External"/>'
NO_PAGES = "files of this kind have no pages to print"


def office(folder: str, parts: Mapping[str, str | bytes]) -> bytes:
    """An Office file with these parts beside the least that makes it one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(f"{folder}/document.xml", "<document/>")
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def told(prober: Prober, folder: Path, name: str, data: bytes, kind: MediaType) -> ProbeFacts:
    """What probing and preparing say alike; nothing is prepared."""
    path = folder / name
    path.write_bytes(data)
    assert media_type_of(data, name) is kind
    facts = prober.probe(path, kind, max_pages=50)
    assert prober.prepare(path, kind, folder / "out.pdf", max_pages=50) == facts
    assert not (folder / "out.pdf").exists()
    return facts


def word(prober: Prober, folder: Path, **parts: str | bytes) -> ProbeFacts:
    names = {"core": "docProps/core.xml", "app": "docProps/app.xml", "rels": "word/_rels/document.xml.rels"}
    named = {names.get(part, part): content for part, content in parts.items()}
    return told(prober, folder, "a.docx", office("word", named), MediaType.DOCX)


def test_word(prober: Prober, tmp_path: Path) -> None:
    facts = word(prober, tmp_path, core=CORE % ("", "Report"), app=APP % 4)
    assert facts == ProbeFacts(
        ProbeState.UNSUPPORTED,
        NO_PAGES,
        told=(
            (Told.TITLE, "Report"),
            (Told.AUTHOR, "Åsa Ek"),
            (Told.CREATED, "2026-09-17T10:00:00Z"),
            (Told.PAGES, "4"),
        ),
    )


def test_sheets_and_slides_are_counted(prober: Prober, tmp_path: Path) -> None:
    sheets = {f"xl/worksheets/sheet{number}.xml": "<x/>" for number in (1, 2)}
    sheets |= {"xl/worksheets/_rels/sheet1.xml.rels": "<x/>", "xl/chartsheets/sheet1.xml": "<x/>"}
    assert told(prober, tmp_path, "a.xlsx", office("xl", sheets), MediaType.XLSX).told == ((Told.SHEETS, "3"),)
    slides = {f"ppt/slides/slide{number}.xml": "<x/>" for number in (1, 2)} | {"ppt/slideLayouts/slide.xml": "<x/>"}
    assert told(prober, tmp_path, "a.pptx", office("ppt", slides), MediaType.PPTX).told == ((Told.SLIDES, "2"),)


@pytest.mark.parametrize(
    ("parts", "active", "embedded"),
    [
        ({"word/vbaProject.bin": b"x"}, ("Macros",), 0),
        ({"word/activeX/activeX1.bin": b"x"}, ("ActiveX",), 0),
        ({"word/embeddings/oleObject1.bin": b"x"}, ("EmbeddedFile",), 1),
        ({"word/embeddings/table.xlsx": b"x"}, (), 1),
        ({"rels": RELATION % "attachedTemplate"}, ("External data",), 0),
        ({"rels": RELATION % "hyperlink"}, (), 0),
    ],
)
def test_what_an_office_file_brings_along(
    prober: Prober, tmp_path: Path, parts: dict[str, str | bytes], active: tuple[str, ...], embedded: int
) -> None:
    facts = word(prober, tmp_path, **parts)
    assert (facts.state, facts.active_content, facts.embedded) == (ProbeState.UNSUPPORTED, active, embedded)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"core": CORE % ('<!DOCTYPE a [<!ENTITY b "c">]>', "&b;")}, "entities"),
        ({"word/other.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}, "entities"),
        ({"word/other.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "entities"),
        ({"core": "<a><b></a>"}, "cannot be read"),
        ({"core": CORE % ("", "x" * 1_100_000)}, "small"),
        ({"word/many.xml": b""} | {f"word/{number}.bin": b"" for number in range(20_001)}, "parts"),
    ],
)
def test_an_office_file_that_is_refused(
    prober: Prober, tmp_path: Path, parts: dict[str, str | bytes], says: str
) -> None:
    facts = word(prober, tmp_path, **parts)
    assert facts.state is ProbeState.DAMAGED
    assert says in facts.detail


def test_an_office_file_that_is_cut_off_or_locked(prober: Prober, tmp_path: Path) -> None:
    whole = office("word", {"core": CORE % ("", "Report")})
    cut = told(prober, tmp_path, "a.docx", whole[:-40], MediaType.DOCX)
    assert cut.state is ProbeState.DAMAGED
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    locked = container + "EncryptedPackage".encode("utf-16-le")
    assert told(prober, tmp_path, "a.doc", locked, MediaType.OLE).state is ProbeState.ENCRYPTED
    assert told(prober, tmp_path, "b.doc", container, MediaType.OLE).state is ProbeState.UNSUPPORTED


MAIL = """\
From: =?utf-8?q?=C3=85sa_Ek?= <asa@nordanvind.example>
To: one@kund.example,
 two@kund.example
Subject: Inbjudan \N{RIGHT-TO-LEFT OVERRIDE}till Göteborg
Date: Wed, 02 Sep 2026 09:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/html

<p>Other</p>
--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

V=E4lkommen!
Vi ses.
--c--
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename="=?utf-8?q?agenda_=C3=A5.pdf?="

xx
--b
Content-Type: message/rfc822

Subject: inner

inner text
--b--
"""


def test_a_mail(prober: Prober, tmp_path: Path) -> None:
    facts = told(prober, tmp_path, "a.eml", MAIL.encode(), MediaType.EML)
    assert facts.embedded == 2
    assert facts.told == (
        (Told.FROM, "Åsa Ek <asa@nordanvind.example>"),
        (Told.TO, "one@kund.example, two@kund.example"),
        (Told.SENT, "Wed, 02 Sep 2026 09:00:00 +0200"),
        (Told.SUBJECT, "Inbjudan till Göteborg"),
        (Told.ATTACHMENTS, "agenda å.pdf\nmessage/rfc822"),
        (Told.TEXT, "Välkommen!\nVi ses."),
    )


def test_a_mail_of_html_alone(prober: Prober, tmp_path: Path) -> None:
    html = "<html><head><title>T</title><style>p{}</style></head><body><p>A &amp; B<br>C</p><script>x()</script>"
    mail = f"From: a\nTo: {'x@y.example, ' * 30}\nDate: d\nContent-Type: text/html; charset=none-such\n\n{html}"
    facts = told(prober, tmp_path, "a.eml", mail.encode(), MediaType.EML)
    shown = dict(facts.told)
    assert shown[Told.TEXT] == "A & B\nC"
    assert len(shown[Told.TO]) == 200
    assert shown[Told.TO].endswith("…")


def test_mail_within_mail_without_end(prober: Prober, tmp_path: Path) -> None:
    def nested(depth: int) -> bytes:
        head = "From: a\nTo: b\nSubject: c\n"
        heads = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
        return f"{head}{heads}\ntext".encode()

    assert told(prober, tmp_path, "a.eml", nested(MAX_NESTED), MediaType.EML).state is ProbeState.UNSUPPORTED
    facts = told(prober, tmp_path, "a.eml", nested(MAX_NESTED + 1), MediaType.EML)
    assert facts == ProbeFacts(ProbeState.DAMAGED, f"it has more than {MAX_NESTED} parts within parts")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("\ufeffnamn;ort\r\nÅsa;Göteborg\r\n".encode(), "namn;ort\nÅsa;Göteborg"),
        ("Åsa".encode("cp1252"), "Åsa"),
        ("会议".encode("utf-16"), "会议"),
        (b"a\tb\x1b[31m", "a    b[31m"),
        (b"x" * 70_000, "x" * MAX_TOLD),
    ],
)
def test_a_text(prober: Prober, tmp_path: Path, data: bytes, text: str) -> None:
    facts = told(prober, tmp_path, "a.csv", data, MediaType.CSV)
    assert facts == ProbeFacts(ProbeState.UNSUPPORTED, NO_PAGES, told=((Told.TEXT, text),))


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


def film(scale: int = 600, length: int = 75_000) -> bytes:
    """2:05 at 600 ticks a second, a track of sound and one of 1920 x 1080."""
    sound = box(b"trak", box(b"tkhd", bytes(84)))
    picture = box(b"trak", box(b"tkhd", bytes(76) + struct.pack(">II", 1920 << 16, 1080 << 16)))
    head = box(b"mvhd", bytes(12) + struct.pack(">II", scale, length) + bytes(80))
    return box(b"ftyp", b"isom" + bytes(4)) + box(b"mdat", bytes(50)) + box(b"moov", head + sound + picture)


def test_a_film(prober: Prober, tmp_path: Path) -> None:
    facts = told(prober, tmp_path, "a.mp4", film(), MediaType.MP4)
    assert facts.told == ((Told.DURATION, "2:05"), (Told.PIXELS, "1920 × 1080"))
    assert facts.pixels == (1920, 1080)
    assert told(prober, tmp_path, "a.mp4", film(0), MediaType.MP4).told == ((Told.PIXELS, "1920 × 1080"),)
    later = box(b"mvhd", b"\x01" + bytes(19) + struct.pack(">IQ", 10, 610) + bytes(80))
    version_1 = box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", later)
    assert told(prober, tmp_path, "a.mp4", version_1, MediaType.MP4).told == ((Told.DURATION, "1:01"),)


@pytest.mark.parametrize("end", [10, 30, 80, 100, -1])
def test_a_film_that_is_cut_off(prober: Prober, tmp_path: Path, end: int) -> None:
    assert told(prober, tmp_path, "a.mp4", film()[:end], MediaType.MP4).state is ProbeState.DAMAGED
