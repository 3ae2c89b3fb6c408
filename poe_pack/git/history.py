"""Earlier texts of files, as the commits behind HEAD hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from poe_pack.git.run import GitFailed, GitMissing, run_git, run_git_raw

_LOG = ("--first-parent", "--diff-merges=first-parent", "--reverse", "--raw", "-z", "--no-renames", "--no-abbrev")
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color", "--format=%x00commit %H")


class HistoryState(StrEnum):
    """Whether git could be asked; all but `checked` say why not."""

    CHECKED = "checked"
    NO_GIT = "no_git"
    NO_REPOSITORY = "no_repository"
    SHALLOW = "shallow"
    FAILED = "failed"


class Version(Struct, frozen=True):
    """What a file held from a commit (its hash) on."""

    commit: str
    raw: bytes


def earlier_texts(base: Path, folder: str) -> tuple[HistoryState, Mapping[str, Sequence[Version]]]:
    """Every text that the YAML files below `folder` had on the way to HEAD, oldest first, by name relative to `base`.

    Of a merge only what it brought counts: what people wrote side by side was never one history. Never raises.
    """
    try:
        if run_git(base, "rev-parse", "--is-shallow-repository").strip() == "true":
            return HistoryState.SHALLOW, {}
    except GitMissing:
        return HistoryState.NO_GIT, {}
    except GitFailed:
        return HistoryState.NO_REPOSITORY, {}
    try:
        head = run_git(base, "rev-parse", "--verify", "--quiet", "HEAD").strip()
    except GitFailed:
        return HistoryState.CHECKED, {}  # nothing is committed yet
    try:
        told = run_git(base, "log", *_LOG, *_PLAIN, head, "--", folder or ".")
        named = list(_named(told))
        texts = _blobs(base, list(dict.fromkeys(blob for _, _, blob in named)))
    except (GitFailed, ValueError):
        return HistoryState.FAILED, {}
    found: dict[str, list[Version]] = {}
    for commit, file, blob in named:
        found.setdefault(file, []).append(Version(commit, texts[blob]))
    return HistoryState.CHECKED, found


def _named(log: str) -> Iterator[tuple[str, str, str]]:
    """Commit, file and blob of each change that left a YAML file there."""
    commit = ""
    parts = (part for part in log.split("\0") if part.strip("\n"))
    for part in parts:
        text = part.lstrip("\n")
        if text.startswith("commit "):
            commit = text.split()[1]
            continue
        _, mode, _, blob, _ = text.removeprefix(":").split()
        file = next(parts)
        if mode in ("100644", "100755") and file.endswith((".yaml", ".yml")):
            yield commit, file, blob


def _blobs(base: Path, blobs: Sequence[str]) -> dict[str, bytes]:
    """The bytes of blobs by their hashes. Raises GitFailed and, for an answer that nobody understands, ValueError."""
    if not blobs:
        return {}
    given = "".join(f"{blob}\n" for blob in blobs).encode()
    told, at = run_git_raw(base, "cat-file", "--batch", given=given), 0
    texts = {}
    for blob in blobs:
        end = told.index(b"\n", at)
        _, _, size = told[at:end].split()
        texts[blob] = told[end + 1 : end + 1 + int(size)]
        at = end + 2 + int(size)
    return texts
