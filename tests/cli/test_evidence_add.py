"""`poe-pack evidence add`: a file comes in, is named in the claim, and nothing else changes."""

from __future__ import annotations

import hashlib
import os
import pty
import select
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from tests.cli.house import PDF, PNG, SECOND, House, git
from tests.cli.program import AS_OF, SCRIPT, Program, Ran, environment
from tests.cli.test_evidence_lock import SUBMITTED


def add(poe: Program, *arguments: str | Path) -> Ran:
    return poe("evidence", "add", "--as-of", AS_OF, *arguments, cwd=poe.folder / "house")


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_it_joins_the_proof_document_of_its_kind(poe: Program, ads: Path, shot: Path) -> None:
    before = (ads / "claim.yaml").read_text()
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"ads: {shot} is now evidence/Screen-shot.png",
        "ads: named as Advert screenshot",
        "ads: nothing is wrong with it",
    ]
    after = (ads / "claim.yaml").read_text()
    assert after == before.replace("[evidence/ad.png]", "[evidence/ad.png, evidence/Screen-shot.png]")
    assert (ads / "evidence" / "Screen-shot.png").read_bytes() == SECOND
    assert poe.validate("house").status == 0


def test_another_note_is_another_proof_document(poe: Program, ads: Path, shot: Path) -> None:
    ran = add(
        poe, "ads", shot, "--evidence", "Advert screenshot", "--note", "Second week: as it ran", "--as", "week2.png"
    )
    assert ran.status == 0
    assert yaml.safe_load((ads / "claim.yaml").read_text())["proof_documents"][-1] == {
        "evidence": "ad_screenshot",
        "files": ["evidence/week2.png"],
        "note": "Second week: as it ran",
    }
    again = add(poe, "ads", shot, "--evidence", "ad_screenshot")
    assert (again.status, again.out) == (0, "ads: the claim names it already, nothing is to be done\n")


def test_the_file_of_an_invoice(poe: Program, house: House, tmp_path: Path) -> None:
    folder = house.claim("ads", ("    file: evidence/invoice.pdf\n", "")).parent
    bill = tmp_path / "bill.pdf"
    bill.write_bytes(PDF + b"% another\n")
    assert add(poe, "ads", bill, "--invoice", "nosuch").err.endswith("there are: NV-ads\n")
    ran = add(poe, "ads", bill, "--invoice", "NV-ads")
    assert ran.status == 0
    assert "named as the file of invoice NV-ads" in ran.out
    assert '    total: "' in (ads := (folder / "claim.yaml").read_text())
    assert "    file: evidence/bill.pdf\nproof_documents:" in ads
    assert "nothing is to be done" in add(poe, "ads", bill, "--invoice", "NV-ads").out
    bill.write_bytes(PDF + b"% a third\n")
    again = add(poe, "ads", bill, "--invoice", "NV-ads", "--as", "third.pdf")
    assert (again.status, again.out) == (2, "")
    assert "has a file already: evidence/bill.pdf" in again.err


def test_a_place_for_the_file_of_an_invoice_is_filled(poe: Program, house: House, tmp_path: Path) -> None:
    folder = house.claim("ads", ("    file: evidence/invoice.pdf\n", "    file:  # to come\n")).parent
    (tmp_path / "bill.pdf").write_bytes(PDF + b"% another\n")
    assert add(poe, "ads", tmp_path / "bill.pdf", "--invoice", " NV-ads ").status == 0
    assert "    file: evidence/bill.pdf  # to come\n" in (folder / "claim.yaml").read_text()


def test_two_invoices_of_one_number(poe: Program, house: House, tmp_path: Path) -> None:
    one = '  - {number: "7", vendor: {name: V}, date: "2026-11-16", currency: USD, lines: [], total: "1"'
    with_file, without = f"{one}, file: evidence/invoice.pdf}}\n", f"{one}}}\n"
    claim = house.claim("ads")
    text = claim.read_text()
    start, end = text.index("  - number:"), text.index("proof_documents:")
    (tmp_path / "bill.pdf").write_bytes(PDF + b"% another\n")
    claim.write_text(text[:start] + with_file + without + text[end:])
    assert add(poe, "ads", tmp_path / "bill.pdf", "--invoice", "7").status == 0
    assert [i["file"] for i in yaml.safe_load(claim.read_text())["third_party_invoices"]] == [
        "evidence/invoice.pdf",
        "evidence/bill.pdf",
    ]
    claim.write_text(text[:start] + without + without + text[end:])
    before = state(claim.parent)
    ran = add(poe, "ads", tmp_path / "bill.pdf", "--invoice", "7")
    assert (ran.status, ran.out) == (2, "")
    assert "2 invoices are called 7 and have no file" in ran.err
    assert state(claim.parent) == before


def test_what_has_just_come_is_not_in_git_yet(poe: Program, house: House, shot: Path) -> None:
    house.claim("ads")
    git(house.root, "init", "-q")
    git(house.root, "add", "-A")
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot")
    assert ran.out.splitlines()[2:] == [
        "ads: nothing is wrong with it",
        "ads: git does not know the file yet; 'git add' it together with the claim",
    ]


def test_digests_get_their_line_where_there_are_some(poe: Program, ads: Path, shot: Path) -> None:
    poe("evidence", "lock", cwd=ads)
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot")
    assert "ads: SHA256SUMS has it" in ran.out
    assert f"{hashlib.sha256(SECOND).hexdigest()}  evidence/Screen-shot.png\n" in (ads / "SHA256SUMS").read_text()
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=ads, check=True)
    with (ads / "SHA256SUMS").open("a") as stream:
        stream.write("=======\n")
    before = (ads / "SHA256SUMS").read_bytes()
    shot.write_bytes(PNG + b"third")
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot", "--as", "third.png")
    assert "stays as it is" in ran.out
    assert (ads / "SHA256SUMS").read_bytes() == before


def test_equal_bytes_are_not_copied_again(poe: Program, ads: Path, shot: Path) -> None:
    shot.write_bytes((ads / "evidence" / "ad.png").read_bytes())
    ran = add(poe, "ads", shot, "--evidence", "landing_page_url", "--note", "Shows the page, too")
    assert f"ads: {shot} is evidence/ad.png, which is there already" in ran.out
    assert sorted(os.listdir(ads / "evidence")) == ["ad.png", "invoice.pdf"]
    assert yaml.safe_load((ads / "claim.yaml").read_text())["proof_documents"][-1]["files"] == ["evidence/ad.png"]


def test_a_file_that_lies_in_the_folder_already(poe: Program, ads: Path) -> None:
    (ads / "evidence" / "put by hand.png").write_bytes(SECOND)
    ran = add(poe, "ads", ads / "evidence" / "put by hand.png", "--evidence", "ad_screenshot")
    assert ran.status == 0
    assert "evidence/put by hand.png]" in (ads / "claim.yaml").read_text()


@pytest.mark.parametrize("name", ["ad.png", "AD.png"])
def test_another_file_is_never_written_over(poe: Program, ads: Path, shot: Path, name: str) -> None:
    before = state(ads)
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot", "--as", name)
    assert (ran.status, ran.out) == (2, "")
    assert "there is another file evidence/ad.png already" in ran.err
    assert state(ads) == before


def test_several_files_at_once(poe: Program, ads: Path, shot: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    other, twin, rival = tmp_path / "b" / "other.png", tmp_path / "b" / "twin.png", tmp_path / "b" / shot.name
    other.write_bytes(PNG + b"other")
    twin.write_bytes(SECOND)
    rival.write_bytes(PNG + b"rival")
    before = state(ads)
    ran = add(poe, "ads", shot, rival, "--evidence", "ad_screenshot")
    assert ran.status == 2
    assert "two different files would both be evidence/Screen-shot.png" in ran.err
    assert state(ads) == before
    assert add(poe, "ads", shot, other, twin, "--evidence", "ad_screenshot").status == 0
    proof = yaml.safe_load((ads / "claim.yaml").read_text())["proof_documents"][0]
    assert proof["files"] == ["evidence/ad.png", "evidence/Screen-shot.png", "evidence/other.png"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nosuch.png", "--evidence", "ad_screenshot"], "there is no file nosuch.png"),
        (["empty.png", "--evidence", "ad_screenshot"], "empty.png is empty"),
        (["ads", "--evidence", "ad_screenshot"], "ads is not a file"),
        (["large.png", "--evidence", "ad_screenshot"], "large.png is larger than 25 MB"),
        (
            ["good.png", "--evidence", "ad_screenshoot"],
            "did you mean 'ad_screenshot'?\nThis claim asks for: ad_screenshot",
        ),
        (["good.png", "--evidence", "qqqq"], "there is no kind of evidence 'qqqq'\nThis claim asks for: ad_screenshot"),
        (["good.png"], "say with --evidence what the file proves"),
        (["good.png", "--evidence", "a", "--invoice", "b"], "exclude each other"),
        (["good.png", "--note", "a", "--invoice", "b"], "--note belongs to --evidence"),
        (["good.png", "--tactic", "a", "--invoice", "b"], "--tactic belongs to --evidence"),
        (["good.png", "--tactic", "a", "--evidence", "ad_screenshot"], "ads is no campaign of several tactics"),
        (["good.png", "empty.png", "--evidence", "ad_screenshot", "--as", "x.png"], "--as goes with one FILE only"),
        (["good.png", "empty.png", "--invoice", "NV-ads"], "--invoice goes with one FILE only"),
        (["good.png", "--evidence", "ad_screenshot", "--as", "a/b.png"], "'a-b.png' can"),
        (["good.png", "--evidence", "ad_screenshot", "--as", ".."], "has no name that can be kept"),
    ],
)
def test_what_is_refused_changes_nothing(poe: Program, ads: Path, arguments: list[str], said: str) -> None:
    home = poe.folder / "house"
    (home / "empty.png").write_bytes(b"")
    (home / "good.png").write_bytes(SECOND)
    with (home / "large.png").open("wb") as stream:
        stream.truncate(25_000_001)
    before = state(ads)
    ran = add(poe, "ads", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert state(ads) == before


@pytest.mark.parametrize(
    "proofs", ["[foo]", "{a: 1}", "foo", "[{evidence: ad_screenshot, files: evidence/x.png}]", "[{files: [1, {a: 2}]}]"]
)
def test_proof_documents_that_are_none(poe: Program, ads: Path, shot: Path, proofs: str) -> None:
    claim = ads / "claim.yaml"
    head, tail = claim.read_text().split("proof_documents:\n")
    claim.write_text(f"{head}proof_documents: {proofs}\n{tail[tail.index('metrics:') :]}")
    before = state(ads)
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot")
    assert (ran.status, ran.out) == (2, "")
    assert "proof_documents is not as it should be, so nothing is added" in ran.err
    assert state(ads) == before


def test_a_claim_that_cannot_be_read_is_not_simply_unknown(poe: Program, ads: Path, shot: Path) -> None:
    (ads / "claim.yaml").write_text("kind: claim\nid: [\n")
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot")
    assert (ran.status, ran.out) == (2, "")
    assert "some cannot be read; 'poe-pack validate' says why" in ran.err


def test_claims_that_were_handed_in_are_closed(poe: Program, house: House, shot: Path) -> None:
    ads = house.claim("ads", SUBMITTED).parent
    before = state(ads)
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot")
    assert (ran.status, ran.out) == (2, "")
    assert "ads was handed in" in ran.err
    assert state(ads) == before
    house.claim("other")
    assert "name one of: ads, other" in add(poe, ".", shot, "--evidence", "ad_screenshot").err


def test_what_is_wrong_with_a_file_is_said(poe: Program, ads: Path, shot: Path) -> None:
    shot.write_bytes(SECOND[:60])
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot")
    assert ran.status == 1
    assert "POE516 evidence/Screen-shot.png is damaged" in ran.out


def test_a_text_that_cannot_be_edited_is_left_with_words_to_write(poe: Program, ads: Path, shot: Path) -> None:
    claim = ads / "claim.yaml"
    head, tail = claim.read_text().split("proof_documents:\n")
    claim.write_text(f"{head}proof_documents: null\n{tail[tail.index('metrics:') :]}")
    before = state(ads)
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot", "--note", "The advert")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[1:] == [
        "proof_documents:",
        "  - evidence: ad_screenshot",
        "    files: [evidence/Screen-shot.png]",
        "    note: The advert",
    ]
    assert "Copy the file to evidence/Screen-shot.png yourself" in ran.err
    assert state(ads) == before


def test_a_link_where_evidence_is_kept(poe: Program, ads: Path, shot: Path, tmp_path: Path) -> None:
    (ads / "evidence").rename(tmp_path / "away")
    (ads / "evidence").symlink_to(tmp_path / "away")
    before = state(tmp_path / "away")
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot")
    assert ran.status == 2
    assert "evidence is kept in a real one" in ran.err
    assert state(tmp_path / "away") == before


# --- at a terminal -------------------------------------------------------------------------------------------


def talk(arguments: list[str], cwd: Path, answers: list[tuple[str, str]]) -> tuple[int, str]:
    """Run the program at a terminal; each answer is typed once its question stands there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [str(SCRIPT), *arguments], cwd=cwd, env=environment(TERM="dumb"), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said, asked, end = "", 0, time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([ours], [], [], 1)[0]:
            continue
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the terminal closes with the program
            break
        said += piece.decode()
        if answers and answers[0][0] in said[asked:]:
            asked = len(said)
            os.write(ours, answers.pop(0)[1].encode() + b"\n")
    os.close(ours)
    return process.wait(10), said


def test_a_terminal_is_asked(ads: Path, shot: Path) -> None:
    arguments = ["evidence", "add", "--as-of", AS_OF, "ads", str(shot)]
    answers = [("Kind of evidence", "nosuch"), ("Kind of evidence", "2"), ("What does the reviewer", "The page, seen")]
    status, said = talk(arguments, ads.parent, answers)
    assert status == 0, said
    assert "1  ad_screenshot: Advert screenshot" in said
    assert "there is no kind of evidence 'nosuch'" in said
    assert yaml.safe_load((ads / "claim.yaml").read_text())["proof_documents"][-1] == {
        "evidence": "landing_page_url",
        "files": ["evidence/Screen-shot.png"],
        "note": "The page, seen",
    }


def test_a_note_is_asked_for_where_none_is_there(ads: Path, shot: Path) -> None:
    arguments = ["evidence", "add", "--as-of", AS_OF, "ads", str(shot), "--evidence"]
    status, said = talk([*arguments, "ad_screenshot"], ads.parent, [])
    assert (status, "reviewer" in said) == (0, False)
    shot.write_bytes(PNG + b"third")
    status, said = talk([*arguments, "landing_page_url", "--as", "3.png"], ads.parent, [("What does the reviewer", "")])
    assert status == 0, said
    assert "note" not in yaml.safe_load((ads / "claim.yaml").read_text())["proof_documents"][-1]
