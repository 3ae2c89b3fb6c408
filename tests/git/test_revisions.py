"""Revisions from outside: hostile names, files byte for byte, and what changed since a branch began."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from poe_pack.git import GitProblem, changed_since, file_at, resolve
from tests.cli.house import git, start_git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A branch `main` of one commit, checked out."""
    top = tmp_path / "top"
    (top / "deep").mkdir(parents=True)
    for name in ("kept", "changed", "gone", "deep/touched"):
        (top / name).write_text(name)
    start_git(top)
    return top


def head(top: Path) -> str:
    return git(top, "rev-parse", "HEAD").strip()


HOSTILE = [
    "",
    "-x",
    "--output=x",
    "--all",
    "HEAD;rm",
    "$(touch x)",
    "^HEAD",
    "HEAD..main",
    "HEAD:kept",
    "HEAD^{tree}",
    "nowhere",
    "a\nb",
    "a\0b",
    "\ud800",
    "@{-1}",
    "\x1b[31m",
    "x" * 5000,
]


@pytest.mark.parametrize("revision", HOSTILE, ids=ascii)
def test_what_names_no_commit(repository: Path, revision: str) -> None:
    with pytest.raises(GitProblem, match=r"there is no commit .*; check the name .*git fetch origin") as told:
        resolve(repository, revision)
    assert "\n" not in str(told.value)
    assert not {"x", "output"} & {path.name for path in repository.iterdir()}


def test_what_names_one(repository: Path) -> None:
    git(repository, "tag", "-a", "v1", "-m", "A tag")
    sha = head(repository)
    assert [resolve(repository / "deep", name) for name in ("main", "HEAD", "v1", sha, sha[:10])] == [sha] * 5
    with pytest.raises(GitProblem, match=r"git fetch origin release/2' gets that branch, .* origin/release/2"):
        resolve(repository, "origin/release/2")


def test_where_there_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(GitProblem, match="needs a git repository"):
        resolve(tmp_path, "main")
    (tmp_path / ".git").mkdir()
    with pytest.raises(GitProblem, match="git cannot read its repository; 'git -C"):
        resolve(tmp_path, "main")


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path) -> None:
    old = head(repository)
    git(repository, "commit", "-q", "--allow-empty", "-m", "More")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))
    with pytest.raises(GitProblem, match="in this shallow clone"):
        resolve(clone, old)
    git(clone, "fetch", "-q", "--depth", "1", "origin", old)
    with pytest.raises(GitProblem, match="this clone is shallow: 'git fetch --unshallow'"):
        changed_since(clone, resolve(clone, old))


def test_a_file_byte_for_byte(repository: Path) -> None:
    odd = os.fsdecode(b"h\xf6st\n:*?[a]")
    raw = b"\xff\xfe\0\r\n\x80 x \n\n"
    (repository / "deep" / odd).write_bytes(raw)
    (repository / ".gitattributes").write_text("* text eol=crlf ident\n")
    git(repository, "-c", "core.safecrlf=false", "add", "-A")
    git(repository, "commit", "-q", "-m", "More")
    sha = head(repository)
    stored = raw.replace(b"\r\n", b"\n")
    assert file_at(repository, sha, f"deep/{odd}", 100) == stored
    assert file_at(repository / "deep", sha, odd, len(stored)) == stored
    for missing in ("nowhere", "deep/*", "deep/nowhere", "--", "-r", "kept/x"):
        assert file_at(repository, sha, missing, 100) is None


def test_what_is_no_file_or_too_large(repository: Path) -> None:
    (repository / "link").symlink_to("kept")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "A link")
    sha = head(repository)
    for name in ("link", "deep"):
        with pytest.raises(GitProblem, match=f"{name} is not a file there"):
            file_at(repository, sha, name, 100)
    with pytest.raises(GitProblem, match="kept is larger there than 3 bytes"):
        file_at(repository, sha, "kept", 3)


def test_everything_that_changed(repository: Path) -> None:
    base = head(repository)
    git(repository, "switch", "-q", "-c", "work")
    odd = os.fsdecode(b"deep/n\xf6w\nname")
    (repository / odd).write_text("x")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Committed")
    (repository / "staged").write_text("x")
    git(repository, "add", "staged")
    (repository / "staged").unlink()  # still in the index
    (repository / "changed").write_text("other")
    (repository / "gone").unlink()
    (repository / "untracked").write_text("x")
    (repository / "ignored").write_text("x")
    (repository / ".git" / "info" / "exclude").write_text("ignored\n")
    os.utime(repository / "deep" / "touched", (1, 1))
    assert changed_since(repository, base) == {odd, "staged", "changed", "gone", "untracked"}


def test_a_change_taken_back_on_the_disk_is_one_still(repository: Path) -> None:
    base = head(repository)
    for text in ("other", "changed"):
        (repository / "changed").write_text(text)
        git(repository, "commit", "-q", "-am", text) if text == "other" else None
    assert changed_since(repository, base) == {"changed"}


def test_what_happened_on_the_other_branch_is_no_change(repository: Path) -> None:
    git(repository, "switch", "-q", "-c", "work")
    git(repository, "mv", "kept", "renamed")
    git(repository, "commit", "-q", "-m", "Mine")
    git(repository, "switch", "-q", "main")
    (repository / "changed").write_text("theirs")
    git(repository, "commit", "-q", "-am", "Theirs")
    theirs = head(repository)
    git(repository, "switch", "-q", "work")
    assert changed_since(repository, theirs) == {"kept", "renamed"}


def test_branches_without_a_common_commit(repository: Path) -> None:
    base = head(repository)
    git(repository, "switch", "-q", "--orphan", "other")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Begin again")
    with pytest.raises(GitProblem, match="have no commit in common; name the branch"):
        changed_since(repository, base)


def test_no_filter_of_the_repository_is_run(repository: Path, tmp_path: Path) -> None:
    base = head(repository)
    for kind in ("clean", "process", "smudge", "required"):
        for name in ("trap", "a=b.clean"):
            git(repository, "config", f"filter.{name}.{kind}", f"touch '{tmp_path}/sprung'; cat")
    git(repository, "config", "filter.trap.required", "true")
    git(repository, "config", "filter.a=b.clean.required", "true")
    git(repository, "config", "core.fsmonitor", f"touch '{tmp_path}/sprung'")
    (repository / ".git" / "info" / "attributes").write_text("* filter=trap diff=trap\nkept filter=a=b.clean\n")
    (repository / "changed").write_text("CHANGED")
    os.utime(repository / "kept", (1, 1))
    assert changed_since(repository, base) == {"changed"}
    assert not (tmp_path / "sprung").exists()
