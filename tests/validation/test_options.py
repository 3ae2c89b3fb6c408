"""What a run is asked to do: which rules, which paths, which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

import pytest

from poe_pack.documents.repository import NoRepository
from poe_pack.rules.base import Rule
from poe_pack.rules.registry import all_rules
from poe_pack.validation import options as options_module
from poe_pack.validation.options import ConfigurationError, Options
from poe_pack.validation.result import Readiness, Result
from poe_pack.validation.validate import validate
from tests.rulebook.shipped import shipped_as_yaml
from tests.rules.harness import AS_OF, OF_THE_DAY, Case, all_cases, base, build, write

# Two faults in one claim and one in another.
FAULTS = {
    "edits": [
        {"file": "seminar/claim.yaml", "replace": "    note: The full room\n", "with": ""},
        {"file": "seminar/claim.yaml", "replace": 'date: "2026-09-17"\n', "with": 'date: "2026-12-17"\n'},
        {"file": "ads/claim.yaml", "replace": "status: submitted\nhistory", "with": "status: approved\nhistory"},
    ]
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build(FAULTS, tmp_path)
    return tmp_path


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings]


def run(root: Path, **how: object) -> Result:
    options: Callable[..., Options] = Options
    return validate(options((root,), AS_OF, **{"ignore": OF_THE_DAY} | how))


def say(root: Path, text: str) -> None:
    """Add settings to poe.yaml."""
    with open(root / "poe.yaml", "a", encoding="utf-8") as stream:
        stream.write(text)


# --- rules --------------------------------------------------------------------------------------------------


def test_all_rules_run(root: Path) -> None:
    assert codes(run(root)) == ["POE802", "POE301", "POE501"]


def test_select_shows_only_these(root: Path) -> None:
    result = run(root, select=("POE301", "POE802"))
    assert codes(result) == ["POE802", "POE301"]
    assert result.rules_ran == ("POE301", "POE802")


def test_ignore_shows_all_but_these(root: Path) -> None:
    assert codes(run(root, ignore=(*OF_THE_DAY, "POE301", "POE802"))) == ["POE501"]


def test_ignore_wins_over_select(root: Path) -> None:
    assert codes(run(root, select=("POE301", "POE501"), ignore=("POE301",))) == ["POE501"]


def test_reading_can_be_selected(root: Path) -> None:
    (root / "notes.yaml").write_text("kind: [")
    assert codes(run(root, select=("POE002",))) == ["POE002"]
    assert "POE002" not in codes(run(root, ignore=("POE002",)))


def test_waivers_can_be_selected(root: Path) -> None:
    claim = root / "mailing" / "claim.yaml"
    waiver = "waivers:\n  - {rule: POE501, reason: a, approved_by: b, until: 2026-12-31}\n"
    claim.write_text(claim.read_text() + waiver)
    assert codes(run(root, select=("POE910",))) == ["POE910"]


@pytest.mark.parametrize("how", ["select", "ignore"])
def test_a_code_that_does_not_exist_is_refused(root: Path, how: str) -> None:
    with pytest.raises(ConfigurationError, match="there is no rule POE999"):
        run(root, **{how: ("POE999",)})


def first_bad(rule: Rule) -> Case:
    return next(case for case in all_cases() if case.code == rule.code and not case.is_good)


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.code != "POE516"], ids=lambda rule: rule.code)
def test_a_rule_switched_off_is_silent_and_named(rule: Rule, tmp_path: Path) -> None:
    case = first_bad(rule)
    build(case.data, tmp_path / "on")
    assert rule.code in codes(validate(case.options(tmp_path / "on")))
    build({**case.data, "switched_off": [*case.data.get("switched_off", ()), rule.code]}, tmp_path / "off")
    result = validate(case.options(tmp_path / "off"))
    assert rule.code not in codes(result)
    assert rule.code not in result.rules_ran
    assert rule.code in {off.code for off in result.rules_off}
    assert all(off.reason for off in result.rules_off)


@pytest.mark.parametrize(("code", "text"), [("POE999", "there is no rule"), ("POE104", "cannot be switched off")])
def test_what_cannot_be_switched_off_is_refused(root: Path, code: str, text: str) -> None:
    say(root, f"rules: {{switched_off: [{{rule: {code}, reason: Not ours}}]}}\n")
    with pytest.raises(ConfigurationError, match=text):
        run(root)


# --- paths --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".", ["POE802", "POE301", "POE501"]),
        ("seminar", ["POE301", "POE501"]),
        ("seminar/claim.yaml", ["POE301", "POE501"]),
        ("seminar/evidence", ["POE301", "POE501"]),
        ("seminar/evidence/room.png", ["POE301", "POE501"]),
        ("ads", ["POE802"]),
        ("mailing", []),
        ("plans", []),
        ("poe.yaml", []),
    ],
)
def test_a_path_selects_what_is_shown(root: Path, path: str, expected: list[str]) -> None:
    assert codes(validate(Options((root / path,), AS_OF, ignore=OF_THE_DAY))) == expected


def test_several_paths_show_the_sum(root: Path) -> None:
    assert codes(validate(Options((root / "ads", root / "seminar"), AS_OF, ignore=OF_THE_DAY))) == [
        "POE802",
        "POE301",
        "POE501",
    ]


def test_the_whole_repository_is_checked_though_a_part_is_shown(tmp_path: Path) -> None:
    case = next(case for case in all_cases() if case.id == "POE410-bad-other-lines")
    build(case.data, tmp_path)
    assert codes(validate(Options((tmp_path / "mailing",), AS_OF, ignore=OF_THE_DAY))) == ["POE410", "POE416"]
    assert codes(validate(Options((tmp_path / "ads",), AS_OF, ignore=OF_THE_DAY))) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("seminar/claim.yaml", ["POE301", "POE501"]),
        ("seminar/evidence/room.png", ["POE301", "POE501"]),
        ("ads/evidence/new.pdf", ["POE802"]),
        ("readme.md", []),
    ],
)
def test_changed_files_select_what_is_shown(root: Path, changed: str, expected: list[str]) -> None:
    assert codes(run(root, show=frozenset([changed]))) == expected


def test_where_there_is_no_repository(tmp_path: Path) -> None:
    for path, text in ((tmp_path, "no poe.yaml"), (tmp_path / "nowhere", "no file or folder")):
        with pytest.raises(NoRepository, match=text):
            validate(Options((path,)))


def test_a_repository_is_found_from_above_if_it_is_the_only_one(tmp_path: Path) -> None:
    build({}, tmp_path / "claims")
    assert validate(Options((tmp_path,), AS_OF, ignore=OF_THE_DAY)).root == tmp_path / "claims"
    build({}, tmp_path / "more")
    with pytest.raises(NoRepository, match="several claims repositories"):
        validate(Options((tmp_path,), AS_OF, ignore=OF_THE_DAY))
    with pytest.raises(NoRepository, match="one at a time"):
        validate(Options((tmp_path / "claims", tmp_path / "more"), AS_OF, ignore=OF_THE_DAY))


def test_a_repository_inside_another_is_not_part_of_it(tmp_path: Path) -> None:
    build({}, tmp_path)
    build(FAULTS, tmp_path / "archive")
    assert not codes(validate(Options((tmp_path,), AS_OF, ignore=OF_THE_DAY)))
    assert codes(validate(Options((tmp_path / "archive",), AS_OF, ignore=OF_THE_DAY)))


# --- day, git, processes ------------------------------------------------------------------------------------


def test_without_a_day_it_is_today_in_the_zone_of_the_repository(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls(2026, 11, 20, 23, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(options_module, "datetime", Clock)
    assert validate(Options((root,))).as_of == date(2026, 11, 21)  # half past midnight in Stockholm


def test_files_that_the_commit_will_not_hold(tmp_path: Path) -> None:
    build({}, tmp_path)
    tracked = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert not codes(run(tmp_path, tracked=frozenset(tracked)))
    (finding,) = run(tmp_path, tracked=frozenset(tracked - {"seminar/evidence/room.png"})).findings
    assert (finding.code, finding.message) == ("POE511", "POE511.not_in_git")
    assert finding.path == "/proof_documents/2/files/0"


def test_more_processes_find_the_same(root: Path) -> None:
    assert run(root, jobs=2).findings == run(root, jobs=1).findings


def test_readiness(root: Path) -> None:
    result = run(root)
    assert {claim.claim.id: claim.readiness for claim in result.claims} == {
        "ads": Readiness.HANDED_IN,
        "mailing": Readiness.READY,
        "seminar": Readiness.FAULTY,
    }


# --- settings -----------------------------------------------------------------------------------------------


def test_a_zone_that_does_not_exist_is_refused(root: Path) -> None:
    text = (root / "poe.yaml").read_text()
    (root / "poe.yaml").write_text(text.replace("Europe/Stockholm", "Europe/Atlantis"))
    with pytest.raises(ConfigurationError, match=r"poe\.yaml: there is no time zone 'Europe/Atlantis'"):
        run(root)


def test_a_rulebook_that_does_not_exist_is_refused(root: Path) -> None:
    text = (root / "poe.yaml").read_text()
    (root / "poe.yaml").write_text(text.replace("microsoft-coop", "microsoft-corp"))
    with pytest.raises(ConfigurationError, match=r"no rulebook 'microsoft-corp'; shipped are: .*microsoft-coop"):
        run(root)


def own_rulebook(root: Path, old: str = "", new: str = "") -> Result:
    text = shipped_as_yaml()
    assert not old or text.count(old) == 1
    documents, evidence = base()
    poe = documents["poe.yaml"].replace("microsoft-coop", "rulebooks/house.yaml")
    texts = {**documents, "poe.yaml": poe, "rulebooks/house.yaml": text.replace(old, new) if old else text}
    write(root, {**evidence, **{path: text.encode() for path, text in texts.items()}})
    return validate(Options((root,), AS_OF, ignore=OF_THE_DAY))


def test_a_rulebook_of_the_house_judges_and_is_no_document(tmp_path: Path) -> None:
    result = own_rulebook(tmp_path, "id: microsoft-coop\n", "id: house\n")
    assert not result.findings
    assert result.rulebooks[0].id == "house"


def test_a_fault_in_it_stops_the_run_and_says_where(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"rulebooks/house\.yaml:[0-9]+:[0-9]+: there is no key 'vendr' here"):
        own_rulebook(tmp_path, "\nvendor: Microsoft\n", "\nvendr: Microsoft\n")


def test_a_rulebook_that_is_not_there(root: Path) -> None:
    text = (root / "poe.yaml").read_text()
    (root / "poe.yaml").write_text(text.replace("microsoft-coop", "rulebooks/none.yaml"))
    with pytest.raises(ConfigurationError, match=r"rulebooks/none\.yaml cannot be read: No such file"):
        run(root)


# --- sources that nobody read again -------------------------------------------------------------------------


def test_an_old_source_is_told_once_and_can_be_switched_off(tmp_path: Path) -> None:
    case = next(case for case in all_cases() if case.code == "POE917" and not case.is_good)
    build(case.data, tmp_path)
    assert codes(validate(case.options(tmp_path))) == ["POE917"]
    assert "POE917" not in codes(validate(case.options(tmp_path, ignore=("POE917",))))
    assert codes(validate(case.options(tmp_path, select=("POE301",)))) == []
    say(tmp_path, "rules: {switched_off: [{rule: POE917, reason: We read it every day}]}\n")
    assert codes(validate(case.options(tmp_path))) == []


def test_a_rulebook_that_is_not_said_has_no_place_for_it(root: Path) -> None:
    far = Options((root,), as_of=date(2040, 1, 1))
    assert "POE917" in codes(validate(far))
    poe = root / "poe.yaml"
    poe.write_text(poe.read_text().replace("rulebook: microsoft-coop\n", ""))
    assert "POE917" not in codes(validate(far))
