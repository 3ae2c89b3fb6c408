"""Formats for machines: what each service reads back is what was found, whatever stands in a finding."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from sarif_pydantic import Sarif

from poe_pack.findings import Finding, Position, Related, Severity, Waived
from poe_pack.formats import NAMES, formatter
from poe_pack.formats.github_format import escape_data, escape_property
from poe_pack.languages.visible import visible
from poe_pack.validation.codes import all_codes
from poe_pack.validation.options import Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate
from poe_pack.validation.verdict import RuleSwitchedOff
from tests.cli.house import House, assert_harmless
from tests.cli.program import CHECKOUT, environment
from tests.formats.test_terminal import ANY_TEXT
from tests.report.samples import whole

MACHINES = [name for name in NAMES if name != "text"]
NASTY = "::error file=x::%0A%25 \u202e\x1b[31m ]]> <&\"'\\ {x} a,b:c\nwarning\r\u2028\udcff\ufffe\x00 é北🎪"
EMPTY = whole()


def finding(text: str, severity: Severity = Severity.ERROR) -> Finding:
    place = Position(2, 3, 2, 9)
    return Finding(
        code="POE902",
        name="id-differs-from-folder",
        severity=severity,
        message="POE902",
        values={"id": text, "folder": text},
        file=f"x{text}/claim.yaml",
        position=place,
        path="/id",
        document=text,
        related=(Related(f"x{text}", place, "related.see"),),
    )


def result_of(*findings: Finding) -> Result:
    return replace(EMPTY, findings=findings, waived=(), documents=())


def printed(name: str, result: Result) -> bytes:
    """What `validate --format` writes."""
    return formatter(name)(result).encode("utf-8", "backslashreplace")


# --- each format read back by its own grammar ------------------------------------------------------------------

_COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^:,\r\n]*,)*\w+=[^:,\r\n]*)::([^\r\n]*)")


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Workflow commands as GitHub's runner reads them: name, properties, message."""
    for line in text.splitlines():
        match = _COMMAND.fullmatch(line)
        assert match is not None, line
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        plain = {name: value.replace("%3A", ":").replace("%2C", ",") for name, value in properties.items()}
        assert set(plain) <= {"file", "line", "col", "endLine", "endColumn", "title"}
        yield match[1], {name: _data(value) for name, value in plain.items()}, _data(match[3])


def _data(text: str) -> str:
    assert not re.search("%(?!25|0A|0D)", text), text
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def issues(raw: bytes) -> list[dict[str, Any]]:
    """GitLab's Code Quality report: the keys it demands, fingerprints that differ."""
    read: list[dict[str, Any]] = json.loads(raw)
    for issue in read:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith(("/", "./"))
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in read}) == len(read)
    return read


# Jenkins' junit-10.xsd: the attributes of each element, those it demands first, and what may stand in it.
_JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests"}, {"failures", "errors", "time", "skipped"}, {"testcase"}),
    "testcase": ({"name", "classname"}, {"time", "status"}, {"failure", "system-out"}),
    "failure": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}


def suites(raw: bytes) -> list[ET.Element]:
    """JUnit XML by that schema; counts that agree with what is counted."""
    root = ET.fromstring(raw)
    assert root.tag == "testsuites"
    for element in root.iter():
        needed, allowed, children = _JUNIT[element.tag]
        assert needed <= set(element.attrib) <= needed | allowed, element.attrib
        assert {child.tag for child in element} <= children
        if "tests" in element.attrib:
            assert int(element.attrib["tests"]) == len(list(element.iter("testcase")))
            assert int(element.attrib["failures"]) == len(list(element.iter("failure")))
    return list(root)


# OASIS' schema of SARIF 2.1.0 closes every object; its model in sarif-pydantic lets an unknown key pass. Of each object
# that we write, by the key it stands at, the keys that the schema knows and we use. "properties" are free.
_SARIF: dict[str, str] = {
    "": "$schema version runs",
    "runs": "tool invocations originalUriBaseIds columnKind results",
    "tool": "driver",
    "driver": "name version rules",
    "rules": "id name shortDescription help helpUri defaultConfiguration",
    "shortDescription": "text",
    "help": "text markdown",
    "defaultConfiguration": "level",
    "invocations": "executionSuccessful ruleConfigurationOverrides",
    "ruleConfigurationOverrides": "descriptor configuration properties",
    "descriptor": "id index",
    "configuration": "enabled",
    "originalUriBaseIds": "REPOSITORY",
    "REPOSITORY": "description",
    "description": "text",
    "results": "ruleId ruleIndex level message locations relatedLocations partialFingerprints suppressions"
    " baselineState properties",
    "message": "text",
    "locations": "physicalLocation",
    "relatedLocations": "id physicalLocation message",
    "physicalLocation": "artifactLocation region",
    "artifactLocation": "uri uriBaseId",
    "region": "startLine startColumn endLine endColumn",
    "partialFingerprints": "poePackFingerprint/v1",
    "suppressions": "kind status justification",
}


def _closed(data: Any, at: str = "") -> None:
    if isinstance(data, list):
        for item in data:
            _closed(item, at)
    elif isinstance(data, dict) and at != "properties":
        assert set(data) <= set(_SARIF[at].split()), (at, set(data))
        for key, value in data.items():
            _closed(value, key)


def sarif(raw: bytes) -> dict[str, Any]:
    """The run of a SARIF log: its model, and what the model leaves unsaid: references that point at something."""
    log = json.loads(raw)
    Sarif.model_validate(log)
    _closed(log)
    assert log["version"] == "2.1.0"
    run: dict[str, Any]
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [code.code for code in all_codes()]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            artifact = place["physicalLocation"]["artifactLocation"]
            assert artifact["uriBaseId"] in run["originalUriBaseIds"]
            assert re.fullmatch(r"(?:[\w.~/-]|%[0-9A-F]{2})+", artifact["uri"], re.ASCII)
            region = place["physicalLocation"].get("region", {"startLine": 1})
            assert min(region.values()) >= 1
    assert all("uri" not in base for base in run["originalUriBaseIds"].values())
    return run


@given(st.lists(ANY_TEXT, min_size=1, max_size=3))
@example([NASTY])
def test_every_machine_reads_back_one_entry_a_finding(texts: list[str]) -> None:
    findings = tuple(finding(text) for text in texts)
    result = result_of(*findings)
    files = [one.file for one in findings]
    for name in MACHINES:
        if name != "json":
            assert_harmless(printed(name, result))
    lines = printed("concise", result).decode().splitlines()
    assert [line.split(":2:3: error POE902 ")[0] for line in lines] == [visible(file) for file in files]
    read = list(commands(printed("github", result).decode()))
    assert [(kind, properties["file"]) for kind, properties, _ in read] == [("error", visible(f)) for f in files]
    assert [issue["location"]["path"] for issue in issues(printed("gitlab", result))] == files
    groups = {visible(file) for file in files}
    assert {suite.get("name") for suite in suites(printed("junit", result))} == groups
    run = sarif(printed("sarif", result))
    assert len(run["results"]) == len(findings)


def test_a_uri_keeps_the_bytes_of_a_name() -> None:
    one = replace(finding("a"), file="h\udcf6st/å :%/claim.yaml")
    (result,) = sarif(printed("sarif", result_of(one)))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri) == b"h\xf6st/\xc3\xa5 :%/claim.yaml"


@given(ANY_TEXT)
@example("%0A::error::x")
def test_github_escapes(text: str) -> None:
    assert _data(escape_data(text)) == text
    assert not set(escape_data(text)) & {"\r", "\n"}
    assert not set(escape_property(text)) & {"\r", "\n", ":", ","}


# --- what is found, in each --------------------------------------------------------------------------------------


def test_severities() -> None:
    each = tuple(replace(finding("a", one), file=f"{one.value}/claim.yaml") for one in Severity)
    result = result_of(*each)
    kinds = [kind for kind, _, _ in commands(printed("github", result).decode())]
    assert kinds == ["error", "warning", "notice", "notice"]
    assert [issue["severity"] for issue in issues(printed("gitlab", result))] == ["major", "minor", "info", "info"]
    levels = [result["level"] for result in sarif(printed("sarif", result))["results"]]
    assert sorted(levels) == ["error", "note", "note", "warning"]
    failed = {s.get("name"): s.get("failures") for s in suites(printed("junit", result))}
    assert [name for name, count in failed.items() if count == "1"] == ["error/claim.yaml"]
    for suite in suites(printed("junit", result)):
        assert (suite.find("testcase/system-out") is None) == (suite.get("failures") == "1")


def test_places() -> None:
    result = result_of(finding("a"), replace(finding("b"), position=Position(2, 3, 4, 1)))
    one, two = (properties for _, properties, _ in commands(printed("github", result).decode()))
    assert (one["line"], one["col"], one["endLine"], one["endColumn"]) == ("2", "3", "2", "9")
    assert (two["line"], two["endLine"]) == ("2", "4")
    assert not {"col", "endColumn"} & set(two)
    run = sarif(printed("sarif", result))
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 3,
        "endLine": 2,
        "endColumn": 9,
    }


def test_waived_and_switched_off_in_sarif() -> None:
    waived = replace(finding("a"), waived=Waived("Moved", "f@n.example", date(2026, 12, 31)))
    off = (RuleSwitchedOff("POE602", "Kept elsewhere"),)
    raw = printed("sarif", replace(result_of(finding("b")), waived=(waived,), rules_off=off))
    run = sarif(raw)
    assert b"f@n.example" not in raw
    suppressed = [result["suppressions"] for result in run["results"] if "suppressions" in result]
    assert suppressed == [
        [{"kind": "inSource", "status": "accepted", "justification": "Moved (until 2026-12-31)"}],
    ]
    (override,) = run["invocations"][0]["ruleConfigurationOverrides"]
    assert run["tool"]["driver"]["rules"][override["descriptor"]["index"]]["id"] == "POE602"
    assert override["configuration"] == {"enabled": False}


def test_rules_in_sarif_have_help_and_a_source() -> None:
    rules = sarif(printed("sarif", EMPTY))["tool"]["driver"]["rules"]
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["help"]["markdown"].startswith("## What it checks") or "\n## " in rule["help"]["markdown"]
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule.get("helpUri", "https://").startswith("https://")
    assert any("helpUri" in rule for rule in rules)


def test_sound_documents_pass_in_junit(house: House) -> None:
    house.claim("good")
    house.bad("bad")
    read = suites(printed("junit", validate(Options((house.root,), as_of=date(2026, 11, 21)))))
    failures = {suite.get("name"): suite.get("failures") for suite in read}
    assert (failures["good/claim.yaml"], failures["bad/claim.yaml"]) == ("0", "1")
    assert [case.get("name") for suite in read for case in suite if suite.get("name") == "bad/claim.yaml"] == ["bad"]
    below = validate(Options((house.root / "good",), as_of=date(2026, 11, 21)))
    assert [suite.get("name") for suite in suites(printed("junit", below))] == ["good/claim.yaml"]


def test_nothing_found() -> None:
    result = result_of()
    assert printed("concise", result) == printed("github", result) == b""
    assert issues(printed("gitlab", result)) == []
    assert suites(printed("junit", result)) == []
    assert sarif(printed("sarif", result))["results"] == []


# --- the program -------------------------------------------------------------------------------------------------


def _run(folder: Path, name: str, *arguments: str, seed: str = "0") -> tuple[int, bytes]:
    command = [sys.executable, "-m", "poe_pack", "validate", str(folder), "--as-of", "2026-11-21", "--format", name]
    variables = environment(PYTHONHASHSEED=seed)
    done = subprocess.run([*command, *arguments], cwd=CHECKOUT, env=variables, capture_output=True, check=False)
    assert done.stderr == b""
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_same_bytes_and_exit_status_in_every_format(name: str, house: House) -> None:
    broken = CHECKOUT / "examples" / "broken"
    first = _run(broken, name)
    assert first[0] == 1
    assert str(CHECKOUT).encode() not in first[1]
    assert _run(broken, name, "--jobs", "2", seed="4711") == first
    house.claim("good")
    assert _run(house.root, name)[0] == 0
