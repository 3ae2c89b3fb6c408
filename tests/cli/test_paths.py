"""Which repository is meant, and which findings are shown, for every way to name a place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.house import PDF, House, git, make_house, start_git
from tests.cli.program import Program, Ran

_PLACE = re.compile(r"^(\S+?):\d+:\d+: ", re.MULTILINE)


def shown(ran: Ran) -> list[str]:
    """Documents with findings, as they are named, each once."""
    assert ran.err == "", ran
    return list(dict.fromkeys(_PLACE.findall(ran.out)))


@pytest.fixture(params=["outside git", "below a git root"])
def three(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[House, str]:
    """Three faulty claims, and what precedes the names of their documents in output."""
    if request.param == "below a git root":
        house = make_house(tmp_path / "work" / "books" / "claims")
        git(tmp_path / "work", "init", "-q")
        prefix = "books/claims/"
    else:
        house, prefix = make_house(tmp_path / "work"), ""
    for name in ("one", "two", "three"):
        house.bad(name)
    house.write("two/evidence/scans/page.png", b"x")
    house.write("two/evidence/table.yaml", "not: a document\n")
    return house, prefix


def _all(prefix: str) -> list[str]:
    return [f"{prefix}{name}/claim.yaml" for name in ("one", "three", "two")]


def test_repository(poe: Program, three: tuple[House, str]) -> None:
    house, prefix = three
    for named in (house.root, f"{house.root}/one/../."):
        assert shown(poe.validate(named)) == _all(prefix)
    assert shown(poe.validate(cwd=house.root)) == _all(prefix)
    assert shown(poe.validate(poe.folder)) == _all(prefix)
    assert shown(poe.validate("work")) == _all(prefix)


@pytest.mark.parametrize(
    "named",
    [
        "two",
        "two/",
        "two/claim.yaml",
        "two/evidence/ad.png",
        "two/evidence/scans/page.png",
        "two/evidence/table.yaml",
        "two/evidence",
        "two/evidence/scans",
        "one/../two",
    ],
)
def test_claim_folder_document_and_evidence(poe: Program, three: tuple[House, str], named: str) -> None:
    house, prefix = three
    wanted = [f"{prefix}two/claim.yaml"]
    ran = poe.validate(named, cwd=house.root)
    assert (ran.status, shown(ran)) == (1, wanted)
    assert poe.validate(f"../{named}", cwd=house.root / "three") == ran


def test_several_places_at_once(poe: Program, three: tuple[House, str]) -> None:
    house, prefix = three
    ran = poe.validate("one/claim.yaml", "../" + house.root.name + "/three/evidence/ad.png", cwd=house.root)
    assert shown(ran) == [f"{prefix}one/claim.yaml", f"{prefix}three/claim.yaml"]


def test_inside_a_claim(poe: Program, three: tuple[House, str]) -> None:
    house, prefix = three
    for cwd in ("two", "two/evidence/scans"):
        assert shown(poe.validate(cwd=house.root / cwd)) == [f"{prefix}two/claim.yaml"]


def test_a_clean_claim_beside_faulty_ones(poe: Program, three: tuple[House, str]) -> None:
    """What is shown decides the status; the rest is checked, too, but not shown."""
    house, _ = three
    house.claim("good")
    ran = poe.validate(house.root / "good")
    assert (ran.status, shown(ran)) == (0, [])
    assert re.match(r"4 claims checked, shown below (books/claims/)?good: 0 errors\n", ran.out)


def test_rules_across_claims_see_the_claims_not_shown(poe: Program, three: tuple[House, str]) -> None:
    house, prefix = three
    house.claim("zwei", ("id: zwei\n", "id: one\n"))
    ran = poe.validate(house.root / "zwei", "--select", "POE901")
    assert shown(ran) == [f"{prefix}zwei/claim.yaml"]
    assert f"{prefix}one/claim.yaml" in ran.out


def test_through_a_linked_folder(poe: Program, three: tuple[House, str]) -> None:
    house, prefix = three
    (poe.folder / "short").symlink_to(house.root)
    assert shown(poe.validate("short")) == _all(prefix)
    assert shown(poe.validate("short/two")) == [f"{prefix}two/claim.yaml"]
    assert shown(poe.validate("short/two", house.root / "one")) == [
        f"{prefix}one/claim.yaml",
        f"{prefix}two/claim.yaml",
    ]


def test_a_linked_piece_of_evidence_stands_for_the_claim_it_lies_in(poe: Program, three: tuple[House, str]) -> None:
    house, prefix = three
    (poe.folder / "outside.png").write_bytes(b"x")
    (house.root / "two" / "evidence" / "linked.png").symlink_to(poe.folder / "outside.png")
    (house.root / "two" / "evidence" / "dangling.png").symlink_to(poe.folder / "nowhere.png")
    for name in ("linked.png", "dangling.png"):
        assert shown(poe.validate(house.root / "two" / "evidence" / name)) == [f"{prefix}two/claim.yaml"]


def test_in_a_git_worktree(poe: Program, house: House) -> None:
    """There `.git` is a file."""
    house.bad("bad")
    start_git(house.root)
    git(house.root, "worktree", "add", "-q", str(poe.folder / "tree"))
    assert shown(poe.validate(poe.folder / "tree")) == ["bad/claim.yaml"]


def test_several_repositories_below(poe: Program) -> None:
    for name in ("north", "south"):
        make_house(poe.folder / "offices" / name).bad("bad")
    ran = poe.validate("offices")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "poe-pack: offices holds several claims repositories (north, south); name one of them\n"
    assert shown(poe.validate("offices/south")) == ["bad/claim.yaml"]


def test_two_repositories_named(poe: Program) -> None:
    for name in ("north", "south"):
        make_house(poe.folder / name).bad("bad")
    ran = poe.validate("north", "south/bad")
    assert (ran.status, ran.out) == (2, "")
    assert "these paths lie in different claims repositories" in ran.err
    assert "name one at a time" in ran.err


def test_a_repository_inside_another_is_not_part_of_it(poe: Program, house: House) -> None:
    house.bad("bad")
    make_house(house.root / "archive").bad("older")
    assert shown(poe.validate("house")) == ["bad/claim.yaml"]
    assert shown(poe.validate("house/archive")) == ["older/claim.yaml"]
    assert shown(poe.validate("house/archive/older")) == ["older/claim.yaml"]


def test_hidden_folders_and_evidence_hold_no_documents(poe: Program, house: House) -> None:
    house.claim("good")
    for place in (
        ".venv/x.yaml",
        ".git-old/claim.yaml",
        "good/evidence/x.yaml",
        "node_modules/a/b.yml",
        ".hidden.yaml",
    ):
        house.write(place, "kind: claim\n")
    assert poe.validate("house").out.startswith("1 claim: 0 errors\n")


def test_yml_is_a_document_too(poe: Program, house: House) -> None:
    house.write("notes/claim.yml", "kind: claims\n")
    ran = poe.validate("house")
    assert shown(ran) == ["notes/claim.yml"]
    assert "did you mean 'claim'?" in ran.out


def test_staged_outside_git(poe: Program, house: House) -> None:
    house.bad("bad")
    ran = poe.validate("--staged", "house")
    assert (ran.status, ran.out) == (2, "")
    assert "--staged needs a git repository" in ran.err


def test_staged_without_git(poe: Program, house: House) -> None:
    house.bad("bad")
    start_git(house.root)
    ran = poe.validate("--staged", "house", env={"PATH": str(poe.folder)})
    assert (ran.status, ran.out) == (2, "")
    assert "git is not installed" in ran.err


def _stage_all(house: House) -> None:
    git(house.root, "add", "-A")


def _stage_evidence(house: House) -> None:
    house.write("two/evidence/invoice.pdf", PDF + b"\n")
    git(house.root, "add", "two/evidence/invoice.pdf")


def _delete_evidence(house: House) -> None:
    git(house.root, "rm", "-q", "two/evidence/invoice.pdf")


def _rename_evidence(house: House) -> None:
    git(house.root, "mv", "two/evidence/invoice.pdf", "two/evidence/rechnung.pdf")


@pytest.mark.parametrize("stage", [_stage_evidence, _delete_evidence, _rename_evidence])
def test_staged_evidence_shows_its_claim(poe: Program, house: House, stage: Callable[[House], None]) -> None:
    for name in ("one", "two"):
        house.bad(name)
    start_git(house.root)
    assert shown(poe.validate("--staged", "house")) == []
    stage(house)
    ran = poe.validate("--staged", "house")
    assert (ran.status, shown(ran)) == (1, ["two/claim.yaml"])
    assert ("POE511" in ran.out) is (stage is not _stage_evidence)


@pytest.mark.parametrize(
    "settings", [{"diff.relative": "true"}, {"diff.renames": "copies"}, {"core.quotePath": "true"}]
)
def test_staged_names_do_not_depend_on_git_settings(poe: Program, settings: dict[str, str]) -> None:
    house = make_house(poe.folder / "work" / "böcker")
    start_git(poe.folder / "work")
    for key, value in settings.items():
        git(house.root, "config", key, value)
    house.bad("bad")
    _stage_all(house)
    for cwd in (house.root, poe.folder / "work", house.root / "bad"):
        ran = poe.validate("--staged", cwd=cwd)
        assert (ran.status, shown(ran)) == (1, ["böcker/bad/claim.yaml"]), cwd


def test_nothing_of_a_git_configuration_is_run(poe: Program, house: House) -> None:
    house.bad("bad")
    start_git(house.root)
    trap = poe.folder / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{poe.folder}/sprung'\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand"):
        git(house.root, "config", key, str(trap))
    git(house.root, "config", "diff.trap.command", str(trap))
    git(house.root, "config", "diff.trap.textconv", str(trap))
    house.write(".gitattributes", "* diff=trap\n")
    house.write("bad/note.txt", "x")
    git(house.root, "-c", "core.fsmonitor=", "add", "-A")
    (poe.folder / "sprung").unlink(missing_ok=True)
    assert poe.validate("--staged", "house").status == 1
    assert poe("status", "house").status == 0
    assert not (poe.folder / "sprung").exists()


def test_copy_without_git_gives_the_same_findings(poe: Program, house: House) -> None:
    house.bad("bad")
    outside = poe.validate("house")
    start_git(house.root)
    assert poe.validate("house") == outside
    shutil.rmtree(house.root / ".git")
    assert poe.validate("house") == outside
