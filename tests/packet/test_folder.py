"""The packet's folder: names, order, digests, and nothing half-written."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace

from poe_pack.evidence.facts import ProbeState
from poe_pack.evidence.prober import Prober
from poe_pack.git import CommitStamp
from poe_pack.model import KeptOutside
from poe_pack.packet import EvidenceProblem, build_packet, inputs_of
from poe_pack.packet.batch import Job, build_all
from poe_pack.printing import MissingGlyph
from poe_pack.resources import resource
from tests.packet.conftest import COMMIT, Built
from tests.packet.samples import FOLDER, proof, sample

CHECKOUT = Path(__file__).resolve().parents[2]


def test_upload_holds_the_files_in_the_portals_order(built: Built) -> None:
    assert sorted(path.name for path in (built.folder / "upload").iterdir()) == [
        "00-summary.pdf",
        "01-third-party-invoice-10482.pdf",
        "02-event-invitation.pdf",
        "03-event-agenda.pdf",
        "04-event-photo-stage.jpg",
        "05-event-photo-room.png",
        "06-attendee-list.csv",
        "07-preapproval-PA-20931.pdf",
    ]


def test_uploaded_files_are_the_evidence_byte_for_byte(built: Built) -> None:
    evidence = built.result.base / FOLDER / "evidence"
    assert (built.folder / "upload/04-event-photo-stage.jpg").read_bytes() == (evidence / "stage.jpg").read_bytes()


def test_the_manifest_fits_its_schema_and_the_files(built: Built) -> None:
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    schema = json.loads((resource("schemas") / "manifest.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(manifest)
    written = {str(path.relative_to(built.folder)) for path in built.folder.rglob("*") if path.is_file()}
    assert {entry["path"] for entry in manifest["outputs"]} == written - {"manifest.json", "packet.pdf"}
    for root, entries in ((built.folder, manifest["outputs"]), (built.result.base, manifest["inputs"])):
        for entry in entries:
            data = (root / entry["path"]).read_bytes()
            assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert manifest["commit"] == {"sha": COMMIT.sha, "note": None}


def test_the_record_prints_whole_digests(built: Built) -> None:
    done = subprocess.run(["pdftotext", "-layout", built.packet, "-"], capture_output=True, check=True, text=True)
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["outputs"]:
        assert entry["sha256"] in done.stdout


def test_the_summary_is_one_page(built: Built) -> None:
    with pikepdf.open(built.folder / "upload/00-summary.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_inputs_are_documents_and_the_claims_folder(built: Built) -> None:
    assert inputs_of(built.result, built.claim) == (
        f"{FOLDER}/claim.yaml",
        "claims/partner.yaml",
        "claims/plans/fy27-hosting.yaml",
        FOLDER,
    )


def test_two_processes_make_the_same_bytes(built: Built, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from poe_pack.evidence.prober import Prober\n"
        "from poe_pack.packet import build_packet; from tests.packet.conftest import COMMIT\n"
        "from tests.packet.samples import sample\n"
        "result, claim = sample(Path(sys.argv[1]))\n"
        "with Prober() as prober:\n"
        "    build_packet(result, claim, Path(sys.argv[2]), prober=prober, commit=COMMIT)\n"
    )
    outer = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland"}
    subprocess.run(
        [sys.executable, "-c", code, built.result.base, tmp_path / "out"], cwd=CHECKOUT, env=outer, check=True
    )
    for path in sorted(built.folder.rglob("*")):
        if path.is_file():
            other = tmp_path / "out" / built.folder.name / path.relative_to(built.folder)
            assert path.read_bytes() == other.read_bytes(), path.name


def test_an_earlier_packet_is_replaced_whole(tmp_path: Path, prober: Prober) -> None:
    result, claim = sample(tmp_path, proof_documents=(), pre_approval=None)
    folder = tmp_path / "out" / claim.claim.id
    (folder / "upload").mkdir(parents=True)
    (folder / "upload" / "stale.pdf").write_text("old")
    built = build_packet(result, claim, tmp_path / "out", prober=prober, commit=CommitStamp(None, "no_git"), draft=True)
    assert built.folder == folder
    assert sorted(path.name for path in (folder / "upload").iterdir()) == [
        "00-summary.pdf",
        "01-third-party-invoice-10482.pdf",
    ]
    assert [path.name for path in (tmp_path / "out").iterdir()] == [folder.name]
    with pikepdf.open(folder / "packet.pdf") as pdf:
        assert str(pdf.docinfo.Title).startswith("DRAFT ")
        assert built.pages == len(pdf.pages)
    for file in (folder / "packet.pdf", folder / "upload" / "00-summary.pdf"):
        done = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True, text=True)
        assert all("DRAFT" in page for page in done.stdout.split("\f")[:-1])
    assert "DRAFT" in (folder / "portal-sheet.html").read_text(encoding="utf-8")


def test_evidence_that_cannot_be_printed_is_named_and_nothing_is_written(tmp_path: Path, prober: Prober) -> None:
    result, claim = sample(tmp_path)
    evidence = tmp_path / FOLDER / "evidence"
    with pikepdf.open(evidence / "agenda.pdf", allow_overwriting_input=True) as pdf:
        pdf.save(evidence / "agenda.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    (evidence / "invitation.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (evidence / "attendees.csv").unlink()
    result, claim = sample(tmp_path)
    (evidence / "room.png").write_bytes(b"changed after it was judged")
    earlier = tmp_path / "out" / claim.claim.id
    earlier.mkdir(parents=True)
    (earlier / "packet.pdf").write_text("earlier packet")
    with pytest.raises(EvidenceProblem) as caught:
        build_packet(result, claim, tmp_path / "out", prober=prober, commit=COMMIT)
    states = {file: facts.state for file, facts in caught.value.problems}
    assert states == {
        "evidence/agenda.pdf": ProbeState.ENCRYPTED,
        "evidence/invitation.pdf": ProbeState.DAMAGED,
        "evidence/attendees.csv": ProbeState.DAMAGED,
        "evidence/room.png": ProbeState.DAMAGED,
    }
    assert [path.name for path in (tmp_path / "out").rglob("*")] == [earlier.name, "packet.pdf"]


def test_a_document_that_changed_since_it_was_judged(tmp_path: Path) -> None:
    """Else the manifest would give the digest of a text that no page shows."""
    result, claim = sample(tmp_path, proof_documents=(), pre_approval=None)
    read = {file: hashlib.sha256((tmp_path / file).read_bytes()).digest() for file in inputs_of(result, claim)[:3]}
    result = replace(result, digests=read)
    job = Job(tmp_path / "out", "A4", "en", draft=False)
    assert [outcome.problem for outcome in build_all(result, [claim], job, 1)] == [None]
    before = {path: path.read_bytes() for path in job.out.rglob("*") if path.is_file()}
    for file in read:
        text = (tmp_path / file).read_text()
        (tmp_path / file).write_text(text + "# changed\n")
        problem = f"{file} changed while packets were made; run this again"
        assert [outcome.problem for outcome in build_all(result, [claim], job, 1)] == [problem]
        (tmp_path / file).write_text(text)
    assert {path: path.read_bytes() for path in job.out.rglob("*") if path.is_file()} == before


def test_a_character_without_a_glyph_is_named_and_nothing_is_written(tmp_path: Path, prober: Prober) -> None:
    result, claim = sample(tmp_path, name="Launch \N{ROCKET} day", proof_documents=())
    with pytest.raises(MissingGlyph, match=r"ROCKET.*Launch"):
        build_packet(result, claim, tmp_path / "out", prober=prober, commit=COMMIT)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_named_twice_is_one_exhibit(tmp_path: Path, prober: Prober) -> None:
    twice = (proof("event_invitation", "evidence/agenda.pdf"), proof("event_agenda", "evidence/agenda.pdf"))
    result, claim = sample(tmp_path, proof_documents=twice, pre_approval=None)
    built = build_packet(result, claim, tmp_path / "out", prober=prober, commit=COMMIT)
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    assert [exhibit["source"] for exhibit in manifest["exhibits"]] == [
        "evidence/invoice-10482.pdf",
        "evidence/agenda.pdf",
    ]


def test_what_is_kept_outside_is_said_and_never_attached(tmp_path: Path, prober: Prober) -> None:
    digest = hashlib.sha256(b"a list of names").hexdigest()
    kept = proof("attendee_list", kept_outside=KeptOutside("HR archive, folder 114", 48213, digest))
    result, claim = sample(tmp_path, proof_documents=(proof("event_agenda", "evidence/agenda.pdf"), kept))
    built = build_packet(result, claim, tmp_path / "out", prober=prober, commit=COMMIT)
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    schema = json.loads((resource("schemas") / "manifest.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(manifest)
    assert manifest["kept_outside"] == [
        {"evidence": "attendee_list", "place": "HR archive, folder 114", "bytes": 48213, "sha256": digest}
    ]
    assert digest not in {entry["sha256"] for entry in (*manifest["inputs"], *manifest["outputs"])}
    packet = built.folder / "packet.pdf"
    done = subprocess.run(["pdftotext", packet, "-"], capture_output=True, check=True, text=True)
    assert digest in done.stdout
    assert "kept outside: HR archive" in " ".join(done.stdout.split())
    with pikepdf.open(packet) as pdf:
        assert set(pdf.attachments) == {"manifest.json", *(entry["upload"] for entry in manifest["exhibits"])}
