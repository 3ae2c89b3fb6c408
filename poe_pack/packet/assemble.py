"""Our pages and the evidence into one PDF: frames are filled, originals attached, nothing depends on a clock."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name

from poe_pack.evidence.saving import save
from poe_pack.packet.sheets import Sheet
from poe_pack.packet.taking import Taken

_FORM = Name("/PoeExhibit")
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "gif": "image/gif",
    "webp": "image/webp",
    "csv": "text/csv",
    "txt": "text/plain",
    "eml": "message/rfc822",
    "mp4": "video/mp4",
}


class Original(Struct, frozen=True):
    """A file to attach: its exhibit, where it lies, what it is called."""

    taken: Taken
    path: Path
    name: str
    description: str


class Attachment(Struct, frozen=True):
    """A file to attach, by its name and bytes."""

    name: str
    data: bytes
    description: str


def assemble(
    pages: bytes,
    frames: Sequence[tuple[int, Sheet]],
    originals: Sequence[Original],
    manifest: Attachment,
    dated: datetime | date | None,
    target: Path,
) -> None:
    """Write the packet to `target`.

    `pages` is the laid-out PDF; `frames` are page indexes with the sheet whose evidence goes there; `dated` becomes
    the attachments' date. The manifest's bytes are in the file as they are. The same input gives the same bytes.
    Raises OSError.
    """
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        _fill(pdf, frames)
        _attach(pdf, originals, manifest, dated)
        _finish(pdf)
        save(
            pdf,
            target,
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )


def _fill(pdf: pikepdf.Pdf, frames: Sequence[tuple[int, Sheet]]) -> None:
    """Draw each evidence page into its frame. Files are opened one after the other, each once."""
    by_file: dict[Path, list[tuple[int, Sheet]]] = {}
    for place, sheet in frames:
        if sheet.taken.pdf is not None:
            by_file.setdefault(sheet.taken.pdf, []).append((place, sheet))
    for path, members in by_file.items():
        with pikepdf.open(path) as evidence:
            for place, sheet in members:
                form = evidence.pages[sheet.number - 1].Resources.XObject.Evidence
                _draw(pdf, pdf.pages[place], pdf.copy_foreign(form), sheet)


def _draw(pdf: pikepdf.Pdf, page: pikepdf.Page, form: pikepdf.Object, sheet: Sheet) -> None:
    assert sheet.frame is not None
    height = float(page.mediabox[3]) - float(page.mediabox[1])
    matrix = " ".join(f"{number:.6f}".rstrip("0").rstrip(".") for number in sheet.frame.matrix(height))
    # WeasyPrint's pages share one dictionary of resources: this page gets its own.
    resources = Dictionary(dict(page.obj.Resources.items()))
    resources.XObject = Dictionary({**dict(resources.get("/XObject", Dictionary()).items()), str(_FORM): form})
    page.obj.Resources = resources
    content = f"/Artifact BMC\nq {matrix} cm {_FORM} Do Q\nEMC".encode("ascii")
    page.contents_add(pdf.make_stream(content), prepend=True)


def _attach(
    pdf: pikepdf.Pdf, originals: Sequence[Original], manifest: Attachment, dated: datetime | date | None
) -> None:
    specs = Array()
    for original in originals:
        media_type = original.taken.facts.media_type if original.taken.facts is not None else None
        mime_type = _MEDIA_TYPES.get(media_type.value if media_type else "", "application/octet-stream")
        data = Attachment(original.name, original.path.read_bytes(), original.description)
        specs.append(_attached(pdf, data, mime_type, Name.Source, dated))
    specs.append(_attached(pdf, manifest, "application/json", Name.Supplement, dated))
    pdf.Root.AF = specs


def _attached(
    pdf: pikepdf.Pdf, file: Attachment, mime_type: str, relationship: Name, dated: datetime | date | None
) -> pikepdf.Object:
    """Attach a file; returns its specification, which belongs among the associated files."""
    stamp = _stamp(dated)
    spec = pikepdf.AttachedFileSpec(
        pdf,
        file.data,
        filename=file.name,
        description=file.description,
        mime_type=mime_type,
        creation_date=stamp,
        mod_date=stamp,
    )
    spec.relationship = relationship
    pdf.attachments[file.name] = spec
    return pdf.attachments[file.name].obj


def _finish(pdf: pikepdf.Pdf) -> None:
    """Labels of pages equal their numbers; the file opens with its bookmarks, under its title."""
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    pdf.Root.PageMode = Name.UseOutlines
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    preferences.DisplayDocTitle = True
    pdf.Root.ViewerPreferences = preferences


def _stamp(dated: datetime | date | None) -> str:
    """A PDF date in UTC; without a date in the documents, the first one that PDF knows."""
    if dated is None:
        moment = datetime(1970, 1, 1, tzinfo=UTC)
    elif isinstance(dated, datetime):
        moment = dated.astimezone(UTC)
    else:
        moment = datetime.combine(dated, time(), tzinfo=UTC)
    return moment.strftime("D:%Y%m%d%H%M%SZ")
