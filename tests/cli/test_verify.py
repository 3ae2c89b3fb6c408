"""`poe-pack verify` from the outside: what it says of a packet, the commit and the work tree, and how it ends."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from jsonschema import Draft202012Validator

from poe_pack.resources import resource
from tests.cli.house import PARTNER, House, assert_harmless, git, start_git
from tests.cli.program import AS_OF, Program, Ran
from tests.robustness.test_terminal import NASTY


@pytest.fixture
def packed(poe: Program, house: House) -> Path:
    """A committed repository with one claim, and its packet in `out/ads`."""
    house.claim("ads")
    start_git(house.root)
    ran = poe("packet", "house", "-o", "out", "--as-of", AS_OF, timeout=120)
    assert (ran.status, ran.err) == (0, "")
    return poe.folder / "out" / "ads"


def verify(poe: Program, *arguments: str | Path, cwd: Path | None = None) -> Ran:
    ran = poe("verify", *arguments, cwd=cwd or poe.folder / "house", timeout=120)
    assert_harmless(ran.raw + ran.raw_err)
    return ran


def as_json(poe: Program, *arguments: str | Path, cwd: Path | None = None) -> dict[str, Any]:
    """The one packet of the JSON answer, which fits its schema."""
    ran = verify(poe, *arguments, "--format", "json", cwd=cwd)
    data = json.loads(ran.raw)
    schema = json.loads((resource("schemas") / "verification.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(data)
    (packet,) = data["packets"]
    verdicts = {"same": 0, "differs": 1, "unusable": 2}
    assert ran.status == verdicts[packet["verdict"]]
    assert data["summary"] == {"packets": 1, **{name: int(name == packet["verdict"]) for name in verdicts}}
    return dict(packet)


def states(part: dict[str, Any]) -> dict[str, str]:
    return {file["path"]: file["state"] for file in part["files"] if file["state"] != "same"}


def test_same(poe: Program, packed: Path) -> None:
    ran = verify(poe, packed)
    assert (ran.status, ran.err) == (0, "")
    commit = git(poe.folder / "house", "rev-parse", "HEAD").strip()
    lines = ran.out.splitlines()
    assert lines[0] == f"{packed}: claim ads, round 1, poe-pack 0.1.0, commit {commit[:12]}"
    assert [line.split("  ")[1] for line in lines[1:]] == [
        "packet.pdf",
        "attachments",
        "folder",
        "commit",
        "work tree",
        "same",
    ]
    data = as_json(poe, packed)
    assert (data["seal"], data["made_from"]) == ("whole", {"sha": commit, "note": None})
    for name, count in (("attachments", 2), ("folder", 5), ("commit", 4), ("work_tree", 4)):
        assert (data[name]["checked"], data[name]["summary"]["same"]) == (True, count)
    # From anywhere else the repository is named.
    assert verify(poe, packed, "--repository", poe.folder / "house", cwd=packed).out == ran.out


def test_the_work_tree_file_by_file(poe: Program, packed: Path, house: House) -> None:
    claim = house.root / "ads" / "claim.yaml"
    house.write("ads/evidence/ad.png", b"another picture")
    (house.root / "ads/evidence/invoice.pdf").unlink()
    house.write("ads/evidence/page.png", b"a new one")
    house.write("ads/evidence/notes.txt", b"named by nobody")
    claim.write_text(claim.read_text().replace("[evidence/ad.png]", "[evidence/ad.png, evidence/page.png]"))
    data = as_json(poe, packed)
    expected = {
        "ads/claim.yaml": "changed",
        "ads/evidence/ad.png": "changed",
        "ads/evidence/invoice.pdf": "missing",
        "ads/evidence/page.png": "added",
    }
    assert states(data["work_tree"]) == expected
    assert data["work_tree"]["summary"] == {"same": 1, "changed": 2, "missing": 1, "added": 1}
    assert (states(data["commit"]), data["seal"]) == ({}, "whole")
    ran = verify(poe, packed)
    assert (ran.status, ran.err) == (1, "")
    for path, state in expected.items():
        assert f"    {state:<7}  {path}\n" in ran.out
    assert ran.out.endswith("\n  differs\n")


def test_a_packet_of_what_was_not_committed(poe: Program, packed: Path, house: House) -> None:
    """The commit that it names holds something else, and `verify` says so."""
    claim = house.root / "ads" / "claim.yaml"
    claim.write_text(claim.read_text().replace("[evidence/ad.png]", "[evidence/ad.png, evidence/page.png]"))
    page = house.write("ads/evidence/page.png", (house.root / "ads/evidence/ad.png").read_bytes() + b"page")
    assert poe("packet", "house", "-o", "out", "--as-of", AS_OF, timeout=120).status == 0
    data = as_json(poe, packed)
    assert data["made_from"]["note"] == "changed"
    assert states(data["work_tree"]) == {}
    assert states(data["commit"]) == {"ads/claim.yaml": "changed", "ads/evidence/page.png": "missing"}
    assert "the packet was made while files differed from that commit" in verify(poe, packed).out
    # What a later commit holds is not what the packet names.
    git(house.root, "add", "-A")
    git(house.root, "commit", "-q", "-m", "Later")
    assert states(as_json(poe, packed)["commit"])[f"ads/evidence/{page.name}"] == "missing"


def test_a_draft_that_lacked_a_file(poe: Program, packed: Path, house: House) -> None:
    (house.root / "ads/evidence/ad.png").rename(house.root / "later.png")
    assert poe("packet", "house", "--draft", "-o", "out", "--as-of", AS_OF, timeout=120).status == 0
    assert as_json(poe, packed)["draft"] is True
    assert states(as_json(poe, packed)["work_tree"]) == {}
    assert states(as_json(poe, packed)["commit"]) == {"ads/evidence/ad.png": "added"}
    (house.root / "later.png").rename(house.root / "ads/evidence/ad.png")
    assert states(as_json(poe, packed)["work_tree"]) == {"ads/evidence/ad.png": "added"}


def test_outside_of_any_repository(poe: Program, packed: Path) -> None:
    data = as_json(poe, packed, cwd=packed)
    assert (data["verdict"], data["commit"]["reason"], data["work_tree"]["reason"]) == (
        "same",
        "outside_git",
        "outside_repository",
    )
    ran = verify(poe, packed / "packet.pdf", cwd=packed)
    assert ran.out.count("not checked: ") == 3


def test_another_repository(poe: Program, packed: Path) -> None:
    other = poe.folder / "other"
    other.mkdir()
    (other / "file").write_text("x")
    start_git(other)
    data = as_json(poe, packed, cwd=other)
    assert (data["verdict"], data["commit"]["reason"], data["work_tree"]["reason"]) == (
        "same",
        "unknown_commit",
        "other_repository",
    )
    # Most repositories have a partner.yaml at their root.
    (other / "partner.yaml").write_text(PARTNER.replace("Nordanvind", "Brightfjord"))
    assert as_json(poe, packed, cwd=other) == data
    (other / "partner.yaml").write_text(PARTNER)
    assert as_json(poe, packed, cwd=other)["work_tree"]["summary"]["missing"] == 3


def test_a_draft_that_names_a_file_by_a_path_that_none_may_have(poe: Program, packed: Path, house: House) -> None:
    """There is no such file; the packet is as good as any other."""
    claim = house.root / "ads" / "claim.yaml"
    claim.write_text(claim.read_text().replace("[evidence/ad.png]", '["../\\tx.png", evidence/ad.png]'))
    for unchanged in (False, True):
        ran = poe("packet", "house", "--draft", "-o", "out", "--as-of", AS_OF, timeout=120)
        assert (ran.status, ran.out.endswith(", unchanged\n")) == (0, unchanged)
    data = as_json(poe, packed)
    assert (data["seal"], data["draft"], states(data["work_tree"])) == ("whole", True, {})


def test_a_clone_that_does_not_hold_the_commit(poe: Program, packed: Path, house: House) -> None:
    house.write("README", b"later")
    git(house.root, "add", "-A")
    git(house.root, "commit", "-q", "-m", "Later")
    git(poe.folder, "clone", "-q", "--depth", "1", house.root.as_uri(), "clone")
    data = as_json(poe, packed, cwd=poe.folder / "clone")
    assert (data["verdict"], data["commit"]["reason"]) == ("same", "unknown_commit")
    assert data["work_tree"]["summary"]["same"] == 4
    assert as_json(poe, packed)["commit"]["summary"]["same"] == 4


def test_outside_git_the_tree_is_compared(poe: Program, house: House) -> None:
    house.claim("ads")
    assert poe("packet", "house", "-o", "out", "--as-of", AS_OF, timeout=120).status == 0
    data = as_json(poe, poe.folder / "out")
    assert (data["commit"]["reason"], data["work_tree"]["summary"]["same"]) == ("no_commit", 4)
    assert ", commit" not in verify(poe, poe.folder / "out").out


def test_what_git_lfs_keeps_elsewhere_is_compared(poe: Program, packed: Path, house: House) -> None:
    """The commit then holds a pointer with the file's digest."""
    picture = house.root / "ads/evidence/ad.png"
    raw = picture.read_bytes()
    for digest, expected in ((hashlib.sha256(raw).hexdigest(), {}), ("0" * 64, {"ads/evidence/ad.png": "changed"})):
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(raw)}\n"
        picture.write_text(pointer)
        git(house.root, "add", "-A")
        git(house.root, "commit", "-q", "-m", "To LFS")
        picture.write_bytes(raw)
        assert poe("packet", "house", "-o", "out", "--as-of", AS_OF, timeout=120).status == 0
        assert states(as_json(poe, packed)["commit"]) == expected


def test_nothing_that_a_repository_configures_is_run(poe: Program, packed: Path, house: House) -> None:
    trap = house.write("trap.sh", f"#!/bin/sh\ntouch '{poe.folder}/sprung'\ncat\n".encode())
    trap.chmod(0o755)
    house.write(".gitattributes", b"* filter=trap diff=trap\n")
    for name in ("filter.trap.clean", "filter.trap.smudge", "diff.trap.textconv", "core.fsmonitor", "core.pager"):
        git(house.root, "config", name, str(trap))
    assert as_json(poe, packed)["verdict"] == "same"
    assert not (poe.folder / "sprung").exists()


def test_several_packets_and_the_gravest_decides(poe: Program, packed: Path, house: House) -> None:
    shutil.copytree(packed, packed.with_name("broken"))
    raw = bytearray((packed / "packet.pdf").read_bytes())
    raw[len(raw) // 2] ^= 1
    (packed.with_name("broken") / "packet.pdf").write_bytes(bytes(raw))
    ran = verify(poe, packed.parent)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.endswith("\n2 packets: 1 same, 1 differing, 0 not usable\n")
    claim = house.root / "ads/claim.yaml"
    ran = verify(poe, packed.parent, claim, poe.folder / "nothing", house.root)
    assert ran.status == 2
    assert ran.out.endswith("\n5 packets: 1 same, 1 differing, 3 not usable\n")
    told = [line.partition(": ")[0] for line in ran.err.splitlines()]
    assert told == [str(claim), str(poe.folder / "nothing"), str(house.root)]
    for path in (claim, poe.folder / "nothing", house.root):
        assert as_json(poe, path)["problem"]["message"].startswith(str(path))


def test_usage(poe: Program, packed: Path) -> None:
    assert verify(poe).status == 2
    ran = verify(poe, packed, "--repository", "nowhere")
    assert (ran.status, ran.out) == (2, "")
    assert "there is no folder nowhere" in ran.err


def test_names_of_a_packet_do_not_steer_the_terminal(poe: Program, packed: Path) -> None:
    """A packet may come from anybody: here one that was made for this."""
    (poe.folder / "x").write_text("x")
    manifest = json.loads((packed / "manifest.json").read_bytes())
    manifest |= {"claim": NASTY, "tool": {"name": NASTY, "version": NASTY}, "language": NASTY}
    manifest["rules_off"] = [{"rule": NASTY, "reason": NASTY}]
    with pikepdf.open(packed / "packet.pdf", allow_overwriting_input=True) as pdf:
        pdf.attachments["manifest.json"].obj.EF.F.write(json.dumps(manifest).encode())
        pdf.attachments["nasty"] = pikepdf.AttachedFileSpec.from_filepath(pdf, poe.folder / "x")
        pdf.attachments["nasty"].obj.UF = pikepdf.String(NASTY)
        pdf.save(packed / "packet.pdf")
    nasty = packed.parent / NASTY.replace("/", "_")
    packed.rename(nasty)
    (nasty / "upload" / NASTY.replace("/", "_")).write_text("x")
    ran = poe("verify", "out", timeout=120)
    assert (ran.status, ran.err) == (1, "")
    assert_harmless(ran.raw)
    assert ran.out.count("    added    ") == 2
    assert not any(line.startswith("warning: i") for line in ran.out.splitlines())
    assert json.loads(poe("verify", "out", "--format", "json", timeout=120).raw)["packets"][0]["claim"] == NASTY


def test_nothing_personal_is_printed(poe: Program, house: House) -> None:
    house.claim("ads")
    assert poe("packet", "house", "-o", "out", "--as-of", AS_OF, timeout=120).status == 0
    house.write("ads/evidence/ad.png", b"changed")
    for form in ("text", "json"):
        ran = verify(poe, poe.folder / "out", "--format", form)
        assert ran.status == 1
        for personal in ("Nordanvind", "incentives@", "Brightfjord", house.amount("ads")):
            assert personal not in ran.out + ran.err


def test_what_was_held_back_is_not_missed(poe: Program, house: House) -> None:
    """A file that names people and that nobody demands does not go into the packet, and `verify` knows that."""
    guests = (
        "  - evidence: attendee_list_document\n    files: [evidence/guests.csv]\n    contains_personal_data: true\n"
    )
    house.claim("ads", ("metrics: {", f"{guests}metrics: {{"))
    house.write("ads/evidence/guests.csv", b"name\nA\n")
    start_git(house.root)
    assert poe("packet", "house", "--draft", "-o", "out", "--as-of", AS_OF, timeout=120).status == 0
    manifest = json.loads((poe.folder / "out/ads/manifest.json").read_bytes())
    assert "ads/evidence/guests.csv" not in {file["path"] for file in manifest["inputs"]}
    data = as_json(poe, poe.folder / "out")
    assert (data["verdict"], states(data["commit"]), states(data["work_tree"])) == ("same", {}, {})
