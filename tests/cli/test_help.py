"""Help, version and the other way to start the program."""

from __future__ import annotations

import sys

import pytest

from poe_pack import __version__
from tests.cli.house import House
from tests.cli.program import Program, environment, run_command

COMMANDS = tuple("init new validate status evidence packet verify report rulebook explain rules schema doctor".split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(poe: Program, command: str) -> None:
    ran = poe(command, "--help")
    assert (ran.status, ran.err) == (0, "")
    usage, _, rest = ran.out.partition("\n")
    assert usage.startswith(f"Usage: poe-pack {command}")
    assert len(rest.split()) > 5


@pytest.mark.parametrize("command", ["check", "show", "diff"])
def test_every_command_on_rulebooks_explains_itself(poe: Program, command: str) -> None:
    ran = poe("rulebook", command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: poe-pack rulebook {command}")
    assert f"  {command} " in poe("rulebook", "--help").out


@pytest.mark.parametrize("command", ["add", "lock", "list"])
def test_every_command_on_evidence_explains_itself(poe: Program, command: str) -> None:
    ran = poe("evidence", command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: poe-pack evidence {command}")
    assert f"  {command} " in poe("evidence", "--help").out


def test_help_lists_every_command(poe: Program) -> None:
    ran = poe("--help")
    assert poe("-h") == ran
    assert (ran.status, ran.err) == (0, "")
    listed = ran.out.partition("Commands:\n")[2]
    assert [line.split()[0] for line in listed.splitlines() if line.strip()] == list(COMMANDS)


def test_version(poe: Program) -> None:
    ran = poe("--version")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.split()[-1] == __version__


def test_python_m_is_the_same_program(poe: Program, house: House) -> None:
    house.bad("bad")
    as_module = [sys.executable, "-m", "poe_pack"]
    for arguments in (["--help"], ["validate", "--as-of", "2026-11-21", "house"], ["nosuch"]):
        assert run_command([*as_module, *arguments], poe.folder, environment()) == poe(*arguments)


def test_rules_and_explain_agree(poe: Program) -> None:
    codes = [line.split()[0] for line in poe("rules").out.splitlines()]
    assert len(codes) == len(set(codes)) > 40
    for code in (codes[0], codes[-1], codes[len(codes) // 2].lower()):
        ran = poe("explain", code)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith(code.upper())
        assert "## How to fix" in ran.out


@pytest.mark.parametrize("kind", ["claim", "plan", "funds", "partner", "repository", "result"])
def test_schema_prints_the_file(poe: Program, kind: str) -> None:
    ran = poe("schema", kind)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("{")
    assert kind in poe("schema").out.split()


def test_doctor_finds_what_the_tests_need(poe: Program) -> None:
    ran = poe("doctor")
    assert (ran.status, ran.err) == (0, "")
    assert "missing" not in ran.out


def test_explain_shows_what_a_claim_lacks(poe: Program, house: House) -> None:
    house.draft("draft")
    ran = poe("explain", "--as-of", "2026-11-21", "house/draft")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("draft: Advertising of draft\n")
    assert "POE520" in ran.out
    assert poe("explain", "--as-of", "2026-11-21", "house/draft/claim.yaml") == ran
    assert poe("explain", "--as-of", "2026-11-21", "draft", cwd=house.root) == ran
