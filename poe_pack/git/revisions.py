"""Revisions that somebody names: which commit one is, what a file says there, and what changed since."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from poe_pack.documents.files import read_start
from poe_pack.git.run import GitFailed, GitMissing, run_git, run_git_raw
from poe_pack.git.staged import INDEX, GitProblem
from poe_pack.languages.visible import visible

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BRANCH = re.compile(r"(?:origin/)?([A-Za-z0-9][A-Za-z0-9._/-]*)")
_FILE_MODES = ("100644", "100755")
_DIFF = ("-r", "-z", "--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty")
# Files that git is not sure of are compared here; one that is larger counts as changed.
_COMPARED = 100_000_000


def resolve(folder: Path, revision: str) -> str:
    """The hash of the commit that a revision names, in the repository that `folder` lies in.

    Raises GitProblem with a sentence for whoever named it. `revision` may be anything.
    """
    shallow = _is_shallow(folder)
    try:
        options = ("--verify", "--quiet", "--end-of-options")
        found = run_git(folder, "rev-parse", *options, f"{revision}^{{commit}}").strip()
    except GitFailed:
        found = ""
    if not _HASH.fullmatch(found):  # `^main` is a revision, too, and none that could be read
        clone = "this shallow clone" if shallow else "this clone"
        branch = _BRANCH.fullmatch(revision)
        name = branch[1] if branch is not None else "main"
        mend = f"'git fetch origin {name}' gets that branch, which is then called origin/{name}"
        raise GitProblem(f"there is no commit {revision!r} in {clone}; check the name ({mend})")
    return found


def file_at(folder: Path, commit: str, file: str, limit: int) -> bytes | None:
    """What a file held in a commit (a hash), byte for byte; `file` is relative to `folder`. None: it was not there.

    Raises GitProblem for a link or folder, for more than `limit` bytes, and where git cannot give it.
    """
    name = visible(file)
    try:
        listed = run_git(folder, "ls-tree", "-z", "-l", commit, "--", file).rstrip("\0")
        if not listed:
            return None
        mode, _, blob, size = listed.split("\t", 1)[0].split()
        if mode not in _FILE_MODES:
            raise GitProblem(f"{name} is not a file there")
        if int(size) > limit:
            raise GitProblem(f"{name} is larger there than {limit:,} bytes")
        return run_git_raw(folder, "cat-file", "blob", blob)
    except (GitFailed, GitMissing, ValueError) as error:
        raise GitProblem(f"git cannot give {name} of that commit; is the clone a partial one?") from error


def changed_since(folder: Path, commit: str) -> frozenset[str]:
    """Files that differ from where HEAD left the history of a commit (a hash), relative to the git root.

    That is: changed, added or deleted in a commit, in the index or on the disk, and files below `folder` that git
    does not know but would not ignore either. Renamed ones are there under both names. Raises GitProblem.
    """
    base = _fork(folder, commit)
    try:
        names = {*_split(run_git(folder, "diff-tree", "--name-only", *_DIFF, base, "HEAD", "--"))}
        names |= {*_split(run_git(folder, "diff-index", "--cached", "--name-only", *_DIFF, base, "--", keep=INDEX))}
        names |= {*_changed_on_disk(folder, base)}
        others = run_git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--full-name", keep=INDEX)
        names |= {name.rstrip("/") for name in _split(others)}  # another repository in this one is told as `name/`
    except GitFailed as error:
        raise GitProblem(f"git cannot say what changed; 'git -C {folder} status' says why") from error
    return frozenset(names)


def _is_shallow(folder: Path) -> bool:
    """Raises GitProblem where there is no repository that could be asked."""
    try:
        return run_git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"
    except GitMissing as error:
        raise GitProblem("it needs git, which is not installed") from error
    except GitFailed as error:
        if any((place / ".git").exists() for place in (folder, *folder.parents)):
            raise GitProblem(f"git cannot read its repository; 'git -C {folder} status' says why") from error
        raise GitProblem(f"it needs a git repository, and {folder} is not in one") from error


def _fork(folder: Path, commit: str) -> str:
    """The newest commit that HEAD and another commit have in common."""
    try:
        return run_git(folder, "merge-base", "HEAD", commit).strip()
    except GitFailed as error:
        if _is_shallow(folder):
            mend = "this clone is shallow: 'git fetch --unshallow' gets the rest (GitHub Actions: fetch-depth: 0)"
        else:
            mend = "name the branch that this one began from"
        raise GitProblem(f"that commit and HEAD have no commit in common; {mend}") from error


def _changed_on_disk(folder: Path, base: str) -> Iterator[str]:
    """Files on the disk that differ from a commit.

    Git would compare through filters, which are programs that a repository may configure. They are switched off, and
    where git is not sure then (times differ), the bytes are compared here.
    """
    top = Path(run_git(folder, "rev-parse", "--show-toplevel").removesuffix("\n"))
    told = _split(run_git(folder, "diff-index", *_DIFF, base, "--", keep=INDEX, settings=_no_filters(folder)))
    for about in told:
        name = next(told)
        old_mode, mode, old, new, _ = about.removeprefix(":").split()
        unsure = old_mode == mode and mode in _FILE_MODES and not new.strip("0")
        if not (unsure and _holds(top / name, old)):
            yield name


def _no_filters(folder: Path) -> dict[str, str]:
    """Settings that switch off every filter that is configured."""
    try:
        named = run_git(folder, "config", "--null", "--name-only", "--get-regexp", r"^filter\.")
    except GitFailed:  # there is none
        return {}
    filters = {name.rpartition(".")[0] for name in _split(named)}
    switches = {"clean": "", "smudge": "", "process": "", "required": "false"}
    return {f"{name}.{switch}": value for name in sorted(filters) for switch, value in switches.items()}


def _holds(file: Path, blob: str) -> bool:
    """Whether a file's bytes are those of a blob (its hash)."""
    try:
        raw = read_start(file, _COMPARED + 1)
    except OSError:
        return False
    kind = "sha1" if len(blob) == 40 else "sha256"
    digest = hashlib.new(kind, b"blob %d\0" % len(raw) + raw, usedforsecurity=False)
    return len(raw) <= _COMPARED and digest.hexdigest() == blob


def _split(listed: str) -> Iterator[str]:
    return (part for part in listed.split("\0") if part)
