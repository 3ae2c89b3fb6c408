"""`verify` beside a packet's own manifest: every changed byte is told, and the file that holds it."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from poe_pack.evidence.prober import Prober
from poe_pack.packet.manifest_reading import NoManifest, read_manifest
from poe_pack.packet.sealing import Seal
from poe_pack.packet.verification import packets_at, verify
from poe_pack.packet.verified import Comparison, FileState, Verdict, Verification
from tests.packet.conftest import Built


@pytest.fixture
def folder(built: Built, tmp_path: Path) -> Path:
    """A copy of the sample's packet that a test may change."""
    return Path(shutil.copytree(built.folder, tmp_path / "packet"))


def look(path: Path, prober: Prober, repository: Path | None = None) -> Verification:
    (place,) = packets_at(path)
    return verify(place, prober, repository)


def told(part: Comparison) -> dict[str, str]:
    """Files that are not the same."""
    return {file.path: file.state.value for file in part.files if file.state is not FileState.SAME}


def test_as_it_was_made(built: Built, prober: Prober) -> None:
    found = look(built.folder, prober, built.result.base)
    assert (found.verdict, found.seal, found.problem) == (Verdict.SAME, Seal.WHOLE, None)
    uploads = [path.name for path in (built.folder / "upload").iterdir() if not path.name.startswith("00-")]
    assert sorted(file.path for file in found.attachments.files) == sorted(uploads)
    there = {str(path.relative_to(built.folder)) for path in built.folder.rglob("*") if path.is_file()}
    assert {file.path for file in found.folder.files} == there - {"packet.pdf"}
    assert found.commit.not_checked == "outside_git"
    assert len(found.work_tree.files) == 3 + len(uploads)


def test_the_manifest_inside_is_that_of_the_folder(built: Built, prober: Prober) -> None:
    inside = prober.unpack(built.packet, "manifest.json").manifest
    assert inside == (built.folder / "manifest.json").read_bytes()
    with pikepdf.open(built.packet) as pdf:
        assert pdf.attachments["manifest.json"].get_file().read_bytes() == inside


def test_a_pdf_alone(built: Built, prober: Prober, tmp_path: Path) -> None:
    moved = tmp_path / "as mailed.pdf"
    shutil.copy(built.packet, moved)
    found = look(moved, prober)
    assert (found.verdict, found.seal) == (Verdict.SAME, Seal.WHOLE)
    assert (found.folder.not_checked, found.work_tree.not_checked) == ("pdf_only", "outside_repository")


def rewrite(path: Path, change: Callable[[pikepdf.Pdf], None]) -> None:
    """Change a PDF and write it as poe-pack does."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def one_byte(pdf: pikepdf.Pdf) -> None:
    stream = pdf.attachments["03-event-agenda.pdf"].obj.EF.F
    raw = bytearray(stream.read_bytes())
    raw[len(raw) // 2] ^= 1
    stream.write(bytes(raw))


def test_a_byte_of_an_attachment_changed_with_a_library(folder: Path, prober: Prober) -> None:
    rewrite(folder / "packet.pdf", one_byte)
    found = look(folder / "packet.pdf", prober)
    assert (found.verdict, found.seal) == (Verdict.DIFFERS, Seal.BROKEN)
    assert told(found.attachments) == {"03-event-agenda.pdf": "changed"}


@pytest.mark.parametrize(
    "name", ["01-third-party-invoice-10482.pdf", "04-event-photo-stage.jpg", "06-attendee-list.csv"]
)
def test_a_byte_of_an_attachment_changed_in_the_file(folder: Path, prober: Prober, name: str) -> None:
    original, packet = (folder / "upload" / name).read_bytes(), folder / "packet.pdf"
    raw = packet.read_bytes()
    copies = [match.start() for match in re.finditer(re.escape(original), raw)]  # a photo is on its page, too
    for place in (0, len(original) // 2, len(original) - 1):
        states = []
        for at in (copy + place for copy in copies):
            packet.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
            found = look(packet, prober)
            assert (found.verdict, found.seal) == (Verdict.DIFFERS, Seal.BROKEN)
            states.append(told(found.attachments))
        assert states.count({name: "changed"}) == 1
        assert states.count({}) == len(copies) - 1


def test_a_byte_anywhere_is_never_passed(folder: Path, prober: Prober) -> None:
    """Pages, bookmarks, structure, the manifest itself: it differs, or is no packet any more."""
    packet = folder / "packet.pdf"
    raw, dice = packet.read_bytes(), random.Random(5)
    verdicts = set()
    for at in [*(dice.randrange(len(raw)) for _ in range(60)), 0, len(raw) - 1, raw.index(b'"seal": "') + 20]:
        packet.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << dice.randrange(8))]) + raw[at + 1 :])
        verdict = look(packet, prober).verdict
        assert verdict is not Verdict.SAME, at
        verdicts.add(verdict)
    assert Verdict.DIFFERS in verdicts


def test_another_page_with_all_attachments_left_alone(folder: Path, prober: Prober) -> None:
    def erase(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"1 g 0 0 600 800 re f")

    rewrite(folder / "packet.pdf", erase)
    found = look(folder, prober)
    assert (found.verdict, found.seal) == (Verdict.DIFFERS, Seal.BROKEN)
    assert told(found.attachments) == told(found.folder) == {}


def test_a_comment_behind_the_packet(folder: Path, prober: Prober) -> None:
    with (folder / "packet.pdf").open("ab") as file:
        file.write(b"% a remark\n%%EOF\n")
    found = look(folder, prober)
    assert (found.verdict, found.seal) == (Verdict.DIFFERS, Seal.EXTENDED)


def test_attachments_missing_added_and_doubled(folder: Path, prober: Prober) -> None:
    def swap(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments["03-event-agenda.pdf"]
        pdf.attachments["99-more.txt"] = b"more"
        pdf.attachments["99-again"] = b"name\nB\n"
        pdf.attachments["99-again"].obj.UF = pikepdf.String("06-attendee-list.csv")

    rewrite(folder / "packet.pdf", swap)
    found = look(folder, prober)
    states = sorted((file.path, file.state.value) for file in found.attachments.files if file.state != "same")
    assert states == [("03-event-agenda.pdf", "missing"), ("06-attendee-list.csv", "added"), ("99-more.txt", "added")]


def test_the_folder_file_by_file(folder: Path, prober: Prober) -> None:
    upload = folder / "upload"
    (upload / "03-event-agenda.pdf").unlink()
    with (upload / "06-attendee-list.csv").open("a") as file:
        file.write("B\n")
    (upload / "04-event-photo-stage.jpg").unlink()
    (upload / "04-event-photo-stage.jpg").symlink_to("05-event-photo-room.png")
    (upload / "99-more.pdf").touch()
    (upload / ".DS_Store").touch()
    (folder / "manifest.json").write_text("{}")
    found = look(folder, prober)
    assert (found.verdict, found.seal) == (Verdict.DIFFERS, Seal.WHOLE)
    assert told(found.attachments) == {}
    assert told(found.folder) == {
        "manifest.json": "changed",
        "upload/03-event-agenda.pdf": "missing",
        "upload/04-event-photo-stage.jpg": "changed",
        "upload/06-attendee-list.csv": "changed",
        "upload/99-more.pdf": "added",
    }


def test_a_folder_without_its_pdf(folder: Path, prober: Prober) -> None:
    (folder / "packet.pdf").unlink()
    found = look(folder, prober)
    assert (found.verdict, found.seal, told(found.folder)) == (Verdict.DIFFERS, None, {"packet.pdf": "missing"})
    assert found.attachments.not_checked == "no_pdf"


def test_a_folder_without_its_manifest(folder: Path, prober: Prober) -> None:
    (folder / "manifest.json").unlink()
    found = look(folder, prober)
    assert (found.verdict, found.seal, told(found.folder)) == (
        Verdict.DIFFERS,
        Seal.WHOLE,
        {"manifest.json": "missing"},
    )


def _no_manifest(folder: Path) -> None:
    rewrite(folder / "packet.pdf", lambda pdf: pdf.attachments.__delitem__("manifest.json"))


def _encrypted(folder: Path) -> None:
    with pikepdf.open(folder / "packet.pdf", allow_overwriting_input=True) as pdf:
        pdf.save(folder / "packet.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))


def _manifest(text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        def put(pdf: pikepdf.Pdf) -> None:
            pdf.attachments["manifest.json"].obj.EF.F.write(text.encode())

        rewrite(folder / "packet.pdf", put)

    return change


def _folder_instead(folder: Path) -> None:
    (folder / "packet.pdf").unlink()
    (folder / "packet.pdf").mkdir()


def _link_to_nothing(folder: Path) -> None:
    (folder / "packet.pdf").unlink()
    (folder / "packet.pdf").symlink_to("nothing")


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut off": (lambda folder: (folder / "packet.pdf").write_bytes(b"%PDF-1.7\n1 0 obj"), "cannot_open"),
    "empty": (lambda folder: (folder / "packet.pdf").write_bytes(b""), "cannot_open"),
    "password": (_encrypted, "cannot_open"),
    "no manifest": (_no_manifest, "nothing_inside"),
    "no JSON": (_manifest("{"), "no_manifest"),
    "other JSON": (_manifest('{"schema_version": 1}'), "no_manifest"),
    "deep JSON": (_manifest("[" * 200_000), "no_manifest"),
    "a newer version": (_manifest('{"schema_version": 2}'), "other_version"),
    "a folder": (_folder_instead, "not_a_file"),
    "a link to nothing": (_link_to_nothing, "not_a_file"),
}


@pytest.mark.parametrize(("damage", "problem"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_checked(folder: Path, prober: Prober, damage: Callable[[Path], object], problem: str) -> None:
    damage(folder)
    found = look(folder, prober)
    assert (found.verdict, found.problem) == (Verdict.UNUSABLE, problem)


def test_an_attachment_that_unpacks_without_end_is_stopped(folder: Path) -> None:
    def bomb(pdf: pikepdf.Pdf) -> None:
        from tests.evidence.samples import flate_bomb

        stream = pdf.attachments["06-attendee-list.csv"].obj.EF.F
        stream.write(flate_bomb(900), filter=pikepdf.Name.FlateDecode)

    rewrite(folder / "packet.pdf", bomb)
    with Prober(memory_bytes=400 << 20) as small:
        found = look(folder, small)
        assert (found.verdict, found.problem) == (Verdict.UNUSABLE, "cannot_open")


def _tree(pdf: pikepdf.Pdf, *names: object) -> None:
    pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array(names))


def _loop(pdf: pikepdf.Pdf) -> None:
    node = pdf.make_indirect(pikepdf.Dictionary(Limits=pikepdf.Array([pikepdf.String("a"), pikepdf.String("z")])))
    node.Kids = pikepdf.Array([node, node])
    pdf.Root.Names.EmbeddedFiles = node


def _no_file(pdf: pikepdf.Pdf) -> None:
    a = pikepdf.String("a")
    _tree(pdf, a, pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=a))


def _no_stream(pdf: pikepdf.Pdf) -> None:
    a = pikepdf.String("a")
    _tree(pdf, a, pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=a, EF=pikepdf.Dictionary(F=7)))


def _endless(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x"] = b"x"
    one = pdf.attachments["x"].obj
    _tree(pdf, *(part for number in range(20_000) for part in (pikepdf.String(f"{number:06}"), one)))


def _no_names(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = 5


TREES = (_loop, _no_file, _no_stream, _endless, _no_names)


@pytest.mark.parametrize("build", TREES, ids=[build.__name__ for build in TREES])
def test_lists_of_attachments_that_nobody_of_ours_wrote(
    folder: Path, prober: Prober, build: Callable[[pikepdf.Pdf], None]
) -> None:
    rewrite(folder / "packet.pdf", build)
    found = look(folder, prober)
    assert (found.verdict, found.problem in ("cannot_open", "nothing_inside")) == (Verdict.UNUSABLE, True)


def test_places(folder: Path, tmp_path: Path, built: Built) -> None:
    shutil.copytree(built.folder, tmp_path / "all" / "b")
    shutil.copytree(built.folder, tmp_path / "all" / "a")
    (tmp_path / "all" / ".a.0123456789ab.part").mkdir()
    (tmp_path / "all" / ".a.0123456789ab.part" / "manifest.json").touch()
    (tmp_path / "empty").mkdir()
    assert [Path(place.name).name for place in packets_at(tmp_path / "all")] == ["a", "b"]
    assert [place.folder for place in packets_at(folder / "packet.pdf")] == [None]
    assert [(place.pdf, place.folder) for place in packets_at(tmp_path / "empty")] == [(None, tmp_path / "empty")]


def sealed_text(built: Built) -> str:
    return (built.folder / "manifest.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"path": "claims/partner.yaml"', '"path": "../../etc/passwd"'),
        ('"path": "claims/partner.yaml"', '"path": "/etc/passwd"'),
        ('"path": "claims/partner.yaml"', r'"path": "claims/\u202e.yaml"'),
        ('"path": "claims/partner.yaml"', '"path": ""'),
        ('"round": 2', '"round": 0'),
        ('"round": 2', '"round": "2"'),
        ('"round": 2', '"round": 2, "more": 1'),
        ('"sha": "2e7d', '"sha": "--al'),
        ('"sha": "2e7d2c03a9504ae265ecf5b5356885a53393a202"', r'"sha": "2e7d2c03a9504ae265ecf5b5356885a53393a202\n"'),
    ],
)
def test_manifests_that_nobody_of_ours_wrote(built: Built, old: str, new: str) -> None:
    text = sealed_text(built)
    assert text.count(old) == 1
    read_manifest(text.encode())
    with pytest.raises(NoManifest):
        read_manifest(text.replace(old, new).encode())


def test_the_reader_knows_what_the_schema_says(built: Built) -> None:
    """Keys of the schema and of the values that are read are the same, at every level."""
    from poe_pack.packet import manifest_reading as reading
    from poe_pack.resources import resource

    schema = json.loads((resource("schemas") / "manifest.schema.json").read_text(encoding="utf-8"))
    keys = schema["properties"]
    pairs = (
        (schema, reading.Manifest),
        (keys["tool"], reading.Tool),
        (keys["rulebook"], reading.Rulebook),
        (keys["rules_off"]["items"], reading.RuleOff),
        (keys["commit"], reading.Commit),
        (keys["exhibits"]["items"], reading.ShownExhibit),
        (keys["kept_outside"]["items"], reading.KeptOutside),
        (schema["$defs"]["file"], reading.File),
    )
    for part, kind in pairs:
        assert set(part["properties"]) == set(part["required"]) == set(kind.__struct_fields__)
    assert re.search(r'"seal": "[0-9a-f]{64}"\n\}\n\Z', sealed_text(built))
