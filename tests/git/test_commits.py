"""The last commit of some paths, without running anything that a repository configures."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from poe_pack.git import CommitStamp, last_commit

WHO = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | WHO, capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits: one of `a`, one of `b`."""
    git(tmp_path, "init", "--quiet")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
        git(tmp_path, "add", name)
        git(tmp_path, "commit", "--quiet", "-m", name)
    return tmp_path


def test_the_commit_is_the_last_that_touched_the_paths(repository: Path) -> None:
    assert last_commit(repository, ["a"]) == CommitStamp(git(repository, "rev-parse", "HEAD~1"))
    assert last_commit(repository, ["a", "b/file"]) == CommitStamp(git(repository, "rev-parse", "HEAD"))


def test_a_change_or_a_new_file_in_the_paths_is_said(repository: Path) -> None:
    (repository / "b" / "file").write_text("changed")
    assert last_commit(repository, ["a"]).note is None
    assert last_commit(repository, ["b"]) == CommitStamp(git(repository, "rev-parse", "HEAD"), "changed")
    (repository / "a" / "new").write_text("new")
    assert last_commit(repository, ["a"]).note == "changed"


def test_what_is_missing_is_said(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    assert last_commit(outside, ["a"]) == CommitStamp(None, "no_repository")
    assert last_commit(repository, ["never"]) == CommitStamp(None, "no_commit")
    git(outside, "init", "--quiet")
    assert last_commit(outside, ["a"]) == CommitStamp(None, "no_commit")


def test_a_machine_without_git_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert last_commit(repository, ["a"]) == CommitStamp(None, "no_git")


def test_nothing_that_the_repository_configures_runs(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = repository / "trap.sh"
    trap.write_text("#!/bin/sh\ntouch sprung\n")
    trap.chmod(0o755)
    for setting in ("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand"):
        git(repository, "config", setting, str(trap))
    (repository / "b" / "file").write_text("changed")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    monkeypatch.setenv("GIT_DIR", str(repository / "elsewhere"))
    assert last_commit(repository, ["b"]).note == "changed"
    assert not (repository / "sprung").exists()


def test_paths_are_never_options_or_patterns(repository: Path) -> None:
    for path in ("--output=sprung", ":(top)a", "*", "../outside"):
        assert last_commit(repository, [path]).sha is None
    assert not (repository / "sprung").exists()
