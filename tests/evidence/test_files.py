"""Every state of a file that a claim names, and every kind by its leading bytes."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import zipfile
from pathlib import Path

import pytest

from poe_pack.evidence import FileFacts, FileState, MediaType, inspect_file
from poe_pack.evidence.files import copy_file
from poe_pack.evidence.kinds import media_type_of

LIMIT = 10_000


def look(folder: Path, path: str) -> FileFacts:
    return inspect_file(folder, path, max_bytes=LIMIT)


def test_a_present_file_has_kind_size_and_digest(tmp_path: Path) -> None:
    data = b"%PDF-1.7\n" + bytes(3000)
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "rechnung å.pdf").write_bytes(data)
    facts = look(tmp_path, "evidence/rechnung å.pdf")
    digest = hashlib.sha256(data).hexdigest()
    assert facts == FileFacts("evidence/rechnung å.pdf", FileState.PRESENT, 3009, MediaType.PDF, digest)


def test_missing_empty_too_large(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "large.pdf").write_bytes(b"%PDF-" + bytes(LIMIT))
    (tmp_path / "limit.pdf").write_bytes(b"%PDF-" + bytes(LIMIT - 5))
    assert look(tmp_path, "no.pdf").state is FileState.MISSING
    assert look(tmp_path, "no/folder/x.pdf").state is FileState.MISSING
    assert look(tmp_path, "empty.txt/x.pdf").state is FileState.MISSING
    assert look(tmp_path / "nowhere", "x.pdf").state is FileState.MISSING
    empty = look(tmp_path, "empty.txt")
    assert (empty.state, empty.size, empty.media_type) == (FileState.EMPTY, 0, None)
    assert empty.sha256 == hashlib.sha256().hexdigest()
    large = look(tmp_path, "large.pdf")
    assert large == FileFacts("large.pdf", FileState.TOO_LARGE, LIMIT + 5, None, None)
    assert look(tmp_path, "limit.pdf").state is FileState.PRESENT


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/hostname",
        "..",
        "../x.pdf",
        "evidence/../../x.pdf",
        "a\0b",
        "a\nb.pdf",
        "a\rb.pdf",
        "a\tb.pdf",
        "a\x1b[31mb.pdf",
        "a\x85b.pdf",
        "a\u2028b.pdf",
        "invoice\u202efdp.exe",
        "a\udcffb.pdf",
    ],
)
def test_names_that_leave_the_folder_or_hide_something(tmp_path: Path, path: str) -> None:
    assert look(tmp_path, path) == FileFacts(path, FileState.LEAVES_FOLDER, 0, None, None)


def test_two_dots_within_a_name_are_fine(tmp_path: Path) -> None:
    (tmp_path / "a..b.txt").write_text("text")
    assert look(tmp_path, "./a..b.txt").state is FileState.PRESENT


def test_links_are_not_followed_in_any_component(tmp_path: Path) -> None:
    claim = tmp_path / "claim"
    (claim / "real").mkdir(parents=True)
    (claim / "real" / "x.txt").write_text("text")
    (claim / "file").symlink_to(claim / "real" / "x.txt")
    (claim / "folder").symlink_to(claim / "real", target_is_directory=True)
    (claim / "loop").symlink_to(claim / "loop")
    (claim / "dangling").symlink_to("/nonexistent")
    (tmp_path / "way").symlink_to(claim, target_is_directory=True)
    for path in ("file", "folder/x.txt", "loop", "loop/x.txt", "dangling"):
        assert look(claim, path).state is FileState.IS_LINK, path
    assert look(tmp_path / "way", "real/x.txt").state is FileState.PRESENT


def test_a_link_put_in_place_after_the_look_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.txt").write_text("text")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "y.txt").write_text("text")
    monkeypatch.setattr("poe_pack.evidence.files._require", lambda *_, **__: None)
    (tmp_path / "link").symlink_to("x.txt")
    (tmp_path / "way").symlink_to("folder")
    assert look(tmp_path, "link").state is FileState.IS_LINK
    assert look(tmp_path, "way/y.txt").sha256 is None
    os.mkfifo(tmp_path / "pipe")
    assert look(tmp_path, "pipe").state is FileState.NOT_A_FILE


def test_folders_pipes_sockets_and_devices_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "socket"))  # A socket's whole path may have 107 bytes.
    for path in ("folder", "pipe", "socket", "."):
        assert look(tmp_path, path).state is FileState.NOT_A_FILE, path
    assert inspect_file(Path("/dev"), "null", max_bytes=LIMIT).state is FileState.NOT_A_FILE


def test_no_permission_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.txt").write_text("text")
    assert look(tmp_path, "x" * 300).state is FileState.UNREADABLE

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "no")

    monkeypatch.setattr("poe_pack.evidence.files.os.read", refuse)
    assert look(tmp_path, "x.txt").state is FileState.UNREADABLE


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_a_file_without_read_permission(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("text")
    (tmp_path / "x.txt").chmod(0)
    assert look(tmp_path, "x.txt").state is FileState.UNREADABLE


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.txt").write_text("text")
    monkeypatch.setattr("poe_pack.evidence.files.os.read", lambda *_: bytes(LIMIT))
    facts = look(tmp_path, "x.txt")
    assert (facts.state, facts.size) == (FileState.TOO_LARGE, 2 * LIMIT)


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("text")
    (tmp_path / "a" / "link").symlink_to("x.txt")
    probe = os.open(tmp_path, os.O_RDONLY)
    os.close(probe)
    for path in ("a/x.txt", "a/link", "a/no", "a"):
        look(tmp_path, path)
    again = os.open(tmp_path, os.O_RDONLY)
    os.close(again)
    assert again == probe


def office(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "<x/>" * 50)
    return out.getvalue()


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return out.getvalue()


MAIL = b"Received: from a\r\nFrom: a@b.example\r\nTo: c@d.example\r\nSubject: Invitation\r\n\r\nHello\r\n"

KINDS: list[tuple[bytes, str, MediaType | None]] = [
    (b"%PDF-1.4\n", "", MediaType.PDF),
    (b"\n" * 500 + b"%PDF-1.4\n", "", MediaType.PDF),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "", MediaType.PNG),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "", MediaType.JPEG),
    (b"II*\0\x08\0\0\0", "", MediaType.TIFF),
    (b"MM\0*\0\0\0\x08", "", MediaType.TIFF),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "", MediaType.WEBP),
    (b"RIFF\x10\0\0\0WAVEfmt ", "", MediaType.WAV),
    (b"RIFF\x10\0\0\0AVI LIST", "", None),
    (b"GIF89a\1\0\1\0", "", MediaType.GIF),
    (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "", MediaType.BMP),
    (b"\0\0\0\x18ftypheic", "", MediaType.HEIC),
    (b"\0\0\0\x20ftypisom\0\0\2\0", "", MediaType.MP4),
    (b"\0\0\0\x14ftypqt  ", "", MediaType.MOV),
    (b"\x1a\x45\xdf\xa3\x9f", "", MediaType.WEBM),
    (b"ID3\4\0", "", MediaType.MP3),
    (b'<?xml version="1.0"?>\n<!-- made -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', "", MediaType.SVG),
    (b"<svg viewBox='0 0 1 1'/>", "", MediaType.SVG),
    (b"<!DOCTYPE html><p>x", "", MediaType.HTML),
    (b'<?xml version="1.0"?><Invoice/>', "", MediaType.XML),
    (office("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "", MediaType.DOCX),
    (office("docProps/app.xml", "xl/workbook.xml"), "", MediaType.XLSX),
    (office("[Content_Types].xml", "ppt/presentation.xml"), "", MediaType.PPTX),
    (open_document(), "", MediaType.ODT),
    (office("photos/stage.jpg"), "", MediaType.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", MediaType.OLE),
    (b"{\\rtf1", "", MediaType.RTF),
    (b"MZ\x90\0\3\0\0\0", "", MediaType.PROGRAM),
    (b"#!/bin/sh\n", "note.txt", MediaType.PROGRAM),
    (MAIL, "", MediaType.EML),
    (b"Subject: short\n\nHello", "mail.eml", MediaType.EML),
    (b"Subject: short\n\nHello", "note.txt", MediaType.TXT),
    (b"To: do list\n", "", MediaType.TXT),
    (b"name;clicks\nbanner;12\n", "results.CSV", MediaType.CSV),
    (b"name;clicks\nbanner;12\n", "results.txt", MediaType.TXT),
    ("Göteborg".encode("utf-16"), "", MediaType.TXT),
    ("Göteborg".encode("latin-1"), "", MediaType.TXT),
    (("x" * 9 + "å").encode()[:-1], "", MediaType.TXT),
    (b"\0\1\2\3", "", None),
    (b"\x81\x8d\x8f", "", None),
    (b"", "", None),
]


@pytest.mark.parametrize(("head", "name", "kind"), KINDS)
def test_kind_by_leading_bytes(head: bytes, name: str, kind: MediaType | None) -> None:
    assert media_type_of(head, name) is kind


def test_suffixes_fit_the_kind() -> None:
    assert MediaType.PDF.suffixes == (".pdf",)
    assert ".jpg" in MediaType.JPEG.suffixes
    assert ".jpeg" in MediaType.JPEG.suffixes
    for kind in MediaType:
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in kind.suffixes)


def test_a_copy_is_the_file_that_was_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    file, target = tmp_path / "a/b.pdf", tmp_path / "copy"
    file.write_bytes(b"%PDF-1.7 " * 300_000)
    facts = inspect_file(tmp_path, "a/b.pdf", max_bytes=10**7)
    assert copy_file(tmp_path, facts, target) == facts.sha256
    assert target.read_bytes() == file.read_bytes()
    with pytest.raises(FileExistsError):
        copy_file(tmp_path, facts, target)


def test_what_took_the_place_of_a_file_is_not_copied(tmp_path: Path) -> None:
    file = tmp_path / "b.pdf"
    file.write_bytes(b"%PDF-1.7")
    facts = inspect_file(tmp_path, "b.pdf", max_bytes=100)
    file.write_bytes(b"%PDF-1.7 and more")
    assert copy_file(tmp_path, facts, tmp_path / "longer") is None
    file.write_bytes(b"%PDF-1.6")
    assert copy_file(tmp_path, facts, tmp_path / "other") not in (None, facts.sha256)
    file.unlink()
    assert copy_file(tmp_path, facts, tmp_path / "gone") is None
    os.mkfifo(file)
    assert copy_file(tmp_path, facts, tmp_path / "pipe") is None
    file.unlink()
    file.symlink_to("/dev/zero")
    assert copy_file(tmp_path, facts, tmp_path / "link") is None


def test_a_pointer_of_git_lfs_is_not_the_file(tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12\n"
    cases = {
        pointer: FileState.LFS_POINTER,
        pointer.replace(b"\noid", b"\next-0-x sha256:b\noid"): FileState.LFS_POINTER,
        pointer + b"x" * 1024: FileState.PRESENT,
        b" " + pointer: FileState.PRESENT,
        pointer.replace(b"oid", b"old"): FileState.PRESENT,
    }
    for data, state in cases.items():
        (tmp_path / "a.pdf").write_bytes(data)
        assert inspect_file(tmp_path, "a.pdf", max_bytes=10**6).state is state
