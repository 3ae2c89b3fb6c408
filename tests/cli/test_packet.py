"""`poe-pack packet` from the outside: what it writes, when it refuses, and that the bytes are always the same."""

from __future__ import annotations

import json
import resource
import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.cli.house import PARTNER, PDF, PNG, House, assert_harmless, start_git
from tests.cli.program import AS_OF, SCRIPT, Program, Ran, environment
from tests.invoices.drawing import Put, text_pdf

WHOLE = {"manifest.json", "packet.pdf", "portal-sheet.html"}


def packet(
    poe: Program, *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] = MappingProxyType({})
) -> Ran:
    """`poe-pack packet` as of the day of the worked example."""
    return poe("packet", "--as-of", AS_OF, *arguments, cwd=cwd, timeout=120, env=env)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_writes_everything_that_is_handed_in(poe: Program, house: House) -> None:
    house.claim("ads")
    ran = packet(poe, "house", "-o", "out")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("ads: ")
    assert [path.name for path in (poe.folder / "out").iterdir()] == ["ads"]
    made = contents(poe.folder / "out" / "ads")
    assert {name for name in made if "/" not in name} == WHOLE
    uploads = [name for name in made if name.startswith("upload/")]
    assert uploads[0] == "upload/00-summary.pdf"
    assert [made[name] for name in uploads[1:]] == [PDF + b"% ads\n", PNG + b"ads"]
    assert made["packet.pdf"].startswith(b"%PDF-")
    assert b"<html" in made["portal-sheet.html"][:200]
    manifest = json.loads(made["manifest.json"])
    assert (manifest["claim"], manifest["draft"]) == ("ads", False)
    assert f"{manifest['pages']} pages in " in ran.out


def test_speaks_the_language_that_is_asked_for_or_else_that_of_the_repository(poe: Program, house: House) -> None:
    house.claim("ads")
    path = poe.folder / "house" / "poe.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "languages: [sv, en]\n", encoding="utf-8")
    for arguments, language in (((), "sv"), (("--language", "fr"), "fr")):
        assert packet(poe, "house", "-o", language, *arguments).status == 0
        manifest = json.loads((poe.folder / language / "ads" / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["language"] == language


def test_refuses_what_is_not_ready_and_makes_the_rest(poe: Program, house: House) -> None:
    house.claim("good")
    house.draft("draft")
    house.bad("bad")
    house.write("torn/claim.yaml", "kind: claim\nid: [")
    ran = packet(poe, "house", "-o", "out")
    assert ran.status == 1
    assert [path.name for path in (poe.folder / "out").iterdir()] == ["good"]
    assert ran.out.startswith("good: ")
    assert ran.out.count("\n") == 1
    assert "draft: no packet, the claim is not ready (--draft makes one all the same)" in ran.err
    assert "bad/claim.yaml:9:7: error POE302" in ran.err
    assert "no packet for 1 that cannot be read; 'poe-pack validate' says why" in ran.err


def test_draft_makes_one_all_the_same(poe: Program, house: House) -> None:
    house.draft("draft")
    ran = packet(poe, "house", "--draft", "--paper", "letter", "-o", "out")
    assert (ran.status, ran.err) == (0, "")
    assert set(contents(poe.folder / "out" / "draft")) >= WHOLE
    manifest = json.loads((poe.folder / "out" / "draft" / "manifest.json").read_bytes())
    assert (manifest["draft"], manifest["paper"]) == (True, "letter")


def test_tells_what_opening_the_evidence_found(poe: Program, house: House) -> None:
    house.claim("ads", ('"NV-ads"', '"NV-1042"'))
    page = [Put(40, 800, "Brightfjord Media Ltd"), Put(40, 780, "Invoice number"), Put(220, 780, "NV-1024")]
    house.write("ads/evidence/invoice.pdf", text_pdf([page]))
    ran = packet(poe, "house", "-o", "out")
    assert ran.status == 0
    assert ran.err.splitlines()[0] == "ads: evidence was found wanting; look at it before the packet is signed"
    assert "  ads/claim.yaml:14:13: warning POE450 the number of invoice NV-1042 is NV-1042 here" in ran.err
    assert len(ran.err.splitlines()) == 2


def test_one_claim_is_not_held_up_by_another(poe: Program, house: House) -> None:
    house.claim("good")
    house.bad("bad")
    house.write("torn/claim.yaml", "kind: claim\nid: [")
    ran = packet(poe, "house/good", "-o", "out")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("named", "cwd"),
    [
        ("refused", "house"),
        ("house/refused", "."),
        ("house/refused/claim.yaml", "."),
        ("../refused", "house/good"),
        (".", "house/refused"),
    ],
)
def test_a_claim_is_named_by_id_folder_or_document(poe: Program, house: House, named: str, cwd: str) -> None:
    """All of them are refused here, which is quicker than making packets and says as much."""
    house.bad("good")
    house.bad("refused")
    ran = packet(poe, named, "-o", poe.folder / "out", cwd=poe.folder / cwd)
    assert (ran.status, ran.out) == (1, "")
    assert [line.partition(":")[0] for line in ran.err.splitlines() if "no packet" in line] == ["refused"]
    assert not (poe.folder / "out").exists()


def test_unknown_claim(poe: Program, house: House) -> None:
    house.claim("good")
    ran = packet(poe, "nobody", "-o", "out", cwd=house.root)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "poe-pack: there is no claim 'nobody'; the claims here are: good\n"
    assert not (house.root / "out").exists()


@pytest.mark.parametrize("target", ["file", "file/below"])
def test_a_place_that_cannot_be_written(poe: Program, house: House, target: str) -> None:
    house.claim("good")
    (poe.folder / "file").write_text("kept")
    ran = packet(poe, "house", "-o", target)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("poe-pack: cannot write to ")
    assert (poe.folder / "file").read_text() == "kept"
    assert sorted(path.name for path in poe.folder.iterdir()) == ["file", "house"]


def test_a_name_that_no_folder_can_have(poe: Program, house: House) -> None:
    house.claim("good")
    ran = packet(poe, "house", "-o", "x" * 300)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"poe-pack: cannot write to {'x' * 300}: File name too long\n"


def test_a_full_disk(poe: Program, house: House) -> None:
    """Told in one line, and nothing is left, at the last byte of the packet, too."""
    house.claim("good")
    assert packet(poe, "house", "-o", "out").status == 0
    size = (poe.folder / "out" / "good" / "packet.pdf").stat().st_size
    for limit in (size - 1, 1000):
        done = subprocess.run(
            [SCRIPT, "packet", "house", "-o", "full", "--as-of", AS_OF, "--no-cache"],
            cwd=poe.folder,
            env=environment(),
            capture_output=True,
            check=False,
            timeout=120,
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit)),
        )
        assert (done.returncode, done.stderr) == (2, b"poe-pack: cannot write to full: File too large\n")
        assert list((poe.folder / "full").iterdir()) == []


def test_a_second_packet_takes_the_place_of_the_first(poe: Program, house: House) -> None:
    house.claim("good")
    assert packet(poe, "house", "-o", "out").status == 0
    before = contents(poe.folder / "out")
    (poe.folder / "out" / "good" / "upload" / "99-left-over.png").write_bytes(b"x")
    assert packet(poe, "house", "-o", "out").status == 0
    assert contents(poe.folder / "out") == before


def test_what_is_no_packet_is_not_replaced(poe: Program, house: House) -> None:
    """With `-o .` the packet's folder would be the claim's own."""
    house.claim("good")
    house.claim("fair")
    before = contents(house.root)
    ran = packet(poe, "-o", ".", cwd=house.root)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.splitlines()[1] == (
        "good: no packet: good holds what is of no packet (claim.yaml, evidence) and is not replaced; "
        "name another folder with -o, or move that away"
    )
    assert contents(house.root) == before
    out = poe.folder / "out"
    assert packet(poe, "good", "-o", out, cwd=house.root).status == 0
    for name in "edcba":
        (out / "good" / f"{name}.txt").write_text("notes")
    (out / "fair").symlink_to(poe.folder)
    ran = packet(poe, "--force", "-o", out, cwd=house.root)
    assert (ran.status, ran.out) == (1, "")
    assert f"fair: no packet: {out}/fair is no folder and is not replaced" in ran.err
    assert "(a.txt, b.txt, c.txt, …)" in ran.err
    assert (out / "good" / "a.txt").read_text() == "notes"
    assert (out / "fair").is_symlink()


def test_what_would_not_change_is_left_as_it_is(poe: Program, house: House) -> None:
    """Byte and time; only the claim that changed is made anew, and each line says which it was."""
    house.claim("ads")
    claim = house.claim("fair")
    start_git(house.root)
    first = packet(poe, "house", "-o", "out")
    assert (first.status, "unchanged" in first.out) == (0, False)
    times = _times(poe.folder / "out")
    again = packet(poe, "house", "-o", "out", "--jobs", "2")
    assert (again.status, again.err) == (0, "")
    assert again.out.splitlines() == [f"{line}, unchanged" for line in first.out.splitlines()]
    assert _times(poe.folder / "out") == times
    claim.write_text(claim.read_text() + "# a remark\n")
    changed = packet(poe, "house", "-o", "out")
    assert [line.endswith(", unchanged") for line in changed.out.splitlines()] == [True, False]
    moved = {name for name, moment in _times(poe.folder / "out").items() if times[name] != moment}
    assert {name.partition("/")[0] for name in moved} == {"fair"}
    before = contents(poe.folder / "out")
    forced = packet(poe, "house", "-o", "out", "--force")
    assert "unchanged" not in forced.out
    assert contents(poe.folder / "out") == before
    assert all(_times(poe.folder / "out")[name] != moment for name, moment in times.items())


def _times(folder: Path) -> dict[str, tuple[int, int]]:
    """When and as which file each file below a folder was written."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def test_a_failed_packet_leaves_the_earlier_one_alone(poe: Program, house: House) -> None:
    house.claim("good")
    assert packet(poe, "house", "-o", "out").status == 0
    before = contents(poe.folder / "out")
    house.write("good/evidence/invoice.pdf", PDF[:60])
    ran = packet(poe, "house", "-o", "out")
    assert ran.status == 1
    assert "POE516" in ran.err
    assert contents(poe.folder / "out") == before


HOSTILE = ("../../evil", "..", "/@/evil", "a/b", "ev\x1b[31mil", "ev\u202eil", "evil\n")


def test_an_id_cannot_lead_out_of_the_folder(poe: Program, house: House) -> None:
    """Nor does it steer the terminal. Where an id is no id, the claim goes by the name of its folder."""
    for number, id in enumerate(HOSTILE):
        written = json.dumps(id.replace("@", str(poe.folder)))
        house.claim(f"hostile-{number}", (f"id: hostile-{number}\n", f"id: {written}\n"))
    before = set(poe.folder.rglob("*"))
    deep = poe.folder / "a" / "b" / "out"
    ran = packet(poe, "house", "--draft", "-o", deep)
    assert ran.status == 0
    assert_harmless(ran.raw + ran.raw_err)
    assert sorted(path.name for path in deep.iterdir()) == [f"hostile-{number}" for number in range(len(HOSTILE))]
    made = set(poe.folder.rglob("*")) - before - {deep, *deep.parents}
    assert [path for path in made if deep not in path.parents] == []


def test_an_id_that_is_none_does_not_make_the_output_folder_a_packet(poe: Program, house: House) -> None:
    """A claim at the root has no folder to take its name from."""
    house.claim("ads", ("id: ads", 'id: "../.."'))
    (house.root / "ads" / "claim.yaml").rename(house.root / "claim.yaml")
    (house.root / "ads" / "evidence").rename(house.root / "evidence")
    house.write("out/kept", "kept")
    ran = packet(poe, "--draft", "-o", "out", cwd=house.root)
    assert (ran.status, ran.out.partition(":")[0]) == (0, "claim")
    assert sorted(path.name for path in (house.root / "out").iterdir()) == ["claim", "kept"]


OTHER_PARTNER = PARTNER.replace("id: nordanvind", "id: brightfjord").replace("60712", "70712")


def test_claims_of_one_id_of_two_partners_have_a_folder_each(poe: Program, house: House) -> None:
    """And `verify` finds both below the output folder."""
    for number, (folder, partner) in enumerate((("n", PARTNER), ("b", OTHER_PARTNER))):
        house.write(f"{folder}/partner.yaml", partner)
        path = house.claim("ads", ('"NV-ads"', f'"NV-{number}"'))
        path.write_text(path.read_text().replace("60712", ("60712", "70712")[number]))
        (house.root / "ads").rename(house.root / folder / "ads")
    (house.root / "partner.yaml").unlink()
    start_git(house.root)
    for jobs in "12":
        ran = packet(poe, "house", "--draft", "--force", "--jobs", jobs, "-o", "out")
        assert ran.status == 0
        assert [line.rpartition(" ")[2] for line in ran.out.splitlines()] == [
            "out/brightfjord/ads",
            "out/nordanvind/ads",
        ]
        for folder, partner in (("b", "brightfjord"), ("n", "nordanvind")):
            manifest = json.loads((poe.folder / "out" / partner / "ads" / "manifest.json").read_bytes())
            assert manifest["inputs"][0]["path"] == f"{folder}/ads/claim.yaml"
    ran = packet(poe, "house/n/ads", "--draft", "-o", "out")
    assert (ran.status, ran.out.endswith("out/nordanvind/ads, unchanged\n")) == (0, True)
    ran = poe("verify", "../out", cwd=house.root)
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "2 packets: 2 same, 0 differing, 0 not usable")


def test_a_copy_with_the_same_id_does_not_replace_the_packet(poe: Program, house: House) -> None:
    house.claim("ads")
    path = house.claim("copy", ("id: copy", "id: ads"))
    for arguments, made in ((("--jobs", "2"), ["ads"]), (("copy",), [])):
        ran = packet(poe, *arguments, "--draft", "-o", "out", cwd=house.root)
        assert (ran.status, [line.partition(":")[0] for line in ran.out.splitlines()]) == (1, made)
        problem = (
            f"the folder ads is for the packet of ads/claim.yaml; give {path.parent.name}/claim.yaml an id of its own"
        )
        assert f"ads: no packet: {problem}\n" in ran.err
    manifest = json.loads((house.root / "out" / "ads" / "manifest.json").read_bytes())
    assert manifest["inputs"][0]["path"] == "ads/claim.yaml"


def test_same_bytes_whatever_seed_zone_folder_and_jobs(poe: Program, house: House) -> None:
    house.claim("more-ads")
    house.claim("ads")
    start_git(house.root)
    first = packet(poe, "house", "-o", "out", env={"PYTHONHASHSEED": "0"})
    assert (first.status, first.err) == (0, "")
    assert [line.partition(":")[0] for line in first.out.splitlines()] == ["ads", "more-ads"]
    made = contents(poe.folder / "out")
    assert len(made) == 2 * (len(WHOLE) + 3)
    commit = json.loads(made["ads/manifest.json"])["commit"]
    assert (len(commit["sha"]), commit["note"]) == (40, None)
    ways: tuple[tuple[str, dict[str, str]], ...] = (
        ("1", {"PYTHONHASHSEED": "random", "TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX"}),
        ("2", {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles"}),
    )
    for jobs, variables in ways:
        out = poe.folder / "elsewhere" / jobs
        ran = packet(poe, ".", "--jobs", jobs, "-o", out, cwd=house.root, env=variables)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.replace(str(out), "out") == first.out
        again = contents(out)
        assert [name for name in made if made[name] != again.get(name)] == []
        assert again.keys() == made.keys()
