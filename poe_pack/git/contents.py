"""What a commit holds of some files, without a work tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from poe_pack.git.run import GitFailed, GitMissing, run_git, run_git_raw
from poe_pack.git.staged import GitProblem

_FILE_MODES = ("100644", "100755")
_AT_ONCE = 500  # names on one command line
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,18})\n"
)


class Blob(Struct, frozen=True):
    """A file's content by git's name for it, and its size in bytes. A link or folder has no `name`."""

    name: str | None
    size: int


def knows_commit(folder: Path, commit: str) -> bool:
    """Whether the repository of `folder` holds a commit (a whole hash). Never raises."""
    try:
        options = ("--verify", "--quiet", "--end-of-options")
        return run_git(folder, "rev-parse", *options, f"{commit}^{{commit}}").strip() == commit
    except (GitFailed, GitMissing):
        return False


def files_at(root: Path, commit: str, files: Sequence[str]) -> Mapping[str, Blob]:
    """What a commit (a hash) holds of `files`, named relative to the git root; what it does not hold is left out.

    Raises GitProblem.
    """
    found: dict[str, Blob] = {}
    try:
        for begin in range(0, len(files), _AT_ONCE):
            some = files[begin : begin + _AT_ONCE]
            for entry in run_git(root, "ls-tree", "-z", "-l", "--full-tree", commit, "--", *some).split("\0"):
                if entry:
                    about, _, name = entry.partition("\t")
                    mode, _, blob, size = about.split()
                    found[name] = Blob(blob, int(size)) if mode in _FILE_MODES else Blob(None, 0)
    except (GitFailed, GitMissing, ValueError) as error:
        raise GitProblem("git cannot list that commit; is the clone a partial one?") from error
    return found


def bytes_of(root: Path, blob: str) -> bytes:
    """The bytes that git keeps under a name from `files_at`. Raises GitProblem."""
    try:
        return run_git_raw(root, "cat-file", "blob", blob)
    except (GitFailed, GitMissing) as error:
        raise GitProblem("git cannot give a file of that commit; is the clone a partial one?") from error


def pointer(raw: bytes) -> tuple[str, int] | None:
    """SHA-256 and size of the file that stands outside git, where `raw` is what Git LFS keeps in its place."""
    found = _POINTER.fullmatch(raw)
    return None if found is None else (found[1].decode("ascii"), int(found[2]))
