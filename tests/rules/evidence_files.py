"""Evidence files of cases: the least PDF, picture or package that is what its kind says."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence


def pdf(label: str = "", pages: int = 1) -> bytes:
    """The least PDF with that many empty pages; another label makes it another file."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} /MediaBox [0 0 200 300] >>",
        *["<< /Type /Page /Parent 2 0 R >>"] * pages,
    ]
    out, offsets = f"%PDF-1.7\n% {label}\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def png(label: str = "", width: int = 600, height: int = 600) -> bytes:
    """A white picture; another label makes it another file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress((b"\0" + b"\xff" * (-(-width // 8))) * height)
    chunks = {b"IHDR": head, b"tEXt": b"Title\0" + label.encode(), b"IDAT": rows, b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks.items())


def _locked_pdf(label: str) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(label))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return out.getvalue()


def _with(label: str, *, script: bool = False, files: int = 0) -> bytes:
    """A PDF that runs a script when it is opened, or with so many files inside, or both."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(label))) as document:
        if script:
            document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        for number in range(files):
            name = f"{number}.xml"
            document.attachments[name] = b"<x/>"
        document.save(out)
    return out.getvalue()


def _macro_docx(label: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", f"<Types><!-- {label} --></Types>")
        package.writestr("word/document.xml", "<document/>")
        package.writestr("word/vbaProject.bin", b"macro")
    return out.getvalue()


def _text_pdf(lines: Sequence[str], label: str) -> bytes:
    """A page with these lines; another label makes it another file."""
    from tests.invoices.drawing import Put, text_pdf

    puts = [
        Put(40 + 180 * column, 800 - 16 * row, text)
        for row, line in enumerate(lines)
        for column, text in enumerate(line.split(" | "))
    ]
    return text_pdf([puts]) + f"\n% {label}\n".encode()


def _photo(taken: str, label: str) -> bytes:
    """A white photo, taken at noon of a day by the camera's clock; another label makes it another file."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = label  # without a field of its own Pillow writes none of the camera's
    exif[0x8769] = {0x9003: f"{taken.replace('-', ':')} 12:00:00"}
    out = io.BytesIO()
    Image.new("L", (600, 600), 255).save(out, "JPEG", exif=exif)
    return out.getvalue()


def evidence(kind: str | Sequence[str] | Mapping[str, str], label: str) -> bytes:
    """A file as cases name it: a kind, the lines of a PDF, or the day of a photo; another label makes it another."""
    if isinstance(kind, str):
        return _EVIDENCE[kind](label)
    return _photo(kind["taken"], label) if isinstance(kind, Mapping) else _text_pdf(kind, label)


_EVIDENCE: Mapping[str, Callable[[str], bytes]] = {
    "pdf": pdf,
    "png": png,
    "low-png": lambda label: png(label, 600, 599),
    "narrow-png": lambda label: png(label, 599, 600),
    "two-page-pdf": lambda label: pdf(label, 2),
    "locked-pdf": _locked_pdf,
    "damaged-pdf": lambda label: pdf(label)[:40],
    "script-pdf": lambda label: _with(label, script=True),
    "files-pdf": lambda label: _with(label, files=2),
    "script-and-file-pdf": lambda label: _with(label, script=True, files=1),
    "macro-docx": _macro_docx,
}
