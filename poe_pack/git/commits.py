"""The last commit that touched some paths."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from poe_pack.git.run import GitFailed, GitMissing, run_git


class CommitStamp(Struct, frozen=True):
    """A commit by its whole hash, or why there is none.

    `note` is the end of a message key `packet.commit.…`: `changed` (beside a hash: the paths differ from it),
    `no_git`, `no_repository`, `no_commit` (nothing of the paths is committed), `failed`; None where the hash is all
    there is to say.
    """

    sha: str | None
    note: str | None = None


def last_commit(base: Path, paths: Sequence[str]) -> CommitStamp:
    """The last commit that touched any of `paths` (files or folders, relative to `base`), and whether they changed.

    Never raises: what goes wrong is the stamp's note.
    """
    try:
        run_git(base, "rev-parse", "--is-inside-work-tree")
    except GitMissing:
        return CommitStamp(None, "no_git")
    except GitFailed as error:
        return CommitStamp(None, "no_repository" if error.status == 128 else "failed")
    try:
        head = run_git(base, "rev-parse", "--verify", "--end-of-options", "HEAD^{commit}").strip()
    except GitFailed:
        return CommitStamp(None, "no_commit")
    try:
        options = ("-1", "--format=%H", "--no-ext-diff", "--no-textconv")
        sha = run_git(base, "log", *options, head, "--", *paths).strip()
        options = ("--porcelain", "--untracked-files=all", "--ignore-submodules=all", "--no-renames")
        changed = run_git(base, "status", *options, "--", *paths).strip()
    except GitFailed:
        return CommitStamp(None, "failed")
    if not sha:
        return CommitStamp(None, "no_commit")
    return CommitStamp(sha, "changed" if changed else None)
