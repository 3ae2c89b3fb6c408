"""`validate --fix` and `--diff` as people and scripts meet them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.house import House, assert_harmless, start_git
from tests.cli.program import Program, environment

# A truth word, a number for a text, a close comment and an item at its key: four faults, each with a safe fix.
EDITS = (
    ("name: Advertising of odd", "name: NO"),
    ('number: "NV-odd"', "number: 10482"),
    ("    note: Landing page\n", '    note: "Landing page"#b\n'),
    (
        "shows: [company_brand, contact_info, microsoft_content]\n  - evidence: landing",
        "shows: [\n    company_brand,\n    contact_info, microsoft_content ]\n  - evidence: landing",
    ),
)
MENDED = ('name: "NO"\n', 'number: "10482"\n', '"Landing page" #b\n', "     company_brand,\n     contact_info")


def odd(house: House) -> Path:
    return house.claim("odd", *EDITS)


def test_several_faults_in_one_file_are_mended_at_once(poe: Program, house: House) -> None:
    file = odd(house)
    assert poe.validate("house").status == 1
    ran = poe.validate("house", "--fix")
    assert ran.status == 0, ran.out
    assert "odd/claim.yaml" in ran.err
    text = file.read_text()
    assert all(part in text for part in MENDED)
    again = poe.validate("house", "--fix")
    assert (again.status, again.err, file.read_text()) == (0, "", text)
    assert poe.validate("house", "--diff").out == ""


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "with a mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_line_ends_stay_and_a_mark_goes(poe: Program, house: House, mark: bytes, end: bytes) -> None:
    file = odd(house)
    file.write_bytes(mark + file.read_bytes().replace(b"\n", end))
    count = file.read_bytes().count(end)
    assert poe.validate("house", "--fix").status == 0
    raw = file.read_bytes()
    assert raw.startswith(b"kind: claim" + end)
    assert raw.count(end) == count
    assert (b"\r" in raw) == (end == b"\r\n")
    assert poe.validate("house", "--fix").err == ""


def test_what_cannot_be_mended_stays_and_is_told(poe: Program, house: House) -> None:
    file = odd(house)
    file.write_text(file.read_text().replace('date: "2026-11-13"\n', 'date: "2027-01-13"\n'))
    ran = poe.validate("house", "--fix")
    assert ran.status == 1
    assert "POE302" in ran.out
    assert "POE017" not in ran.out
    assert all(part in file.read_text() for part in MENDED)


def test_nothing_to_mend(poe: Program, house: House) -> None:
    house.claim("good")
    file = house.bad("bad")
    before, time = file.read_bytes(), file.stat().st_mtime_ns
    ran = poe.validate("house", "--fix")
    assert (ran.status, ran.err) == (1, "")
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, time)
    assert (poe.validate("house", "--diff").status, poe.validate("house", "--diff").out) == (1, "")


def test_a_file_that_cannot_be_written_is_said_and_whole(poe: Program, house: House) -> None:
    """Where permissions do not bind (as root), it is simply mended."""
    file = odd(house)
    before = file.read_bytes()
    file.parent.chmod(0o555)
    ran = poe.validate("house", "--fix")
    file.parent.chmod(0o755)
    assert "Traceback" not in ran.err
    if os.geteuid() == 0:
        assert ran.status == 0
    else:
        assert (ran.status, file.read_bytes()) == (2, before)
        assert "cannot write" in ran.err
    assert not list(file.parent.glob(".*.part"))


def test_a_link_is_not_mended(poe: Program, house: House) -> None:
    file = odd(house)
    elsewhere = house.root.parent / "elsewhere.yaml"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    ran = poe.validate("house", "--fix")
    assert ran.status == 1
    assert "POE001" in ran.out
    assert elsewhere.read_bytes() == before
    assert file.is_symlink()


def test_a_diff_does_not_steer_the_terminal(poe: Program, house: House) -> None:
    file = odd(house)
    file.write_text(file.read_text().replace("name: NO\n", "name: NO # \x1b[2J\u202e\n"))
    assert_harmless(poe.validate("house", "--diff").raw)


def test_only_what_is_shown_is_mended(poe: Program, house: House) -> None:
    odd(house)
    other = house.claim("other", ("name: Advertising of other", "name: NO"))
    assert poe.validate("house/odd", "--fix").status == 0
    assert "name: NO\n" in other.read_text()


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("tool", [["git", "apply", "--whitespace=nowarn"], ["patch", "-p1", "--binary"]])
def test_the_diff_applies(poe: Program, house: House, tool: list[str], end: bytes) -> None:
    file = odd(house)
    # Tabs, spaces of other widths and a last line without an end are in the patch as they are in the file.
    odd_blanks = file.read_bytes().replace(b"name: NO\n", "name: NO\t# a\u2009b\tc\n".encode())
    file.write_bytes(odd_blanks.replace(b"\n", end).removesuffix(end))
    start_git(house.root)
    before = file.read_bytes()
    ran = poe.validate("house", "--diff")
    assert (ran.status, file.read_bytes()) == (1, before)
    done = subprocess.run(tool, cwd=house.root, env=environment(), input=ran.raw, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    mended = file.read_bytes()
    file.write_bytes(before)
    poe.validate("house", "--fix")
    assert file.read_bytes() == mended
    assert poe.validate("house").status == 0
