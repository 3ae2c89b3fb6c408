"""Repositories whose own settings are missing or broken: one sentence that says what to do, or one finding."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from poe_pack.rulebook.shipped import shipped
from tests.cli.house import POE, House, assert_harmless
from tests.cli.program import Program, Ran
from tests.robustness.test_documents import codes, judged
from tests.rulebook.shipped import shipped_as_yaml

RULEBOOK = shipped_as_yaml()


def refused(poe: Program, *arguments: str) -> str:
    """A run that cannot start: status 2, nothing on stdout; returns what it said in its one sentence."""
    ran: Ran = poe.validate("house", *arguments, timeout=10)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("poe-pack: ")
    assert "Traceback" not in ran.err
    assert_harmless(ran.raw_err)
    return ran.err


def test_no_poe_yaml(poe: Program, house: House) -> None:
    (house.root / "poe.yaml").unlink()
    said = refused(poe)
    assert "no poe.yaml in, above or below house" in said
    assert "'kind: repository'" in said


def test_poe_yaml_that_is_a_folder(poe: Program, house: House) -> None:
    (house.root / "poe.yaml").unlink()
    (house.root / "poe.yaml").mkdir()
    assert "no poe.yaml" in refused(poe)


@pytest.mark.parametrize("what", ["pipe", "dangling link", "link out of the repository"])
def test_poe_yaml_that_is_no_file(poe: Program, house: House, what: str) -> None:
    house.bad("bad")
    path = house.root / "poe.yaml"
    path.unlink()
    if what == "pipe":
        os.mkfifo(path)
    else:
        outside = house.root.parent / "outside.yaml"
        path.symlink_to(outside)
        if what != "dangling link":
            outside.write_text(f"{POE}rules: {{switched_off: [{{rule: POE302, reason: Not mine}}]}}\n")
    for place in ("house", "house/bad", "house/poe.yaml"):
        ran = poe.validate(place, timeout=10)
        assert (ran.status, ran.err) == (1, "")
        assert codes(ran, "poe.yaml") == ([] if place == "house/bad" else ["POE001"])
        assert codes(ran, "bad/claim.yaml") == ([] if place == "house/poe.yaml" else ["POE302"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "POE010"),
        ("# nothing\n", "POE010"),
        ("kind: repository\nrulebook: [\n", "POE002"),
        ("kind: repositry\nrulebook: microsoft-coop\n", "POE101"),
        ("kind: repository\n", "POE102"),
        (f"{POE}holiday: []\n", "POE103"),
        (f"{POE}answer_days: soon\n", "POE104"),
        (f"{POE}answer_days: {10**29}\n", "POE108"),
        (f"{POE}holidays: ['2026-13-01']\n", "POE107"),
        ("kind: repository\nrulebook: 5\n", "POE104"),
        ("kind: repository\nrulebook: ../elsewhere.yaml\n", "POE106"),
        ("kind: repository\nrulebook: microsoft-coop\ntimezone: ../../etc/passwd\n", "POE106"),
        (f"{POE}rules: {{switched_off: [{{rule: 302, reason: x}}]}}\n", "POE10"),
        (f"{POE}limits: {{evidence_pages: none}}\n", "POE104"),
    ],
    ids=lambda value: value[-30:],
)
def test_broken_poe_yaml_is_a_finding(poe: Program, house: House, text: str, code: str) -> None:
    """Its sound settings hold, the others keep their defaults, and the claims are judged."""
    house.bad("bad")
    house.write("poe.yaml", text)
    ran = judged(poe)
    assert (ran.status, ran.err) == (1, "")
    (found,) = codes(ran, "poe.yaml")
    assert found.startswith(code)
    assert codes(ran, "bad/claim.yaml") == ["POE302"]


@pytest.mark.parametrize("zone", ["Europe/Stockhlm", "Nowhere", "Europe", "x" * 300, "a/" * 200 + "b", "posixrules-"])
def test_unknown_time_zone(poe: Program, house: House, zone: str) -> None:
    house.write("poe.yaml", f"kind: repository\nrulebook: microsoft-coop\ntimezone: {zone}\n")
    said = refused(poe)
    assert said.startswith("poe-pack: poe.yaml: there is no time zone ")
    assert said.endswith("write one such as Europe/Stockholm\n")


def test_unknown_rulebook(poe: Program, house: House) -> None:
    house.write("poe.yaml", "kind: repository\nrulebook: microsoft-cop\n")
    said = refused(poe)
    assert f"there is no rulebook 'microsoft-cop'; shipped are: {', '.join(shipped())}" in said
    for command in (["status", "house"], ["report", "house", "-o", "out"], ["packet", "house", "-o", "out"]):
        ran = poe(*command, "--as-of", "2026-11-21")
        assert (ran.status, ran.out, ran.err) == (2, "", said)


def test_own_rulebook(poe: Program, house: House) -> None:
    house.bad("bad")
    house.write("poe.yaml", "kind: repository\nrulebook: rulebooks/house.yaml\n")
    house.write("rulebooks/house.yaml", RULEBOOK)
    ran = judged(poe)
    assert ran.status == 1
    assert codes(ran, "bad/claim.yaml") == ["POE302"]
    assert codes(ran, "rulebooks/house.yaml") == []


def _missing(path: Path) -> None:
    pass


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3_000_000_000)


def _text(text: str) -> object:
    return lambda path: path.write_text(text)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_missing, "rulebooks/house.yaml"),
        (_folder, "rulebooks/house.yaml"),
        (_pipe, "rulebooks/house.yaml"),
        (_huge, "rulebooks/house.yaml"),
        (_text("id: [\n"), "rulebooks/house.yaml:2:1: this is not YAML"),
        (_text(""), "rulebooks/house.yaml:1:1: the document is empty"),
        (_text("kind: rulebook\n"), "rulebooks/house.yaml:1:1: "),
        (_text(RULEBOOK.replace("sources:", "surces:", 1)), "did you mean 'sources'"),
        (_text(RULEBOOK.replace("source: core", "source: nosuch", 1)), "nosuch"),
    ],
    ids=["missing", "a folder", "a pipe", "3 GB", "torn", "empty", "almost nothing", "misspelt key", "no such source"],
)
def test_broken_own_rulebook(poe: Program, house: House, make: object, says: str) -> None:
    house.bad("bad")
    house.write("poe.yaml", "kind: repository\nrulebook: rulebooks/house.yaml\n")
    house.write("rulebooks/.keep", "")
    assert callable(make)
    make(house.root / "rulebooks" / "house.yaml")
    said = refused(poe)
    assert says in said


def test_unknown_code_in_rules_off(poe: Program, house: House) -> None:
    house.write("poe.yaml", f"{POE}rules: {{switched_off: [{{rule: POE999, reason: Why not}}]}}\n")
    assert "there is no rule POE999" in refused(poe)


def test_no_partner(poe: Program, house: House) -> None:
    house.claim("good")
    (house.root / "partner.yaml").unlink()
    ran = judged(poe)
    assert (ran.status, ran.err) == (1, "")
    assert codes(ran, "good/claim.yaml") == ["POE903"]


def test_broken_partner_is_not_called_missing(poe: Program, house: House) -> None:
    house.bad("bad")
    house.write("partner.yaml", "kind: partner\nid: [\n")
    ran = judged(poe)
    assert codes(ran, "partner.yaml") == ["POE002"]
    assert codes(ran, "bad/claim.yaml") == ["POE302"]


def test_broken_funds_are_not_called_unknown(poe: Program, house: House) -> None:
    house.claim("good")
    house.write("funds/hosting-fy27-h1.yaml", "kind: funds\nid: [\n")
    ran = judged(poe, "-v")
    assert codes(ran, "funds/hosting-fy27-h1.yaml") == ["POE002"]
    assert codes(ran, "good/claim.yaml") == []


def test_no_claims(poe: Program, house: House) -> None:
    ran = judged(poe)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("0 claims: 0 errors\n")


def test_nothing_but_poe_yaml(poe: Program) -> None:
    House(poe.folder / "house").write("poe.yaml", POE)
    assert judged(poe).status == 0
