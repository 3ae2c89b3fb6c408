"""A claim that was handed in keeps its verdict under a newer rulebook; what git knows is said, and what it cannot."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from poe_pack.formats import formatter
from poe_pack.validation.judge import judge
from poe_pack.validation.options import Options
from poe_pack.validation.validate import validate
from tests.cli.house import git, start_git
from tests.rulebook.shipped import shipped_as_yaml
from tests.rules.harness import AS_OF, OF_THE_DAY, base, write


def stricter() -> str:
    """The shipped rulebook's next version: digital advertising needs an invitation, too."""
    data = yaml.safe_load(shipped_as_yaml())
    data["version"] = "9999.1"
    for version in data["activity_types"]["digital_advertising"]["values"].values():
        if "evidence" in version:
            version["evidence"]["all"].append("event_invitation")
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def house(root: Path, rulebook: str, recorded: str) -> None:
    """The test repository under a rulebook of its own; the submitted claim records the one that judged it."""
    documents, evidence = base()
    texts = dict(documents)
    texts["poe.yaml"] = texts["poe.yaml"].replace("microsoft-coop", "rulebooks/house.yaml")
    texts["rulebooks/house.yaml"] = rulebook
    texts["ads/claim.yaml"] += recorded
    write(root, {**evidence, **{path: text.encode() for path, text in texts.items()}})


ZEROS = "0" * 64


def codes(root: Path) -> list[tuple[str, str]]:
    return [
        (finding.document, finding.code) for finding in validate(Options((root,), AS_OF, ignore=OF_THE_DAY)).findings
    ]


def stamp(rulebook: str, version: str) -> str:
    return f'    rulebook: {{id: {rulebook}, version: "{version}"}}\n'


def test_a_claim_keeps_the_verdict_of_the_rulebook_it_was_handed_in_under(tmp_path: Path) -> None:
    version = yaml.safe_load(shipped_as_yaml())["version"]
    house(tmp_path / "then", shipped_as_yaml(), stamp("microsoft-coop", version))
    assert codes(tmp_path / "then") == []
    house(tmp_path / "now", stricter(), stamp("microsoft-coop", version))
    assert codes(tmp_path / "now") == []
    verdict = judge(Options((tmp_path / "now",), AS_OF))
    assert verdict.settled == 1
    assert "keeps that verdict" in formatter("text")(verdict)
    assert json.loads(formatter("json")(verdict))["summary"]["settled"] == 1


def test_without_that_record_the_rulebook_of_today_judges(tmp_path: Path) -> None:
    house(tmp_path, stricter(), "")
    assert codes(tmp_path) == [("ads", "POE510")]
    assert judge(Options((tmp_path,), AS_OF)).settled == 0


def test_what_was_judged_by_the_rulebook_of_today_still_is(tmp_path: Path) -> None:
    house(tmp_path, stricter(), stamp("microsoft-coop", "9999.1"))
    assert codes(tmp_path) == [("ads", "POE510")]


def test_a_digest_decides_before_the_version(tmp_path: Path) -> None:
    house(tmp_path, stricter(), f'    rulebook: {{id: x, version: "9999.1", sha256: "{ZEROS}"}}\n')
    assert codes(tmp_path) == []


def test_workflow_is_judged_all_the_same(tmp_path: Path) -> None:
    version = yaml.safe_load(shipped_as_yaml())["version"]
    house(tmp_path, stricter(), stamp("microsoft-coop", version))
    claim = tmp_path / "ads" / "claim.yaml"
    claim.write_text(claim.read_text().replace("status: submitted\nhistory", "status: approved\nhistory"))
    assert ("ads", "POE802") in codes(tmp_path)


# --- what git cannot say ------------------------------------------------------------------------------------


def unchecked(root: Path) -> str | None:
    return judge(Options((root,), AS_OF)).history_not_checked


@pytest.fixture
def root(tmp_path: Path) -> Path:
    documents, evidence = base()
    write(tmp_path / "house", {**evidence, **{path: text.encode() for path, text in documents.items()}})
    return tmp_path / "house"


def test_outside_git_it_says_so(root: Path) -> None:
    assert unchecked(root) == "no_repository"
    assert "Not checked" in formatter("text")(judge(Options((root,), AS_OF)))
    assert json.loads(formatter("json")(judge(Options((root,), AS_OF))))["history_not_checked"] == "no_repository"


def test_in_git_it_was_checked(root: Path) -> None:
    start_git(root)
    assert unchecked(root) is None
    git(root, "commit", "-q", "--allow-empty", "-m", "More")
    assert unchecked(root) is None


def test_in_a_repository_without_a_commit_nothing_was_said_before(root: Path) -> None:
    git(root, "init", "-q")
    assert unchecked(root) is None


def test_a_shallow_clone_says_so(root: Path) -> None:
    start_git(root)
    git(root, "commit", "-q", "--allow-empty", "-m", "More")
    clone = root.parent / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{root}", str(clone)], check=True)
    assert unchecked(clone) == "shallow"


def test_a_broken_repository_says_so(root: Path) -> None:
    start_git(root)
    for file in (root / ".git" / "objects").rglob("*"):
        if file.is_file():
            file.chmod(0o600)
            file.write_bytes(b"")
    assert unchecked(root) == "failed"


def test_without_claims_that_were_handed_in_there_is_nothing_to_say(root: Path) -> None:
    (root / "ads" / "claim.yaml").unlink()
    assert unchecked(root) is None


def test_a_verdict_is_worked_out_anew_when_head_moves(root: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    start_git(root)
    claim = root / "ads" / "claim.yaml"
    sound = claim.read_text()
    asked = Options((root,), AS_OF, ignore=OF_THE_DAY, remember=True)
    assert not judge(asked).findings
    claim.write_text(sound.replace("Landing page of all advertisements", "Another page"))
    assert [finding.code for finding in judge(asked).findings] == ["POE914"]
    git(root, "commit", "-q", "-a", "-m", "Changed")
    assert [finding.code for finding in judge(asked).findings] == ["POE914"]
    claim.write_text(sound)
    assert not judge(asked).findings


def test_what_a_merge_brought_is_one_step(root: Path) -> None:
    """Two branches add to one history; the version of the one that was given up was never on the way to HEAD."""
    start_git(root)
    claim = root / "mailing" / "claim.yaml"
    sound = claim.read_text()
    entry = "  - {at: '2026-11-%sT08:40:00Z', by: user@nordanvind.example, role: incentives_user, status: editing}\n"
    for day in ("04", "05"):
        git(root, "checkout", "-q", "-b", day, "main")
        claim.write_text(sound + entry % day)
        git(root, "commit", "-q", "-a", "-m", day)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "05", "05")
    git(root, "merge", "-q", "--no-ff", "-m", "04", "-s", "ours", "04")
    assert judge(Options((root,), AS_OF, ignore=OF_THE_DAY)).findings == ()
    claim.write_text(sound + entry % "04")
    assert [finding.code for finding in judge(Options((root,), AS_OF, ignore=OF_THE_DAY)).findings] == ["POE806"]
