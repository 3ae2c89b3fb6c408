"""A prepared page looks like the page it was made of, and can do nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from poe_pack.evidence import MediaType, Page, ProbeState
from poe_pack.evidence.prober import Prober
from tests.evidence.samples import DRAWING, MakePdf, difference, ink, rectangle, render

SAME = 0.6
"""Mean difference up to which two drawings count as the same: edges are smoothed a little differently."""


def prepare(prober: Prober, source: Path, kind: MediaType = MediaType.PDF) -> Path:
    out = source.with_suffix(".prepared.pdf")
    facts = prober.prepare(source, kind, out, max_pages=50)
    assert facts.state is ProbeState.OK, facts
    assert facts == prober.probe(source, kind, max_pages=50)
    with pikepdf.open(out) as made:
        assert len(made.pages) == len(facts.pages)
        for page, size in zip(made.pages, facts.pages, strict=True):
            check_page(page, size)
    return out


def check_page(page: pikepdf.Page, size: Page) -> None:
    """The contract with whoever copies the page: one form, upright, from (0, 0), nothing else."""
    assert set(page.obj.keys()) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
    assert [float(value) for value in page.obj.MediaBox] == pytest.approx([0, 0, size.width, size.height])
    assert page.obj.Contents.read_bytes() == b"/Evidence Do\n"
    assert list(page.obj.Resources.keys()) == ["/XObject"]
    assert list(page.obj.Resources.XObject.keys()) == ["/Evidence"]
    form = page.obj.Resources.XObject.Evidence
    assert form.Subtype == Name.Form
    a, b, c, d, e, f = (float(value) for value in form.Matrix)
    left, bottom, right, top = (float(value) for value in form.BBox)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    assert (min(x for x, _ in corners), min(y for _, y in corners)) == pytest.approx((0, 0), abs=1e-3)
    shown = (max(x for x, _ in corners), max(y for _, y in corners))
    assert shown == pytest.approx((size.width, size.height), abs=1e-3)


def assert_same_look(prober: Prober, source: Path, *, forms: bool = False, same: float = SAME) -> Path:
    out = prepare(prober, source)
    with pikepdf.open(out) as made:
        count = len(made.pages)
    for number in range(count):
        before, after = render(source, number, forms=forms), render(out, number)
        assert ink(before) > 2 * same, "the page to compare with is blank"
        assert difference(before, after) < same, f"page {number + 1}"
    return out


@pytest.mark.parametrize("rotation", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("crop", [None, (15, 25, 185, 260), (-50, -50, 100, 1000)])
def test_rotated_and_cropped_pages(make: MakePdf, prober: Prober, rotation: int, crop: tuple[int, ...] | None) -> None:
    entries: dict[str, Any] = {"CropBox": rectangle(*crop)} if crop else {}
    assert_same_look(prober, make.page(Rotate=rotation, **entries))


@pytest.mark.parametrize("rotation", [0, 90])
def test_paper_that_does_not_start_at_zero(make: MakePdf, prober: Prober, rotation: int) -> None:
    source = make.page(MediaBox=rectangle(180, 290.5, 10.25, -10), Rotate=rotation)
    assert_same_look(prober, source)


def test_user_unit(make: MakePdf, prober: Prober) -> None:
    source = make.page(UserUnit=2, Rotate=90, CropBox=rectangle(0, 0, 200, 250))
    out = prepare(prober, source)
    assert prober.probe(source, MediaType.PDF, max_pages=1).pages == (Page(500, 400),)
    plain = make.page("plain.pdf", Rotate=90, CropBox=rectangle(0, 0, 200, 250))
    assert difference(render(plain, scale=2), render(out)) < SAME


def test_a_page_without_content_or_size(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    page = pdf.pages[0].obj
    del page["/Contents"], page["/Resources"], page["/MediaBox"]
    source = make.save(pdf)
    prepare(prober, source)
    assert prober.probe(source, MediaType.PDF, max_pages=1).pages == (Page(612, 792),)


def test_size_and_resources_inherited_from_the_page_tree(make: MakePdf, prober: Prober) -> None:
    pdf = make.new(2)
    tree = pdf.Root.Pages
    tree["/Resources"] = pdf.pages[0].obj.Resources
    tree["/MediaBox"] = rectangle(0, 0, 220, 310)
    tree["/Rotate"] = 90
    for page in pdf.pages:
        del page.obj["/Resources"], page.obj["/MediaBox"]
    assert_same_look(prober, make.save(pdf))


def test_content_in_parts_that_end_within_an_instruction(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    cut = DRAWING.index(b"rg") - 1
    parts = [Stream(pdf, DRAWING[:cut]), Stream(pdf, DRAWING[cut:])]
    pdf.pages[0].obj["/Contents"] = Array([pdf.make_indirect(part) for part in parts])
    assert_same_look(prober, make.save(pdf))


def test_content_in_old_filters(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    pdf.pages[0].obj["/Contents"] = Stream(pdf, DRAWING.hex().encode() + b">", Filter=Name.ASCIIHexDecode)
    source = make.save(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert_same_look(prober, source)


def test_an_encrypted_file_that_opens_without_password(make: MakePdf, prober: Prober) -> None:
    owner = pikepdf.Encryption(owner="secret", user="", R=6)
    source = make.save(make.new(2), encryption=owner)
    out = assert_same_look(prober, source)
    with pikepdf.open(out) as made:
        assert not made.is_encrypted


def field(pdf: pikepdf.Pdf, **entries: Any) -> Dictionary:
    page = pdf.pages[0].obj
    widget = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("name"),
        Rect=rectangle(20, 80, 180, 110),
        F=4,
        P=page,
        DA=String("/Helv 16 Tf 0 0 0.6 rg"),
        **entries,
    )
    made = pdf.make_indirect(widget)
    page["/Annots"] = Array([made])
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    fonts = Dictionary(Font=Dictionary(Helv=pdf.make_indirect(helvetica)))
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([made]), DR=fonts)
    return made


def look_of(pdf: pikepdf.Pdf, text: bytes) -> Dictionary:
    look = Stream(
        pdf,
        b"/Tx BMC q BT 0 0 0.6 rg /Helv 16 Tf 2 8 Td (" + text + b") Tj ET Q EMC",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=rectangle(0, 0, 160, 30),
        Resources=pdf.Root.AcroForm.DR if "/AcroForm" in pdf.Root else Dictionary(),
    )
    return Dictionary(N=pdf.make_indirect(look))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_field_with_a_look_is_printed(make: MakePdf, prober: Prober, rotation: int) -> None:
    pdf = make.new(content=b"")
    widget = field(pdf, V=String("Vasaplatsen"))
    widget["/AP"] = look_of(pdf, b"Vasaplatsen")
    pdf.pages[0].obj["/Rotate"] = rotation
    assert_same_look(prober, make.save(pdf), forms=True)


@pytest.mark.parametrize("asks", [True, False])
def test_a_field_without_a_look_is_drawn(make: MakePdf, prober: Prober, asks: bool) -> None:
    pdf = make.new(content=b"")
    field(pdf, V=String("Göteborg 4200"))
    if asks:
        pdf.Root.AcroForm["/NeedAppearances"] = True
    source = make.save(pdf)
    out = prepare(prober, source)
    before, after = render(source, forms=True), render(out)
    assert ink(before) > 1
    # The letters sit a little higher or lower than where PDFium puts them.
    assert abs(ink(before) - ink(after)) < 0.2 * ink(before)
    with pikepdf.open(out) as made:
        assert b"G\\366teborg 4200" in everything(made) or "Göteborg 4200".encode("cp1252") in everything(made)


def test_an_outdated_look_is_drawn_anew(make: MakePdf, prober: Prober) -> None:
    pdf = make.new(content=b"")
    widget = field(pdf, V=String("9141"))
    widget["/AP"] = look_of(pdf, b"1111")
    pdf.Root.AcroForm["/NeedAppearances"] = True
    with pikepdf.open(prepare(prober, make.save(pdf))) as made:
        assert b"9141" in everything(made)
        assert b"1111" not in everything(made)


def test_lines_and_combs_and_passwords(make: MakePdf, prober: Prober) -> None:
    for flags, value, shown in (
        (1 << 12, "first line\nsecond line", (b"first line", b"second line")),
        (1 << 24, "ABC", (b"A",)),
        (1 << 13, "hunter2", ()),
    ):
        pdf = make.new(content=b"")
        field(pdf, V=String(value), Ff=flags, MaxLen=10)
        with pikepdf.open(prepare(prober, make.save(pdf))) as made:
            text = everything(made)
        assert all(part in text for part in shown)
        assert b"hunter2" not in text


def test_annotations_are_printed_and_hidden_ones_are_not(make: MakePdf, prober: Prober) -> None:
    pdf = make.new(content=b"")
    page = pdf.pages[0].obj

    def note(flags: int, color: bytes, *box: float) -> Dictionary:
        look = Stream(
            pdf,
            color + b" rg 0 0 50 50 re f",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=rectangle(0, 0, 50, 50),
            Resources=Dictionary(),
        )
        appearance = Dictionary(N=pdf.make_indirect(look))
        return Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=rectangle(*box), F=flags, AP=appearance)

    page["/Annots"] = Array([note(4, b"1 0 0", 10, 10, 90, 90), note(2, b"0 1 0", 100, 10, 190, 90)])
    assert_same_look(prober, make.save(pdf))


def test_annotations_that_make_no_sense_do_not_stop_the_others(make: MakePdf, prober: Prober) -> None:
    pdf = make.new()
    odd = [Dictionary(), Dictionary(Subtype=Name.Stamp), Name.Stamp, Dictionary(Rect=rectangle(0, 0, 9, 9))]
    pdf.pages[0].obj["/Annots"] = Array(odd)
    assert_same_look(prober, make.save(pdf))


def test_a_form_that_relies_on_the_fonts_of_its_page(make: MakePdf, prober: Prober) -> None:
    pdf = make.new(content=b"/X0 Do")
    form = Stream(pdf, DRAWING, Type=Name.XObject, Subtype=Name.Form, BBox=rectangle(0, 0, 200, 300))
    pdf.pages[0].obj.Resources["/XObject"] = Dictionary(X0=pdf.make_indirect(form))
    with pikepdf.open(assert_same_look(prober, make.save(pdf))) as made:
        inner = made.pages[0].obj.Resources.XObject.Evidence.Resources.XObject.X0
        assert inner.Resources.Font.F1.BaseFont == Name.Helvetica


def test_transparency_group_of_the_page(make: MakePdf, prober: Prober) -> None:
    pdf = make.new(content=b"/G0 gs 1 1 0 rg 20 20 100 100 re f 0 1 1 rg 60 60 100 100 re f")
    page = pdf.pages[0].obj
    page.Resources["/ExtGState"] = Dictionary(G0=Dictionary(BM=Name.Multiply, ca=0.8))
    page["/Group"] = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    assert_same_look(prober, make.save(pdf))


def test_layers_that_are_off_stay_off(make: MakePdf, prober: Prober) -> None:
    content = (
        DRAWING + b"/OC /L0 BDC 0 g 0 0 200 300 re f BT /F1 40 Tf 5 5 Td (Entwurf) Tj ET /Hidden Do EMC\n"
        b"/OC /L1 BDC 1 0 1 rg 100 20 80 20 re f EMC /Hidden Do /Drawn Do"
    )
    pdf = make.new(content=content)
    off, on = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("off", "on"))
    pdf.Root["/OCProperties"] = Dictionary(
        OCGs=Array([off, on]), D=Dictionary(OFF=Array([off]), ON=Array([on]), Order=Array([off, on]))
    )
    either = Dictionary(Type=Name.OCMD, OCGs=Array([off, on]))
    resources = pdf.pages[0].obj.Resources
    resources["/Properties"] = Dictionary(L0=off, L1=pdf.make_indirect(either))
    objects = Dictionary()
    for name, owner in (("/Hidden", off), ("/Drawn", on)):
        box = b"0 0 0 rg 0 140 200 20 re f" if owner is off else b"0 1 0 rg 60 140 20 20 re f"
        form = Stream(pdf, box, Subtype=Name.Form, BBox=rectangle(0, 0, 200, 300), OC=owner)
        objects[name] = pdf.make_indirect(form)
    resources["/XObject"] = objects
    out = assert_same_look(prober, make.save(pdf))
    with pikepdf.open(out) as made:
        assert b"Entwurf" not in everything(made)


def everything(pdf: pikepdf.Pdf) -> bytes:
    """All objects and all unpacked streams of a file, for looking for what must not be there."""
    parts = [value.unparse(resolved=True) for value in pdf.objects]
    parts += [value.stream_dict.unparse() for value in pdf.objects if isinstance(value, Stream)]
    parts += [value.read_bytes() for value in pdf.objects if isinstance(value, Stream)]
    return b"\n".join(parts)


def hostile(make: MakePdf) -> Path:
    """A page on which everything acts that can, drawn resources included."""
    pdf = make.new(2)
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    attached = pdf.make_indirect(Stream(pdf, b"MZ", Type=Name.EmbeddedFile))
    attachment = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=attached))
    page = pdf.pages[0].obj
    page["/AA"] = Dictionary(O=script)
    page["/PieceInfo"] = Dictionary(App=Dictionary(Private=String("private data")))
    page["/Annots"] = Array(
        [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=rectangle(0, 0, 50, 50),
                A=Dictionary(S=Name.Launch, F=attachment, Next=Array([script])),
            ),
            Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=rectangle(0, 0, 9, 9)),
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=rectangle(0, 0, 9, 9), FS=attachment),
        ]
    )
    form = Stream(
        pdf,
        b"0 0 5 5 re f",
        Subtype=Name.Form,
        BBox=rectangle(0, 0, 5, 5),
        AF=Array([attachment]),
        Metadata=pdf.make_indirect(Stream(pdf, b"<private data/>")),
        Ref=Dictionary(F=attachment, Page=0),
        PieceInfo=Dictionary(App=Dictionary(Private=script)),
    )
    outside = Stream(pdf, b"", Subtype=Name.Form, BBox=rectangle(0, 0, 5, 5), F=String("/etc/hostname"))
    page.Resources["/XObject"] = Dictionary(X0=pdf.make_indirect(form), X1=pdf.make_indirect(outside))
    page.Resources["/Properties"] = Dictionary(MC0=Dictionary(Metadata=attached, A=script))
    page.Resources["/ExtGState"] = Dictionary(G0=Dictionary(Deep=Array([Array([script])]), X=attachment))
    page.Resources.Font.F1["/Back"] = pdf.pages[1].obj
    pdf.Root["/OpenAction"] = script
    pdf.Root["/AcroForm"] = Dictionary(XFA=String("x"), Fields=Array())
    pdf.Root["/Names"] = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.attachments["note.txt"] = b"attached"
    return make.save(pdf, "hostile.pdf")


def test_nothing_that_acts_or_hides_gets_through(make: MakePdf, prober: Prober) -> None:
    source = hostile(make)
    found = prober.probe(source, MediaType.PDF, max_pages=9).active_content
    assert {"JavaScript", "Launch", "EmbeddedFile", "OpenAction", "XFA", "RichMedia", "External data"} <= {*found}
    out = prepare(prober, source)
    assert prober.probe(out, MediaType.PDF, max_pages=9).active_content == ()
    with pikepdf.open(out) as made:
        assert set(made.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in made.trailer
        text = everything(made)
        assert sum(is_page(value) for value in made.objects) == 2
    for word in (b"JavaScript", b"app.alert", b"Launch", b"EmbeddedFile", b"Annots", b"private data", b"/EF"):
        assert word not in text, word
    assert b"hostname" not in text


def is_page(value: object) -> bool:
    return isinstance(value, Dictionary) and value.get("/Type") == Name.Page


def test_streams_are_copied_as_they_are(make: MakePdf, prober: Prober) -> None:
    """Neither the page's content nor its pictures are packed anew."""
    pdf = make.new()
    picture = Stream(
        pdf,
        bytes(range(256)) * 3,
        Subtype=Name.Image,
        Width=16,
        Height=16,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
    )
    pdf.pages[0].obj.Resources["/XObject"] = Dictionary(Im0=pdf.make_indirect(picture))
    source = make.save(pdf)
    out = prepare(prober, source)
    with pikepdf.open(source) as before, pikepdf.open(out) as after:
        old, new = before.pages[0].obj, after.pages[0].obj.Resources.XObject.Evidence
        assert new.read_raw_bytes() == old.Contents.read_raw_bytes()
        assert new.Resources.XObject.Im0.read_raw_bytes() == old.Resources.XObject.Im0.read_raw_bytes()


def test_shared_resources_are_copied_once(make: MakePdf, prober: Prober) -> None:
    pdf = make.new(20)
    font = Stream(pdf, os.urandom(20_000))
    pdf.pages[0].obj.Resources.Font.F1["/FontDescriptor"] = Dictionary(FontFile=pdf.make_indirect(font))
    source = make.save(pdf)
    out = prepare(prober, source)
    assert out.stat().st_size < source.stat().st_size + 20_000


def test_the_form_can_be_copied_into_another_document(make: MakePdf, prober: Prober) -> None:
    source = make.page(Rotate=270, CropBox=rectangle(20, 20, 180, 280))
    out = prepare(prober, source)
    with pikepdf.open(out) as made, pikepdf.new() as packet:
        page = packet.add_blank_page(page_size=(260, 160)).obj
        form = packet.copy_foreign(made.pages[0].obj.Resources.XObject.Evidence)
        page["/Resources"] = Dictionary(XObject=Dictionary(E1=form))
        page["/Contents"] = Stream(packet, b"q 1 0 0 1 0 0 cm /E1 Do Q")
        copied = make.save(packet, "packet.pdf")
    assert difference(render(source), render(copied)) < SAME


def layered(make: MakePdf) -> pikepdf.Pdf:
    """A page with a layer that is on and one that is off."""
    pdf = make.new()
    off, on = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("off", "on"))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([off, on]), D=Dictionary(BaseState=Name.OFF, ON=Array([on])))
    pdf.pages[0].obj.Resources["/Properties"] = Dictionary(Off=off, On=on)
    return pdf


@pytest.mark.parametrize(
    ("policy", "groups", "shown"),
    [
        (None, ("Off",), False),
        (None, ("Off", "On"), True),
        ("/AllOn", ("Off", "On"), False),
        ("/AllOn", ("On",), True),
        ("/AnyOff", ("Off", "On"), True),
        ("/AnyOff", ("On",), False),
        ("/AllOff", ("Off", "On"), False),
        ("/AllOff", ("Off",), True),
        (None, (), True),
    ],
)
def test_membership_of_several_layers(
    make: MakePdf, prober: Prober, policy: str | None, groups: tuple[str, ...], shown: bool
) -> None:
    pdf = layered(make)
    page = pdf.pages[0].obj
    properties = page.Resources.Properties
    member = Dictionary(Type=Name.OCMD, OCGs=Array([properties[f"/{name}"] for name in groups]))
    if policy:
        member["/P"] = Name(policy)
    properties["/Member"] = pdf.make_indirect(member)
    page["/Contents"] = Stream(pdf, DRAWING + b"/OC /Member BDC BT /F1 9 Tf (Entwurf) Tj ET EMC")
    with pikepdf.open(prepare(prober, make.save(pdf))) as made:
        assert (b"Entwurf" in everything(made)) is shown


def test_hidden_layers_inside_forms_and_annotations(make: MakePdf, prober: Prober) -> None:
    pdf = layered(make)
    page = pdf.pages[0].obj
    off = page.Resources.Properties.Off
    content = b"1 0 0 rg /OC /Off BDC 0 0 200 300 re B* (a) ' EMC 10 10 40 40 re f"
    form = Stream(
        pdf,
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=rectangle(0, 0, 200, 300),
        Resources=Dictionary(Properties=Dictionary(Off=off)),
    )
    page.Resources["/XObject"] = Dictionary(X0=pdf.make_indirect(form))
    page["/Contents"] = Stream(pdf, b"/X0 Do")
    plain = make.save(pdf, "plain.pdf")
    assert_same_look(prober, plain)
    look = Stream(pdf, b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=rectangle(0, 0, 9, 9))
    stamp = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        Rect=rectangle(50, 50, 190, 290),
        F=4,
        OC=off,
        AP=Dictionary(N=pdf.make_indirect(look)),
    )
    page["/Annots"] = Array([stamp])
    # PDFium itself draws a hidden annotation.
    assert difference(render(plain), render(prepare(prober, make.save(pdf)))) < SAME


@pytest.fixture
def assorted(make: MakePdf, tmp_path: Path) -> list[Path]:
    """One file for each way in which pages are made."""
    filled = make.new()
    field(filled, V=String("two\nlines"), Ff=1 << 12)
    filled.Root.AcroForm["/NeedAppearances"] = True
    hidden = layered(make)
    hidden.pages[0].obj["/Contents"] = Stream(hidden, b"/OC /Off BDC 0 0 9 9 re f EMC")
    picture = tmp_path / "screen.png"
    Image.linear_gradient("L").convert("LA").save(picture)
    Image.linear_gradient("L").save(tmp_path / "photo.jpg")
    pdfs = [hostile(make), make.save(filled, "filled.pdf"), make.save(hidden, "hidden.pdf")]
    return [*pdfs, picture, tmp_path / "photo.jpg"]


def test_same_bytes_whatever_the_hash_seed_and_time_zone(assorted: list[Path], tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from poe_pack.evidence import child\n"
        "for name in sys.argv[2:]:\n"
        "    path = Path(name); kind = {'.pdf': 'pdf', '.png': 'png', '.jpg': 'jpeg'}[path.suffix]\n"
        "    out = str(Path(sys.argv[1]) / path.name)\n"
        "    request = dict(path=name, kind=kind, max_pages=9, out=out)\n"
        "    assert child.answer(request).state == 'ok'\n"
    )
    made = []
    for seed, zone in (("1", "UTC"), ("4242", "Asia/Shanghai")):
        out = tmp_path / seed
        out.mkdir()
        variables = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", program, str(out), *map(str, assorted)]
        subprocess.run(command, env=variables, check=True, timeout=60)
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert len(made[0]) == len(assorted)
    assert made[0] == made[1]
