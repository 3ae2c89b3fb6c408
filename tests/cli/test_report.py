"""`poe-pack report` and `status` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.house import House, start_git
from tests.cli.program import AS_OF, Program

FILES = ["index.html", "status.csv", "status.json", "status.pdf"]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def books(house: House) -> House:
    """A committed repository with a ready claim, a draft and a faulty one."""
    house.claim("good")
    house.draft("draft")
    house.bad("bad")
    start_git(house.root)
    return house


def test_writes_four_files_and_names_them(poe: Program, books: House) -> None:
    ran = poe("report", "house", "-o", "out", "--as-of", AS_OF)
    assert (ran.status, ran.err) == (0, "")
    assert sorted(ran.out.split()) == [f"out/{name}" for name in FILES]
    made = contents(poe.folder / "out")
    assert list(made) == FILES
    assert made["status.pdf"].startswith(b"%PDF-")
    assert json.loads(made["status.json"])["as_of"] == AS_OF
    for name in ("good", "draft", "bad"):
        assert name.encode() in made["index.html"]
        assert name.encode() in made["status.csv"]


def test_same_bytes(poe: Program, books: House) -> None:
    assert poe("report", "house", "-o", "first", "--as-of", AS_OF, env={"PYTHONHASHSEED": "0"}).status == 0
    for number, variables in enumerate(
        (
            {"PYTHONHASHSEED": "random", "TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX"},
            {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles"},
        )
    ):
        out = poe.folder / f"again-{number}"
        assert poe("report", ".", "-o", out, "--as-of", AS_OF, cwd=books.root, env=variables).status == 0
        assert contents(out) == contents(poe.folder / "first")


def test_a_second_report_takes_the_place_of_the_first(poe: Program, books: House) -> None:
    for day in ("2026-11-20", AS_OF):
        assert poe("report", "house/good", "-o", "out", "--as-of", day).status == 0
    assert json.loads((poe.folder / "out" / "status.json").read_bytes())["as_of"] == AS_OF
    assert list(contents(poe.folder / "out")) == FILES


@pytest.mark.parametrize("target", ["file", "file/below"])
def test_a_place_that_cannot_be_written(poe: Program, books: House, target: str) -> None:
    (poe.folder / "file").write_text("kept")
    ran = poe("report", "house", "-o", target, "--as-of", AS_OF)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("poe-pack: cannot write to ")
    assert (poe.folder / "file").read_text() == "kept"


def test_status_shows_every_claim_and_what_comes_next(poe: Program, books: House) -> None:
    ran = poe("status", "house", "--as-of", AS_OF)
    assert (ran.status, ran.err) == (0, "")
    for name in ("good", "draft", "bad"):
        assert name in ran.out
    assert poe("status", "--as-of", AS_OF, cwd=books.root) == ran
    assert poe("status", "--as-of", AS_OF, cwd=books.root / "good") == ran


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
def test_status_keeps_to_the_width(poe: Program, books: House, columns: str) -> None:
    ran = poe("status", "house", "--as-of", AS_OF, env={"COLUMNS": columns})
    assert ran.status == 0
    assert max(map(len, ran.out.splitlines())) <= max(int(columns), 80)


def test_unreadable_documents_do_not_stop_a_report(poe: Program, books: House) -> None:
    books.write("torn/claim.yaml", "kind: claim\nid: [")
    assert poe("report", "house", "-o", "out", "--as-of", AS_OF).status == 0
    assert poe("status", "house", "--as-of", AS_OF).status == 0


def test_a_repository_without_claims(poe: Program, house: House) -> None:
    ran = poe("status", "house", "--as-of", AS_OF)
    assert (ran.status, ran.err) == (0, "")
    ran = poe("report", "house", "-o", "out", "--as-of", AS_OF)
    assert (ran.status, ran.err) == (0, "")
    assert list(contents(poe.folder / "out")) == FILES
    ran = poe("packet", "house", "-o", "packets", "--as-of", AS_OF)
    assert (ran.status, ran.err) == (0, "")
