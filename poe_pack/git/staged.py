"""What is staged for the next commit."""

from __future__ import annotations

from pathlib import Path

from poe_pack.git.run import GitFailed, GitMissing, run_git

# During `git commit -a` or `git commit FILE` the commit is built in an index of its own, named by this variable.
INDEX = frozenset(["GIT_INDEX_FILE"])


class GitProblem(Exception):
    """Git cannot answer; the text says why."""


def staged_files(folder: Path) -> frozenset[str]:
    """Files added, changed, renamed or deleted in the index, relative to the git root.

    Raises GitProblem outside a git repository or without git.
    """
    options = ("--cached", "--name-only", "-z", "--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv")
    return _listed(folder, "diff", *options)


def tracked_files(folder: Path) -> frozenset[str]:
    """Files below `folder` that the next commit will hold, relative to the git root. Raises GitProblem."""
    return _listed(folder, "ls-files", "--cached", "-z", "--full-name")


def _listed(folder: Path, command: str, *options: str) -> frozenset[str]:
    try:
        listed = run_git(folder, command, *options, keep=INDEX)
    except GitMissing as error:
        raise GitProblem("git is not installed") from error
    except GitFailed as error:
        raise GitProblem(f"{folder} is not in one") from error
    return frozenset(name for name in listed.split("\0") if name)
