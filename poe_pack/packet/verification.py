"""Whether a packet is still what it was made as, and what it was made from is still the same, file by file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from poe_pack.documents.files import read_start
from poe_pack.evidence.attached import MAX_MANIFEST, Attached
from poe_pack.evidence.facts import ProbeState
from poe_pack.evidence.files import inspect_file
from poe_pack.evidence.prober import Prober
from poe_pack.packet.folder import files_below
from poe_pack.packet.manifest_reading import MANIFEST, PACKET, File, Manifest, NoManifest, read_manifest
from poe_pack.packet.originals import against_commit, against_tree
from poe_pack.packet.sealing import seal_of
from poe_pack.packet.verified import Comparison, FileState, FileVerdict, Place, Verification, judge_digest


class Unusable(Exception):
    """There is no packet that could be checked; `key` ends a message key, `detail` is one line or empty."""

    def __init__(self, key: str, detail: str = "") -> None:
        super().__init__(key)
        self.key, self.detail = key, detail


def packets_at(path: Path) -> tuple[Place, ...]:
    """The packets that a path names: a PDF, the folder of one packet, or a folder of such folders.

    Where several partners claim, they have a folder each in between.
    """
    if not path.is_dir():
        return (Place(str(path), path, None),)
    if _holds_packet(path):
        return (Place(str(path), path / PACKET, path),)
    inner: list[Path] = []
    for folder in _folders_in(path):
        inner += [folder] if _holds_packet(folder) else filter(_holds_packet, _folders_in(folder))
    return tuple(Place(str(folder), folder / PACKET, folder) for folder in inner) or (Place(str(path), None, path),)


def _folders_in(path: Path) -> list[Path]:
    try:
        names = sorted(name for name in os.listdir(path) if not name.startswith("."))
    except OSError:
        return []
    return [path / name for name in names if (path / name).is_dir()]


def verify(place: Place, prober: Prober, repository: Path | None) -> Verification:
    """Check one packet against itself and against the repository whose git root (or else root) is `repository`.

    Never raises for what the packet or the repository holds. Raises ProbingUnavailable.
    """
    try:
        return _verify(place, prober, repository)
    except Unusable as problem:
        return Verification(place, problem=problem.key, detail=problem.detail)
    except OSError as error:
        return Verification(place, problem="unreadable", detail=(error.strerror or type(error).__name__).lower())


def _verify(place: Place, prober: Prober, repository: Path | None) -> Verification:
    raw, attached = _inside(place, prober)
    beside = _beside(place)
    reference = raw if raw is not None else beside
    if reference is None:
        raise Unusable("no_packet")
    try:
        manifest = read_manifest(reference)
    except NoManifest as error:
        raise Unusable(str(error)) from error
    return Verification(
        place,
        manifest=manifest,
        seal=None if raw is None or place.pdf is None else seal_of(place.pdf, raw),
        attachments=Comparison(not_checked="no_pdf") if attached is None else _attachments(manifest, attached),
        folder=_folder(place, manifest, reference, beside),
        commit=against_commit(manifest, repository),
        work_tree=against_tree(manifest, repository),
    )


def _holds_packet(folder: Path) -> bool:
    return any(os.path.lexists(folder / name) for name in (MANIFEST, PACKET))


def _inside(place: Place, prober: Prober) -> tuple[bytes | None, Sequence[Attached] | None]:
    """The manifest in the PDF and what else is attached; nothing where there is no PDF but its folder."""
    if place.pdf is None or not os.path.lexists(place.pdf):
        if place.folder is None:
            raise Unusable("no_such_file")
        return None, None
    if not place.pdf.is_file():
        raise Unusable("not_a_file")
    # What is opened is a file, even where somebody named a link to it.
    contents = prober.unpack(Path(os.path.realpath(place.pdf)), MANIFEST)
    if contents.state is not ProbeState.OK:
        raise Unusable("cannot_open", contents.detail)
    if contents.manifest is None:
        raise Unusable("nothing_inside")
    return contents.manifest, contents.attachments


def _beside(place: Place) -> bytes | None:
    """The manifest that lies in the folder."""
    if place.folder is None:
        return None
    try:
        return read_start(place.folder / MANIFEST, MAX_MANIFEST)
    except OSError:
        return None


def _attachments(manifest: Manifest, attached: Sequence[Attached]) -> Comparison:
    """The PDF's attachments beside the files of the upload folder that the manifest gives exhibits."""
    names = {exhibit.upload for exhibit in manifest.exhibits}
    uploads = [(file.path.removeprefix("upload/"), file) for file in manifest.outputs]
    expected = {name: file for name, file in uploads if name in names and file.path == f"upload/{name}"}
    found: dict[str, Attached] = {}
    more = []
    for entry in attached:
        if entry.name in expected and entry.name not in found:
            found[entry.name] = entry
        else:
            more.append(FileVerdict(entry.name, FileState.ADDED, None, entry.sha256))
    digests = {name: entry.sha256 for name, entry in found.items()}
    return Comparison((*(judge_digest(name, file, digests.get(name)) for name, file in expected.items()), *more))


def _folder(place: Place, manifest: Manifest, reference: bytes, beside: bytes | None) -> Comparison:
    """The files of the folder beside the manifest; the PDF's own bytes are the seal's matter."""
    if place.folder is None:
        return Comparison(not_checked="pdf_only")
    own = File(MANIFEST, len(reference), hashlib.sha256(reference).hexdigest())
    expected = {file.path: file for file in (*manifest.outputs, own)}
    there = set(files_below(place.folder))
    verdicts = [_in_folder(place.folder, file, there) for file in expected.values()]
    if PACKET not in there:
        verdicts.append(FileVerdict(PACKET, FileState.MISSING, None, None))
    more = sorted(there - expected.keys() - {PACKET})
    return Comparison((*verdicts, *(FileVerdict(name, FileState.ADDED, None, None) for name in more)))


def _in_folder(folder: Path, file: File, there: set[str]) -> FileVerdict:
    if file.path not in there:
        return FileVerdict(file.path, FileState.MISSING, file.sha256, None)
    found = inspect_file(folder, file.path, max_bytes=file.bytes).sha256
    state = FileState.SAME if found == file.sha256 else FileState.CHANGED
    return FileVerdict(file.path, state, file.sha256, found)


def summary_of(verifications: Sequence[Verification]) -> Mapping[str, int]:
    """How many packets are the same, differ, or could not be checked."""
    verdicts = [verification.verdict.value for verification in verifications]
    return {name: verdicts.count(name) for name in ("same", "differs", "unusable")}
