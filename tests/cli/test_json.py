"""The JSON contract: every result fits its schema, and the same input gives the same bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.cli.house import BAD_PLACE, House
from tests.cli.program import CHECKOUT, Program

SCHEMA = json.loads((CHECKOUT / "schemas" / "result.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker(["date"]))
BROKEN = CHECKOUT / "examples" / "broken"


def result_of(poe: Program, *arguments: str | Path) -> dict[str, Any]:
    """The JSON of a run, checked against its schema."""
    ran = poe.validate(*arguments, "--format", "json")
    assert ran.err == ""
    result: dict[str, Any] = json.loads(ran.raw)
    assert [error.message for error in VALIDATOR.iter_errors(result)] == []
    return result


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_worked_example_fits_the_schema(poe: Program, example: Path) -> None:
    result = result_of(poe, example)
    assert result["as_of"] == "2026-11-21"
    assert result["summary"]["claims"] == len(list(example.glob("*/claim.yaml")))
    assert result["summary"]["errors"] == 0


def test_broken_example_fits_the_schema_and_keeps_its_order(poe: Program) -> None:
    result = result_of(poe, BROKEN, "--for", "submission", "-v")
    findings = result["findings"]
    order = [(f["file"], f["line"], f["column"], f["code"], f["path"]) for f in findings]
    assert order == sorted(order)
    counted = {name: sum(f["severity"] == one and not f["waived"] for f in findings) for one, name in _COUNTS.items()}
    assert counted == {name: result["summary"][name] for name in _COUNTS.values()}
    fingerprints = [f["fingerprint"] for f in findings]
    assert len(fingerprints) == len(set(fingerprints))


_COUNTS = {"error": "errors", "warning": "warnings", "info": "infos", "open": "open"}


def test_unreadable_documents_are_counted_as_claims(poe: Program, house: House) -> None:
    house.claim("good")
    house.write("torn/claim.yaml", "kind: claim\nid: [")
    result = result_of(poe, "house")
    assert result["summary"] == {
        "claims": 2,
        "errors": 1,
        "warnings": 0,
        "infos": 0,
        "open": 0,
        "waived": 0,
        "rules_off": [],
    }
    assert result["findings"][0]["document"] == "torn"


def test_waived_and_switched_off_rules_are_in_it(poe: Program, house: House) -> None:
    waiver = "{rule: POE302, reason: Moved by the venue, approved_by: f@n.example, until: '2026-12-31'}"
    house.bad("bad")
    house.claim("late", ('date: "2026-11-13"\n', f'waivers: [{waiver}]\ndate: "2027-01-13"\n'))
    off = "rules: {switched_off: [{rule: POE602, reason: Funds are kept elsewhere}]}\n"
    with (house.root / "poe.yaml").open("a") as poe_yaml:
        poe_yaml.write(off)
    result = result_of(poe, "house")
    waived = [finding for finding in result["findings"] if finding["waived"]]
    assert [finding["document"] for finding in waived] == ["late"]
    assert waived[0]["waived"] == {
        "reason": "Moved by the venue",
        "approved_by": "f@n.example",
        "until": "2026-12-31",
    }
    assert (result["summary"]["errors"], result["summary"]["waived"]) == (1, 1)
    assert result["summary"]["rules_off"] == [{"code": "POE602", "reason": "Funds are kept elsewhere"}]
    text = poe.validate("house").out
    assert "1 waived" in text
    assert "1 rule switched off" in text


def test_position_path_and_hint(poe: Program, house: House) -> None:
    house.bad("bad")
    (finding,) = result_of(poe, "house")["findings"]
    assert f"{finding['line']}:{finding['column']}" == BAD_PLACE
    assert (finding["end_line"], finding["end_column"]) == (9, 19)
    assert (finding["path"], finding["file"], finding["document"]) == ("/date", "bad/claim.yaml", "bad")
    assert finding["hint"]
    assert finding["judged_by"] is None or finding["judged_by"]["as_of"] == "2027-01-13"
    assert finding["related"][0]["file"] == "bad/claim.yaml"


def test_fingerprint_survives_moved_lines(poe: Program, house: House) -> None:
    file = house.bad("bad")
    (before,) = result_of(poe, "house")["findings"]
    file.write_text("# a line\n# and another\n" + file.read_text())
    (after,) = result_of(poe, "house")["findings"]
    assert after["line"] == before["line"] + 2
    assert after["fingerprint"] == before["fingerprint"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two example repositories' worth of findings in one: the broken claims three times, under other ids."""
    root = tmp_path_factory.mktemp("many") / "many"
    shutil.copytree(BROKEN, root)
    for copy in ("a", "b"):
        for claim in BROKEN.glob("*/claim.yaml"):
            target = root / f"{claim.parent.name}-{copy}"
            target.mkdir()
            (target / "claim.yaml").write_bytes(claim.read_bytes())
    return root


_WAYS = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "POSIX"},
    {"PYTHONHASHSEED": "random", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "random", "TZ": "America/Los_Angeles", "PYTHONOPTIMIZE": "1"},
]


def test_same_bytes_whatever_seed_zone_and_jobs(poe: Program, many: Path) -> None:
    ask = (many, "--format", "json")
    first = poe.validate(*ask, env={"PYTHONHASHSEED": "0"})
    assert first.status == 1
    assert len(first.raw) > 5_000
    for variables in _WAYS:
        assert poe.validate(*ask, env=variables) == first, variables
    for jobs in ("1", "2", "3"):
        assert poe.validate(*ask, "--jobs", jobs, env={"PYTHONHASHSEED": "random"}) == first, jobs


def test_same_text_too(poe: Program, many: Path) -> None:
    first = poe.validate(many, "-v", env={"PYTHONHASHSEED": "0"})
    assert poe.validate(many, "-v", "--jobs", "2", env={"PYTHONHASHSEED": "random", "TZ": "Asia/Tokyo"}) == first


def test_same_bytes_from_another_place(poe: Program, many: Path, tmp_path: Path) -> None:
    """Nothing of where a repository lies, or from where it is named, is in the output."""
    moved = shutil.copytree(many, tmp_path / "elsewhere" / "under another name")
    first = poe.validate(many, "--format", "json")
    assert poe.validate(moved, "--format", "json") == first
    assert poe.validate("--format", "json", cwd=moved) == first
    assert poe.validate("--format", "json", cwd=moved / "plans") == poe.validate(moved / "plans", "--format", "json")


def test_as_of_decides_today_and_else_the_repositorys_zone(poe: Program, house: House) -> None:
    house.claim("good")
    assert result_of(poe, "house", "--as-of", "2031-01-02")["as_of"] == "2031-01-02"
    zones = {}
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart: never the same day
        house.write("poe.yaml", f"kind: repository\nrulebook: microsoft-coop\ntimezone: {zone}\n")
        zones[zone] = json.loads(poe("validate", "house", "--format", "json").raw)["as_of"]
    assert zones["Pacific/Kiritimati"] > zones["Pacific/Pago_Pago"]


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_any_day_that_a_calendar_knows(poe: Program, example: Path, day: str) -> None:
    for command in ("validate", "status"):
        ran = poe(command, example, "--as-of", day)
        assert ran.status in (0, 1)
        assert ran.err == ""
