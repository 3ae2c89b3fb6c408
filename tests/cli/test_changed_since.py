"""`--changed-since` and `--staged`: findings of what changed, of what hangs on it, and those that point at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.house import FUNDS, PARTNER, PDF, POE, House, assert_harmless, git, make_house, start_git
from tests.cli.program import Program
from tests.cli.test_json import result_of
from tests.rulebook.shipped import shipped_as_yaml


def shown(poe: Program, *arguments: str | Path) -> set[str]:
    """Folders and files of the findings that are shown."""
    findings = result_of(poe, *arguments)["findings"]
    return {finding["file"].removesuffix("/claim.yaml") for finding in findings}


def since(poe: Program, *arguments: str | Path) -> set[str]:
    return shown(poe, "house", "--changed-since", "main", *arguments)


@pytest.fixture
def branch(house: House) -> House:
    """A branch of a main with two claims that have a fault each, and nothing changed yet."""
    for name in ("one", "two"):
        house.bad(name)
    start_git(house.root)
    git(house.root, "switch", "-q", "-c", "work")
    return house


def commit(house: House) -> None:
    git(house.root, "add", "-A")
    git(house.root, "commit", "-q", "-m", "More")


def _edit(house: House) -> None:
    house.write("two/claim.yaml", (house.root / "two/claim.yaml").read_text() + "# edited\n")


def _evidence(house: House) -> None:
    house.write("two/evidence/invoice.pdf", PDF + b"\n")


def _lost_evidence(house: House) -> None:
    (house.root / "two/evidence/invoice.pdf").unlink()


def _more_evidence(house: House) -> None:
    house.write("two/evidence/" + os.fsdecode(b"n\xf6w\nname.pdf"), PDF)


CHANGES = [_edit, _evidence, _lost_evidence, _more_evidence]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_claim_or_its_evidence(poe: Program, branch: House, change: Callable[[House], None]) -> None:
    assert since(poe) == set()
    change(branch)
    assert since(poe) == {"two"}  # on the disk
    git(branch.root, "add", "-A")
    assert since(poe) == {"two"} == shown(poe, "house", "--staged")
    git(branch.root, "commit", "-q", "-m", "Changed")
    assert since(poe) == {"two"}
    assert shown(poe, "house", "--staged") == set()


def test_a_claim_that_git_does_not_know_yet(poe: Program, branch: House) -> None:
    branch.bad("new")
    assert since(poe) == {"new"}


def test_what_was_changed_on_main_meanwhile_is_not_shown(poe: Program, branch: House) -> None:
    git(branch.root, "switch", "-q", "main")
    _edit(branch)
    commit(branch)
    git(branch.root, "switch", "-q", "work")
    branch.bad("new")
    commit(branch)
    assert since(poe) == {"new"}


@pytest.mark.parametrize("option", [["--changed-since", "main"], ["--staged"]], ids=lambda option: option[0])
def test_a_finding_that_points_at_what_changed(poe: Program, house: House, option: list[str]) -> None:
    """The new claim takes the old one's invoice; the finding sits on the old one, which comes later in the order."""
    house.claim("old")
    house.bad("other")
    start_git(house.root)
    git(house.root, "switch", "-q", "-c", "work")
    house.claim("a-new", ('number: "NV-a-new"', 'number: "NV-old"'))
    git(house.root, "add", "-A")
    told = {(finding["code"], finding["file"]) for finding in result_of(poe, "house", *option)["findings"]}
    assert ("POE410", "old/claim.yaml") in told
    assert "other/claim.yaml" not in {file for _, file in told}
    assert shown(poe, "house/a-new", *option) == set()  # a path narrows further


@pytest.mark.parametrize("option", [["--changed-since", "main"], ["--staged"]], ids=lambda option: option[0])
def test_an_account_that_a_changed_claim_empties(poe: Program, house: House, option: list[str]) -> None:
    """The new claim is the earlier one, so that the finding sits on the old one and points at the account only."""
    house.write("funds/hosting-fy27-h1.yaml", FUNDS.replace("90000.00", "700.00"))
    house.claim("old")
    house.bad("other")
    start_git(house.root)
    git(house.root, "switch", "-q", "-c", "work")
    house.claim("new", ('date: "2026-11-13"\n', 'date: "2026-11-12"\n'))
    git(house.root, "add", "-A")
    found = [(f["code"], f["file"]) for f in result_of(poe, "house", *option)["findings"]]
    assert ("POE601", "old/claim.yaml") in found
    assert ("POE302", "other/claim.yaml") not in found


def _two_partners(poe: Program) -> House:
    house = House(poe.folder / "house")
    house.write("poe.yaml", POE)
    for name in ("north", "south"):
        below = House(house.root / name)
        below.write("partner.yaml", PARTNER)
        below.write("funds/hosting-fy27-h1.yaml", FUNDS)
        below.bad(f"{name}-claim")
    start_git(house.root)
    git(house.root, "switch", "-q", "-c", "work")
    return house


@pytest.mark.parametrize("file", ["partner.yaml", "funds/hosting-fy27-h1.yaml"])
@pytest.mark.parametrize("gone", [False, True], ids=["changed", "gone"])
def test_a_changed_partner_or_account_shows_its_claims(poe: Program, file: str, gone: bool) -> None:
    house = _two_partners(poe)
    path = house.root / "north" / file
    path.unlink() if gone else path.write_text(path.read_text() + "# edited\n")
    found = since(poe)
    assert "north/north-claim" in found
    assert "south/south-claim" not in found
    git(house.root, "add", "-A")
    assert shown(poe, "house", "--staged") == found


def test_a_claim_that_is_gone_shows_the_partner(poe: Program) -> None:
    house = _two_partners(poe)
    git(house.root, "mv", "north/north-claim", "north/renamed")
    House(house.root / "north").bad("more")
    commit(house)
    assert since(poe) == {"north/renamed", "north/more"}
    shutil.rmtree(house.root / "south/south-claim/evidence")
    assert "south/south-claim" in since(poe)


@pytest.mark.parametrize("file", ["poe.yaml", "rulebooks/own.yaml"])
def test_what_judges_shows_everything(poe: Program, house: House, file: str) -> None:

    text = shipped_as_yaml()
    house.write("rulebooks/own.yaml", text)
    house.write("poe.yaml", POE.replace("microsoft-coop", "rulebooks/own.yaml"))
    house.bad("bad")
    start_git(house.root)
    path = house.root / file
    path.write_text(path.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    assert since(poe) == {"bad"}
    assert since(poe, "--policy-from", "main") == {"bad"}


def test_files_that_are_no_documents_of_the_repository(poe: Program) -> None:
    house = make_house(poe.folder / "house" / "claims")
    house.bad("bad")
    (house.root.parent / "notes.yaml").write_text("a: b\n")
    make_house(house.root / "archive").bad("older")
    start_git(house.root.parent)
    (house.root.parent / "notes.yaml").unlink()
    for name in (".ci/x.yaml", "readme.txt", "archive/partner.yaml"):
        house.write(name, PARTNER)
    assert shown(poe, house.root, "--changed-since", "main") == set()


def test_it_is_said_what_is_shown(poe: Program, branch: House) -> None:
    _edit(branch)
    ran = poe.validate("house", "--changed-since", "main")
    assert "2 claims checked, shown of what changed since main: 1 error\n" in ran.out
    ran = poe.validate("house/two", "--changed-since", "main")
    assert "2 claims checked, shown below two of what changed since main: 1 error\n" in ran.out
    assert_harmless(ran.raw)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--staged", "--changed-since", "main"], "--staged and --changed-since both say what to show"),
        (["--staged", "--fix"], "--fix changes files on the disk, not what is staged"),
        (["--staged", "--fix", "--diff"], "--fix changes files on the disk, not what is staged"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_that_contradict_each_other(poe: Program, branch: House, options: list[str], says: str) -> None:
    ran = poe.validate("house", *options)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


def test_outside_git(poe: Program, house: House) -> None:
    ran = poe.validate("house", "--changed-since", "main")
    assert (ran.status, ran.out) == (2, "")
    assert "--changed-since: it needs a git repository" in ran.err
