"""A baseline: each entry covers one finding that has not become graver, and only what was looked for can be fixed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from poe_pack.findings import NOWHERE, Finding, Severity
from poe_pack.formats import formatter
from poe_pack.validation.baseline import Baseline, Entry, baseline_file, compare, parse_baseline, split
from poe_pack.validation.options import ConfigurationError, Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate
from tests.cli.house import House

AS_OF = date(2026, 11, 21)
WAIVER = "waivers: [{rule: POE302, reason: Moved, approved_by: f@n.example, until: '2026-12-31'}]\n"


def run(house: House, **how: Any) -> Result:
    options: Callable[..., Options] = Options
    how = {"paths": (house.root,), "as_of": AS_OF} | how
    return validate(options(**how))


def write(house: House, result: Result) -> Path:
    return house.write("baseline.json", formatter("json")(result))


def told(house: House, **how: Any) -> tuple[list[str], list[str], list[str]]:
    """Documents of what stands, of what is known, and of what is fixed, against `baseline.json`."""
    result = run(house, baseline=house.root / "baseline.json", **how)
    assert result.baseline is not None
    standing, known = ([f.document for f in found] for found in (result.findings, result.known))
    return standing, known, [entry.document for entry in result.baseline.fixed]


# --- matching ------------------------------------------------------------------------------------------------------


def finding(name: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("POE302", "x", severity, "POE302", {}, f"{name}/claim.yaml", NOWHERE, "/date", name)


def entry(of: Finding) -> Entry:
    return Entry(of.code, of.name, of.severity, of.file, of.path, of.document, of.fingerprint)


def baseline(*findings: Finding) -> Baseline:
    return Baseline(tuple(map(entry, findings)), frozenset(one.fingerprint for one in findings))


FOUND = st.lists(st.builds(finding, st.sampled_from("abc"), st.sampled_from(Severity)), max_size=8)


@given(FOUND, FOUND)
def test_each_entry_covers_one_finding_that_is_no_graver(before: list[Finding], now: list[Finding]) -> None:
    against = baseline(*before)
    standing, known = split(now, against)
    assert sorted(map(id, standing + known)) == sorted(map(id, now))
    for name in "abc":
        entries = sorted((f.severity.weight for f in before if f.document == name), reverse=True)
        covered = sorted((f.severity.weight for f in known if f.document == name), reverse=True)
        assert len(covered) <= len(entries)
        assert all(weight <= enough for weight, enough in zip(covered, entries, strict=False))
        left = [f.severity.weight for f in standing if f.document == name]
        if left and len(covered) < len(entries):  # the entries that are left are too light for what stands
            assert min(entries) < max(left)
        fixed = [one for one in compare(against, now, lambda _: True).fixed if one.document == name]
        assert len(fixed) == max(0, len(entries) - sum(f.document == name for f in now))
    assert compare(against, now, lambda _: False).fixed == ()


def test_two_findings_and_one_entry() -> None:
    standing, known = split([finding("a"), finding("a")], baseline(finding("a")))
    assert (len(standing), len(known)) == (1, 1)


def test_what_was_open_is_not_known_as_an_error() -> None:
    was_open = finding("a", Severity.OPEN)
    assert split([finding("a")], baseline(was_open))[1] == []
    assert split([was_open], baseline(finding("a")))[1] == [was_open]
    assert compare(baseline(was_open), [finding("a")], lambda _: True).fixed == ()


# --- a run ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def adopted(house: House) -> House:
    """A repository with three faulty claims, all of them in its baseline."""
    for name in ("one", "two", "three"):
        house.bad(name)
    write(house, run(house))
    return house


def test_known_new_and_fixed(adopted: House) -> None:
    assert told(adopted) == ([], ["one", "three", "two"], [])
    adopted.claim("two")
    adopted.bad("new")
    assert told(adopted) == (["new"], ["one", "three"], ["two"])


def test_a_claim_that_is_gone_is_fixed(adopted: House) -> None:
    (adopted.root / "two" / "claim.yaml").unlink()
    assert told(adopted)[2] == ["two"]


def test_lines_may_move(adopted: House) -> None:
    file = adopted.root / "two" / "claim.yaml"
    file.write_text("# a line\n" + file.read_text())
    assert told(adopted) == ([], ["one", "three", "two"], [])


def test_what_is_hidden_by_a_torn_document_is_not_fixed(adopted: House) -> None:
    adopted.write("two/claim.yaml", "kind: claim\nid: [")
    assert told(adopted) == (["two"], ["one", "three"], [])
    (adopted.root / "two").rename(adopted.root / "renamed")
    adopted.write("renamed/claim.yaml", "kind: claim\nid: two\nname: [")
    assert told(adopted)[1] == ["one", "three"]


def test_what_a_schema_fault_hides_is_not_fixed(adopted: House) -> None:
    adopted.claim(
        "two",
        ("usage_period: FY27 H1\nname", "usage_period: 7\nname"),
        ('date: "2026-11-13"\n', 'date: "2027-01-13"\n'),
    )
    standing, _, fixed = told(adopted)
    assert set(standing) == {"two"}
    assert fixed == []


def test_reading_and_schema_findings_are_known_too(house: House) -> None:
    house.write("torn/claim.yaml", "kind: claim\nid: [")
    house.claim("odd", ("currency: USD\namount", "currency: US\namount"))
    write(house, run(house))
    standing, known, fixed = told(house)
    assert (standing, set(known), fixed) == ([], {"torn", "odd"}, [])
    house.claim("odd")
    assert told(house)[2] == ["odd"]
    house.claim("torn")
    assert set(told(house)[2]) == {"odd", "torn"}


def test_only_what_is_shown_can_be_fixed(adopted: House) -> None:
    for name in ("one", "two"):
        adopted.claim(name)
    assert told(adopted)[2] == ["one", "two"]
    assert told(adopted, paths=(adopted.root / "two",)) == ([], [], ["two"])
    assert told(adopted, select=("POE501",)) == ([], [], [])
    assert told(adopted, ignore=("POE302",)) == ([], [], [])
    assert told(adopted, select=("POE302",))[2] == ["one", "two"]
    shown = frozenset(["one/claim.yaml"])
    assert told(adopted, show=shown) == ([], [], ["one"])


def test_a_rule_that_is_switched_off_has_fixed_nothing(adopted: House) -> None:
    with (adopted.root / "poe.yaml").open("a") as poe_yaml:
        poe_yaml.write("rules: {switched_off: [{rule: POE302, reason: Not here}]}\n")
    assert told(adopted) == ([], [], [])


def test_what_only_a_deep_run_sees_is_not_fixed_by_another(house: House) -> None:
    house.claim("claim")
    house.write("claim/evidence/invoice.pdf", b"%PDF-1.4\nnothing")
    found = run(house, deep=True)
    assert "POE516" in [one.code for one in found.findings]
    write(house, found)
    assert told(house)[2] == []


def test_what_opened_files_say_is_not_fixed_by_a_run_that_opens_none(house: House) -> None:
    house.claim("claim")
    house.write("poe.yaml", (house.root / "poe.yaml").read_text("utf-8") + "limits: {min_picture_pixels: 601}\n")
    found = run(house, deep=True)
    assert [one.code for one in found.findings] == ["POE451", "POE517"]
    write(house, found)
    assert told(house)[2] == []
    assert told(house, deep=True) == ([], ["claim", "claim"], [])


def test_waivers_and_baseline(house: House) -> None:
    house.bad("old")
    house.claim("late", ('date: "2026-11-13"\n', f'{WAIVER}date: "2027-01-13"\n'))
    write(house, run(house))
    assert told(house) == ([], ["old"], [])
    result = run(house, baseline=house.root / "baseline.json", as_of=date(2027, 1, 2))
    assert "late" in [one.document for one in result.findings if one.code == "POE302"]  # its waiver ran out
    house.claim("old", ('date: "2026-11-13"\n', f'{WAIVER}date: "2027-01-13"\n'))
    assert told(house) == ([], [], [])  # waived now, and not fixed


def test_a_draft_in_the_baseline_is_not_ready(house: House) -> None:
    house.draft("draft")
    write(house, run(house))
    assert told(house) == ([], ["draft"], [])
    assert told(house, for_submission=True) == (["draft"], [], [])


def test_a_baseline_made_with_a_baseline_keeps_what_is_known(adopted: House) -> None:
    adopted.bad("new")
    write(adopted, run(adopted, baseline=adopted.root / "baseline.json"))
    assert told(adopted) == ([], ["new", "one", "three", "two"], [])


def test_a_packet_does_not_take_known_for_good(adopted: House) -> None:
    """What is known is wrong all the same: it says nothing about a claim's readiness."""
    result = run(adopted, baseline=adopted.root / "baseline.json")
    assert result.findings == ()
    assert {claim.readiness.value for claim in result.claims} == {"faulty"}


# --- bad baselines -------------------------------------------------------------------------------------------------


def sound(house: House) -> dict[str, Any]:
    house.bad("one")
    made: dict[str, Any] = json.loads(formatter("json")(run(house)))
    return made


def test_newer_keys_are_no_fault(house: House) -> None:
    data = sound(house)
    data["newer"] = data["findings"][0]["newer"] = {"a": 1}
    assert len(parse_baseline(json.dumps(data).encode(), "x").entries) == 1


def _change(*keys: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        _change("schema_version", to=2),
        _change("tool", "name", to="other"),
        _change("tool", to=None),
        _change("findings", to={}),
        _change("findings", 0, to="x"),
        _change("findings", 0, to={}),
        _change("findings", 0, "severity", to="fatal"),
        _change("findings", 0, "fingerprint", to="0" * 15),
        _change("findings", 0, "code", to=302),
        _change("findings", 0, "name", to="\x1b[31m"),
        _change("findings", 0, "waived", to=True),
    ],
)
def test_what_is_no_result(house: House, change: Callable[[dict[str, Any]], None]) -> None:
    data = sound(house)
    change(data)
    with pytest.raises(
        ConfigurationError, match=r"the baseline x\.json cannot be used: it is not a result of 'poe-pack"
    ):
        parse_baseline(json.dumps(data).encode(), "x.json")


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b"[" * 200_000, b"1" * 5_000, b"null", b"[]", b"{}", b"NaN", b'"\\ud800"'],
    ids=lambda raw: ascii(raw[:8]),
)
def test_what_is_no_json_or_no_object(raw: bytes) -> None:
    with pytest.raises(
        ConfigurationError, match=r"it is not (JSON|a result of 'poe-pack validate'); make a new one with"
    ):
        parse_baseline(raw, "x.json")


def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "file").write_bytes(b"x" * 21)
    for name, why in {"nowhere": "no such file", "link": "it is a link", ".": "it is not a file"}.items():
        with pytest.raises(ConfigurationError, match=f"it cannot be read \\({why}"):
            baseline_file(tmp_path / name)
    monkeypatch.setattr("poe_pack.validation.baseline.MAX_BYTES", 20)
    with pytest.raises(ConfigurationError, match="it is larger than 20 bytes"):
        baseline_file(tmp_path / "file")


def test_an_unknown_code_is_neither_fixed_nor_a_fault(house: House) -> None:
    data = sound(house)
    for code in ("POE099", "POE199", "POE999"):
        data["findings"].append(data["findings"][0] | {"code": code, "fingerprint": "0" * 16, "file": "../../x\ud800"})
    house.write("baseline.json", json.dumps(data))
    assert told(house) == ([], ["one"], [])


def test_severities_of_equal_findings_do_not_depend_on_order() -> None:
    known = [split(found, baseline(finding("a", Severity.WARNING), finding("a")))[1] for found in (_PAIR, _PAIR[::-1])]
    assert [len(one) for one in known] == [2, 2]


_PAIR = [finding("a"), replace(finding("a"), severity=Severity.WARNING)]
