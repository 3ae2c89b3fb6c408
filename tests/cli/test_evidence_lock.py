"""`poe-pack evidence lock`: what it writes, what it refuses, and what it leaves alone."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.house import House
from tests.cli.program import AS_OF, Program, Ran

SUBMITTED = (
    "status: editing\nhistory:\n",
    "status: submitted\nhistory:\n"
    '  - {at: "2026-11-16T09:30:00Z", by: incentives@nordanvind.example, role: incentives_user, status: editing}\n',
)


def lock(poe: Program, *arguments: str) -> Ran:
    return poe("evidence", "lock", "--as-of", AS_OF, *arguments, cwd=poe.folder / "house")


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_sha256sum_checks_what_it_writes(poe: Program, ads: Path) -> None:
    (ads / "evidence" / "not-named.txt").write_text("nobody names this")
    ran = lock(poe, "ads")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "ads: 2 files are locked",
        "  added      evidence/ad.png",
        "  added      evidence/invoice.pdf",
    ]
    lines = (ads / "SHA256SUMS").read_text().splitlines()
    names = ["evidence/ad.png", "evidence/invoice.pdf"]
    assert lines == [f"{digest(ads / name)}  {name}" for name in names]
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=ads, check=True)
    assert sorted(os.listdir(ads)) == ["SHA256SUMS", "claim.yaml", "evidence"]
    assert poe.validate("house").status == 0


def test_an_unchanged_file_is_not_written_again(poe: Program, ads: Path) -> None:
    lock(poe)
    before = (ads / "SHA256SUMS").stat()
    ran = lock(poe)
    assert (ran.status, ran.out) == (0, "ads: unchanged, 2 files are locked\n")
    after = (ads / "SHA256SUMS").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_changed_file_is_not_locked_again_in_silence(poe: Program, ads: Path) -> None:
    lock(poe)
    before = (ads / "SHA256SUMS").read_bytes()
    (ads / "evidence" / "ad.png").write_bytes(b"\x89PNG\r\n\x1a\n another")
    assert "POE918" in poe.validate("house", "--format", "concise").out
    ran = lock(poe)
    assert (ran.status, ran.out) == (1, "")
    assert "  changed    evidence/ad.png" in ran.err
    assert "--accept-changes" in ran.err
    assert (ads / "SHA256SUMS").read_bytes() == before
    ran = lock(poe, "--accept-changes")
    assert ran.status == 0
    assert "  changed    evidence/ad.png" in ran.out
    assert digest(ads / "evidence" / "ad.png") in (ads / "SHA256SUMS").read_text()
    assert "POE918" not in poe.validate("house", "--format", "concise").out


def test_a_lost_file_is_not_forgotten_in_silence(poe: Program, ads: Path) -> None:
    lock(poe)
    (ads / "evidence" / "ad.png").unlink()
    ran = lock(poe)
    assert ran.status == 1
    assert "  missing    evidence/ad.png" in ran.err
    ran = lock(poe, "--accept-changes")
    assert ran.status == 0
    assert "  missing    evidence/ad.png" in ran.out
    assert "ad.png" not in (ads / "SHA256SUMS").read_text()


def test_what_the_claim_names_no_more_is_taken_out(poe: Program, ads: Path) -> None:
    lock(poe)
    claim = ads / "claim.yaml"
    text = claim.read_text().replace("    files: [evidence/ad.png]\n", "    url: https://nordanvind.example/ad\n")
    claim.write_text(text)
    assert "POE920" in poe.validate("house", "--format", "concise").out
    ran = lock(poe)
    assert (ran.status, ran.out) == (0, "ads: 1 file is locked\n  removed    evidence/ad.png\n")
    claim.write_text(text.replace("    file: evidence/invoice.pdf\n", ""))
    ran = lock(poe)
    assert ran.out.startswith("ads: SHA256SUMS is deleted, nothing is left to lock\n")
    assert not (ads / "SHA256SUMS").exists()
    assert lock(poe).out == "ads: there is nothing to lock\n"


def test_files_that_are_not_there_are_said_and_not_locked(poe: Program, ads: Path) -> None:
    (ads / "evidence" / "ad.png").unlink()
    ran = lock(poe)
    assert ran.status == 0
    assert "  not locked evidence/ad.png" in ran.out
    assert "ad.png" not in (ads / "SHA256SUMS").read_text()


def test_lines_that_nobody_can_read_are_not_thrown_away_in_silence(poe: Program, ads: Path) -> None:
    lock(poe)
    sums = ads / "SHA256SUMS"
    good = sums.read_bytes()
    sums.write_bytes(good + b"=======\n")
    ran = lock(poe)
    assert ran.status == 1
    assert "1 line cannot be read" in ran.err
    assert sums.read_bytes() == good + b"=======\n"
    assert lock(poe, "--accept-changes").status == 0
    assert sums.read_bytes() == good


@pytest.mark.parametrize("option", [[], ["--accept-changes", "--after-submission"]])
def test_a_link_in_its_place_is_never_written(poe: Program, ads: Path, option: list[str]) -> None:
    (ads / "SHA256SUMS").symlink_to(poe.folder / "elsewhere")
    ran = lock(poe, *option)
    assert ran.status == 1
    assert "delete it, then lock again" in ran.err
    assert not (poe.folder / "elsewhere").exists()
    assert (ads / "SHA256SUMS").is_symlink()


def test_claims_that_were_handed_in_keep_what_they_have(poe: Program, house: House) -> None:
    ads = house.claim("ads", SUBMITTED).parent
    house.claim("draft")
    ran = lock(poe)
    assert ran.status == 0
    assert ran.err == "1 claim that was handed in without SHA256SUMS is left as it is\n"
    assert not (ads / "SHA256SUMS").exists()
    ran = lock(poe, "ads")
    assert ran.status == 1
    assert "--after-submission" in ran.err
    assert not (ads / "SHA256SUMS").exists()
    assert lock(poe, "--after-submission", "ads").status == 0
    assert (ads / "SHA256SUMS").exists()
    assert lock(poe).out.startswith("ads: unchanged")


def test_what_a_submission_recorded_is_said_to_differ(poe: Program, house: House) -> None:
    record = (
        'submissions:\n  - {round: 1, at: "2026-11-17T09:30:00Z", by: a@nordanvind.example, '
        f'amount: "{house.amount("ads")}", sums_sha256: "{"0" * 64}"}}\n'
    )
    old, new = SUBMITTED
    ads = house.claim("ads", (old, record + new)).parent
    ran = lock(poe, "--after-submission", "ads")
    assert ran.status == 0
    assert "POE922" in ran.out
    assert "POE922" in poe.validate("house", "--format", "concise").out
    text = (ads / "claim.yaml").read_text()
    (ads / "claim.yaml").write_text(text.replace("0" * 64, digest(ads / "SHA256SUMS")))
    assert "POE922" not in poe.validate("house", "--format", "concise").out
    assert "POE922" not in lock(poe, "--after-submission", "ads").out


def test_what_cannot_be_written_is_said(poe: Program, ads: Path) -> None:
    if os.geteuid() == 0:
        (ads / "SHA256SUMS").mkdir()
        assert lock(poe).status == 1
        return
    ads.chmod(0o555)
    ran = lock(poe)
    assert ran.status == 2
    assert "cannot write" in ran.err


def test_a_claim_that_is_not_there(poe: Program, ads: Path) -> None:
    ran = lock(poe, "nosuch")
    assert (ran.status, ran.out) == (2, "")
    assert "the claims here are: ads" in ran.err
