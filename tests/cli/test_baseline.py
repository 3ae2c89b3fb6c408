"""`--baseline`: what an earlier run found does not fail this one, is counted, and is named when it is fixed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.house import House, assert_harmless
from tests.cli.program import CHECKOUT, Program
from tests.cli.test_json import result_of
from tests.formats.test_machines import commands, issues, sarif, suites

AGAINST = ("house", "--baseline", "house/baseline.json")


@pytest.fixture
def adopted(poe: Program, house: House) -> House:
    """One known finding, one that is fixed, one that is new."""
    for name in ("known", "mended"):
        house.bad(name)
    ran = poe.validate("house", "--format", "json", "--output", "house/baseline.json")
    assert (ran.status, ran.out) == (1, "")
    assert poe.validate(*AGAINST).status == 0
    house.claim("mended")
    house.bad("new")
    return house


def test_text(poe: Program, adopted: House) -> None:
    ran = poe.validate(*AGAINST)
    assert ran.status == 1
    assert "new/claim.yaml:9:7: error POE302" in ran.out
    assert "mended/claim.yaml: fixed since the baseline: POE302 (date-outside-usage-period)\n" in ran.out
    assert "3 claims: 1 error, 1 known, 1 fixed\n" in ran.out
    assert "known/claim.yaml" not in ran.out
    adopted.claim("new")
    ran = poe.validate(*AGAINST)
    assert ran.status == 0
    assert "Next: write the baseline anew with '--format json --output FILE'" in ran.out


def test_json(poe: Program, adopted: House) -> None:
    result = result_of(poe, *AGAINST)
    assert result["summary"]["baseline"] == {"known": 1, "fixed": 1}
    assert result["summary"]["errors"] == 1
    assert {finding["document"]: finding["baseline"] for finding in result["findings"]} == {"known": True, "new": False}
    (fixed,) = result["fixed"]
    before = json.loads((adopted.root / "baseline.json").read_bytes())
    assert fixed in [{key: finding[key] for key in fixed} for finding in before["findings"]]
    assert (fixed["document"], fixed["file"]) == ("mended", "mended/claim.yaml")
    without = result_of(poe, "house")
    assert "baseline" not in without["summary"]
    assert not {"fixed", "policy_from"} & set(without)
    assert all("baseline" not in finding for finding in without["findings"])


def test_made_anew_over_itself(poe: Program, adopted: House) -> None:
    assert poe.validate(*AGAINST, "--format", "json", "--output", "house/baseline.json").status == 1
    assert poe.validate(*AGAINST).out.startswith("3 claims: 0 errors, 2 known, 0 fixed\n")


def formatted(poe: Program, name: str) -> bytes:
    ran = poe.validate(*AGAINST, "--format", name)
    assert (ran.status, ran.err) == (1, "")
    return ran.raw


def test_sarif(poe: Program, adopted: House) -> None:
    run = sarif(formatted(poe, "sarif"))
    told = {one["properties"]["document"]: one for one in run["results"]}
    states = {document: one["baselineState"] for document, one in told.items()}
    assert states == {"known": "unchanged", "new": "new", "mended": "absent"}
    suppressions = {document: one.get("suppressions") for document, one in told.items()}
    known = [{"kind": "external", "status": "accepted", "justification": "in the baseline"}]
    assert suppressions == {"known": known, "new": None, "mended": None}
    assert "region" not in told["mended"]["locations"][0]["physicalLocation"]
    without = sarif(poe.validate("house", "--format", "sarif").raw)
    assert all("baselineState" not in one for one in without["results"])


def test_sarif_of_what_was_waived_before(poe: Program, house: House) -> None:
    waiver = "{rule: POE302, reason: Moved, approved_by: f@n.example, until: '2026-12-31'}"
    house.claim("late", ('date: "2026-11-13"\n', f'waivers: [{waiver}]\ndate: "2027-01-13"\n'))
    poe.validate("house", "--format", "json", "--output", "house/baseline.json")
    (one,) = sarif(poe.validate(*AGAINST, "--format", "sarif").raw)["results"]
    assert (one["baselineState"], one["suppressions"][0]["kind"]) == ("unchanged", "inSource")


def test_other_machines(poe: Program, adopted: House) -> None:
    first, last = commands(formatted(poe, "github").decode())
    assert (first[0], first[1]["file"]) == ("error", "new/claim.yaml")
    assert last == ("notice", {"title": "poe-pack"}, "1 known from the baseline, 1 fixed since")
    assert [issue["location"]["path"] for issue in issues(formatted(poe, "gitlab"))] == ["new/claim.yaml"]
    assert formatted(poe, "concise").count(b"\n") == 1
    cases = {suite.get("name"): suite for suite in suites(formatted(poe, "junit"))}
    assert [name for name, suite in cases.items() if suite.get("failures") == "1"] == ["new/claim.yaml"]
    assert cases["known/claim.yaml"].findtext("testcase/system-out") == "1 known from the baseline"


@pytest.mark.parametrize("fail_on", ["error", "warning", "info"])
def test_known_findings_never_fail(poe: Program, fail_on: str) -> None:
    broken = CHECKOUT / "examples" / "broken"
    poe.validate(broken, "--for", "submission", "--format", "json", "--output", "baseline.json")
    ran = poe.validate(broken, "--for", "submission", "--baseline", "baseline.json", "--fail-on", fail_on)
    assert ran.status == 0
    assert ", 0 fixed" in ran.out


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (None, "it cannot be read (no such file or directory)"),
        (b"kind: claim\n", "it is not JSON"),
        (b'{"version": "2.1.0", "runs": []}', "it is not a result of 'poe-pack validate'"),
    ],
    ids=["missing", "no JSON", "another tool's"],
)
def test_bad_baselines(poe: Program, house: House, raw: bytes | None, why: str) -> None:
    house.claim("good")
    if raw is not None:
        house.write("baseline.json", raw)
    ran = poe.validate(*AGAINST)
    assert (ran.status, ran.out) == (2, "")
    mend = "make a new one with 'poe-pack validate --format json --output house/baseline.json'"
    assert ran.err == f"poe-pack: the baseline house/baseline.json cannot be used: {why}; {mend}\n"


def test_nothing_in_a_baseline_steers_a_terminal(poe: Program, adopted: House) -> None:
    data: dict[str, Any] = json.loads((adopted.root / "baseline.json").read_bytes())
    nasty = "\x1b[31m\u202e::error::\r\n\ud800/claim.yaml"
    for finding in data["findings"]:
        finding |= {"file": nasty, "document": nasty, "path": "/\u202e", "fingerprint": "0" * 16}
    adopted.write("baseline.json", json.dumps(data))
    for name in ("text", "concise", "sarif", "github", "gitlab", "junit"):
        ran = poe.validate(*AGAINST, "--format", name)
        assert ran.status == 1
        assert_harmless(ran.raw)
    assert b"fixed since the baseline" in poe.validate(*AGAINST).raw


def test_heavy_modules_are_not_needed(poe: Program, adopted: House, tmp_path: Path) -> None:
    """Without a baseline nothing is compiled that would check one."""
    from tests.cli.test_startup import _loaded

    adopted.claim("new")
    adopted.claim("known")
    assert "jsonschema_rs" in _loaded(poe, 0, "validate", *AGAINST, "--as-of", "2026-11-21")
    assert "poe_pack.git.revisions" not in _loaded(poe, 0, "validate", "house", "--as-of", "2026-11-21")
