"""`--policy-from`: what judges comes from a revision, so that a branch cannot loosen it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poe_pack.rulebook.shipped import DATA
from tests.cli.house import POE, House, assert_harmless, git, make_house, start_git
from tests.cli.program import Program
from tests.cli.test_json import result_of
from tests.rulebook.shipped import shipped_as_yaml

OFF = "rules: {switched_off: [{rule: POE302, reason: It is in the way}]}\n"


@pytest.fixture
def branch(house: House) -> House:
    """A sound main, and a branch with a claim that has a fault and a `poe.yaml` that switches its rule off."""
    house.claim("good")
    start_git(house.root)
    git(house.root, "switch", "-q", "-c", "work")
    house.bad("bad")
    house.write("poe.yaml", POE + OFF)
    git(house.root, "add", "-A")
    git(house.root, "commit", "-q", "-m", "Make it pass")
    return house


def sha(house: House, revision: str) -> str:
    return git(house.root, "rev-parse", revision).strip()


def refused(poe: Program, *arguments: str | Path) -> str:
    """What a run says that cannot start: one line."""
    ran = poe.validate(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert_harmless(ran.raw_err)
    return ran.err


def test_a_pull_request_cannot_switch_a_rule_off(poe: Program, branch: House) -> None:
    assert poe.validate("house").status == 0
    ran = poe.validate("house", "--policy-from", "main")
    assert ran.status == 1
    assert "bad/claim.yaml:9:7: error POE302" in ran.out
    assert f"Judged by poe.yaml and rulebook of main, commit {sha(branch, 'main')[:12]}.\n" in ran.out
    result = result_of(poe, "house", "--policy-from", "main")
    assert result["policy_from"] == {"revision": "main", "commit": sha(branch, "main")}
    assert result["summary"]["rules_off"] == []
    assert poe.validate("house", "--policy-from", "work").status == 0
    run = json.loads(poe.validate("house", "--policy-from", "main", "--format", "sarif").raw)["runs"][0]
    assert run["invocations"][0]["properties"]["policyFrom"]["commit"] == sha(branch, "main")


def test_nor_a_baseline(poe: Program, house: House) -> None:
    house.bad("old")
    start_git(house.root)
    assert poe.validate("house", "--format", "json", "--output", "house/baseline.json").status == 1
    git(house.root, "add", "-A")
    git(house.root, "commit", "-q", "-m", "A baseline")
    git(house.root, "switch", "-q", "-c", "work")
    house.bad("new")
    arguments = ("house", "--baseline", "house/baseline.json")
    poe.validate(*arguments, "--format", "json", "--output", "house/baseline.json")
    assert poe.validate(*arguments).status == 0
    ran = poe.validate(*arguments, "--policy-from", "main")
    assert ran.status == 1
    assert "new/claim.yaml" in ran.out
    assert "old/claim.yaml" not in ran.out
    assert "1 error, 1 known, 0 fixed" in ran.out
    assert "Judged by poe.yaml, rulebook and baseline of main" in ran.out
    (house.root / "baseline.json").unlink()  # only the one of main is read
    assert poe.validate(*arguments, "--policy-from", "main").raw == ran.raw
    (house.root / "ci").symlink_to(".")
    assert "ci/baseline.json is not there" in refused(
        poe, "house", "--baseline", "house/ci/baseline.json", "--policy-from", "main"
    )
    outside = refused(poe, "house", "--baseline", "elsewhere.json", "--policy-from", "main")
    assert "lies outside the repository" in outside


def own_rulebook(house: House, *edits: tuple[str, str]) -> None:
    text = shipped_as_yaml()
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    house.write("rulebooks/own.yaml", text)


def test_nor_a_rulebook_of_its_own(poe: Program, house: House) -> None:
    own_rulebook(house)
    house.write("poe.yaml", POE.replace("microsoft-coop", "rulebooks/own.yaml"))
    house.claim("good")
    start_git(house.root)
    before = result_of(poe, "house", "--policy-from", "main")
    version = json.loads((DATA / "microsoft-coop.json").read_bytes())["version"]
    own_rulebook(house, (f"version: '{version}'", "version: '9999.1'"))
    changed = result_of(poe, "house")
    kept = result_of(poe, "house", "--policy-from", "main")
    assert changed["rulebooks"][0]["version"] == "9999.1"
    assert kept == before
    assert kept["rulebooks"][0]["version"] == version
    house.write("rulebooks/own.yaml", "kind: [")  # merged it would stop every run
    assert poe.validate("house", "--policy-from", "main").status == 2


EXTENDS = """\
kind: rulebook
extends: microsoft-coop
id: house
version: "2026.1"
title: House rules
sources: {house: {title: Finance handbook, read: "2026-11-01", confidence: D}}
activity_types:
  digital_advertising: {values: {"2026-01-01": {expenses: [giveaways], expenses_truncated: false, source: house}}}
"""


def test_nor_one_that_extends_another(poe: Program, house: House) -> None:
    house.write("rulebooks/own.yaml", EXTENDS)
    house.write("poe.yaml", POE.replace("microsoft-coop", "rulebooks/own.yaml"))
    house.claim("claim")
    start_git(house.root)
    before = result_of(poe, "house", "--policy-from", "main")
    told = next(finding for finding in before["findings"] if finding["code"] == "POE407")
    assert told["judged_by"]["source"]["title"] == "Finance handbook"
    house.write("rulebooks/own.yaml", EXTENDS.replace("[giveaways]", "[giveaways, media_placement, agency_fee]"))
    assert "POE407" not in {finding["code"] for finding in result_of(poe, "house")["findings"]}
    assert result_of(poe, "house", "--policy-from", "main") == before
    house.write("rulebooks/own.yaml", EXTENDS.replace("source: house", "source: core-2020-08"))
    assert "8:" in poe.validate("house").err
    git(house.root, "commit", "-q", "-am", "Break it")
    house.write("rulebooks/own.yaml", EXTENDS)
    assert "rulebooks/own.yaml:8:" in refused(poe, "house", "--policy-from", "HEAD")


def test_nor_take_documents_out_of_sight(poe: Program, branch: House) -> None:
    branch.write("bad/poe.yaml", POE)
    assert poe.validate("house").status == 0
    said = refused(poe, "house", "--policy-from", "main")
    assert "bad/poe.yaml is new and begins a repository of its own" in said
    git(branch.root, "add", "-A")
    git(branch.root, "commit", "-q", "-m", "Hide it")
    assert refused(poe, "house", "--policy-from", "main") == said
    assert poe.validate("house", "--policy-from", "work").status == 0


def test_nor_days_and_limits(poe: Program, house: House) -> None:
    house.write("poe.yaml", POE + "limits: {evidence_file_megabytes: 0.0001}\n")
    house.claim("claim")
    start_git(house.root)
    house.write("poe.yaml", POE + "limits: {evidence_file_megabytes: 10}\n")
    house.write("new/evidence/invoice.pdf", b"%PDF-1.4\n" + b"x" * 500)
    house.claim("new", evidence=False)
    house.write("new/evidence/ad.png", (house.root / "claim/evidence/ad.png").read_bytes())
    codes = {finding["code"] for finding in result_of(poe, "house")["findings"]}
    strict = {finding["code"] for finding in result_of(poe, "house", "--policy-from", "main")["findings"]}
    assert strict - codes


def test_findings_of_the_working_trees_poe_yaml_are_shown(poe: Program, branch: House) -> None:
    branch.write("poe.yaml", POE + "paper: A5\n")
    ran = poe.validate("house", "--policy-from", "main")
    assert ran.status == 1
    assert "poe.yaml:4:8: error POE1" in ran.out
    assert "bad/claim.yaml:9:7: error POE302" in ran.out


@pytest.mark.parametrize("revision", ["", "-x", "--output=x", "HEAD;rm", "nowhere", "a\nb: error", "\x1b[2J"])
@pytest.mark.parametrize("option", ["--policy-from", "--changed-since"])
def test_hostile_revisions(poe: Program, branch: House, option: str, revision: str) -> None:
    told = refused(poe, "house", option, revision)
    assert f"{option}: there is no commit" in told
    assert "git fetch origin" in told
    assert not list(poe.folder.glob("*x"))


def test_outside_git_and_without_it(poe: Program, house: House) -> None:
    assert "it needs a git repository" in refused(poe, "house", "--policy-from", "main")
    start_git(house.root)
    ran = poe.validate("house", "--policy-from", "main", env={"PATH": str(poe.folder)})
    assert (ran.status, ran.err) == (2, "poe-pack: --policy-from: it needs git, which is not installed\n")


def test_what_is_not_in_the_revision(poe: Program, house: House) -> None:
    git(house.root, "init", "-q", "-b", "main")
    git(house.root, "commit", "-q", "--allow-empty", "-m", "Nothing yet")
    told = refused(poe, "house", "--policy-from", "main")
    assert "cannot judge: poe.yaml is not there; commit it to that branch, or name a revision that has it" in told
    git(house.root, "add", "-A")
    git(house.root, "commit", "-q", "-m", "All")
    told = refused(poe, "house", "--policy-from", "main", "--baseline", "house/baseline.json")
    assert "baseline.json is not there" in told


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind: repository\nrulebook: [", "poe.yaml:"),
        (POE + "paper: A5\n", "poe.yaml:4:8: 'paper'"),
        ("kind: partner\nid: x\n", "cannot judge: poe.yaml"),
        (POE.replace("Europe/Stockholm", "Europe/Nowhere"), "there is no time zone 'Europe/Nowhere'"),
        (POE.replace("microsoft-coop", "nobodys"), "there is no rulebook 'nobodys'"),
        (POE.replace("microsoft-coop", "rulebooks/own.yaml"), "rulebooks/own.yaml is not there"),
        (POE + OFF.replace("POE302", "POE999"), "there is no rule POE999"),
    ],
    ids=["torn", "unknown word", "other kind", "time zone", "rulebook", "own rulebook", "rule"],
)
def test_a_policy_with_faults(poe: Program, house: House, text: str, says: str) -> None:
    house.write("poe.yaml", text)
    start_git(house.root)
    house.write("poe.yaml", POE)
    told = refused(poe, "house", "--policy-from", "main")
    assert says in told
    assert "main" in told


def test_a_link_or_too_large_a_poe_yaml_judges_nothing(poe: Program, house: House) -> None:
    house.write("real.txt", POE)
    (house.root / "poe.yaml").unlink()
    (house.root / "poe.yaml").symlink_to("real.txt")
    start_git(house.root)
    (house.root / "poe.yaml").unlink()
    house.write("poe.yaml", POE)
    assert "poe.yaml is not a file there" in refused(poe, "house", "--policy-from", "main")
    house.write("poe.yaml", POE + "#" * 1_000_000)
    git(house.root, "commit", "-qam", "Large")
    house.write("poe.yaml", POE)
    assert "poe.yaml is larger there" in refused(poe, "house", "--policy-from", "main")


def test_a_repository_below_the_root_of_git(poe: Program) -> None:
    house = make_house(poe.folder / "work" / "böcker")
    house.bad("bad")
    start_git(poe.folder / "work")
    house.write("poe.yaml", POE + OFF)
    for cwd in (house.root, poe.folder / "work", house.root / "bad"):
        assert poe.validate(cwd=cwd).status == 0
        assert poe.validate("--policy-from", "main", cwd=cwd).status == 1
