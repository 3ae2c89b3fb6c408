"""What a packet was made from, beside what a commit and the work tree hold of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from poe_pack.documents.files import read_start
from poe_pack.documents.reader import MAX_BYTES
from poe_pack.documents.repository import NoRepository, base_of, find_root, locate, make_document
from poe_pack.evidence.facts import FileState as OnDisk
from poe_pack.evidence.files import inspect_file, is_safe_name
from poe_pack.git import Blob, GitProblem, bytes_of, files_at, knows_commit, pointer
from poe_pack.model.read_claim import read_claim
from poe_pack.packet.inputs import shown_files
from poe_pack.packet.manifest_reading import File, Manifest
from poe_pack.packet.verified import Comparison, FileState, FileVerdict

_POINTER_BYTES = 1024


def repository_of(path: Path) -> Path | None:
    """What the paths of a manifest are relative to, for whoever stands in `path`; None outside of any repository."""
    try:
        return base_of(find_root((path,)))
    except NoRepository:
        here = locate(path)
        return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)


def against_commit(manifest: Manifest, repository: Path | None) -> Comparison:
    """The inputs as the commit that the manifest names holds them."""
    commit = manifest.commit.sha
    if commit is None:
        return Comparison(not_checked="no_commit")
    if repository is None or not (repository / ".git").exists():
        return Comparison(not_checked="outside_git")
    if not knows_commit(repository, commit):
        return Comparison(not_checked="unknown_commit")
    try:
        return Comparison(tuple(_in_commit(manifest, repository, commit)))
    except GitProblem:
        return Comparison(not_checked="git_failed")


def against_tree(manifest: Manifest, repository: Path | None) -> Comparison:
    """The inputs as they lie on the disk."""
    if repository is None:
        return Comparison(not_checked="outside_repository")
    verdicts = [_on_disk(repository, file) for file in manifest.inputs]
    if not any(_is_here(manifest, verdict) for verdict in verdicts):
        commit = manifest.commit.sha
        if commit is None or not knows_commit(repository, commit):
            return Comparison(not_checked="other_repository")

    def read(path: str) -> bytes | None:
        try:
            return read_start(repository / path, MAX_BYTES)
        except OSError:
            return None

    more = []
    for path in _unknown(manifest, read):
        found = inspect_file(repository, path, max_bytes=1 << 40)
        if found.sha256 is not None:
            more.append(FileVerdict(path, FileState.ADDED, None, found.sha256))
    return Comparison((*verdicts, *more))


def _is_here(manifest: Manifest, verdict: FileVerdict) -> bool:
    """Whether an input shows that this is the packet's repository: another one, too, has a `partner.yaml` and plans."""
    file = manifest.inputs[0].path  # the claim's document comes first
    folder = PurePosixPath(file).parent
    own = verdict.path == file or (folder.name != "" and folder in PurePosixPath(verdict.path).parents)
    return verdict.state is FileState.SAME or (own and verdict.state is not FileState.MISSING)


def _on_disk(repository: Path, file: File) -> FileVerdict:
    found = inspect_file(repository, file.path, max_bytes=file.bytes)
    if found.state is OnDisk.MISSING:
        return FileVerdict(file.path, FileState.MISSING, file.sha256, None)
    state = FileState.SAME if found.sha256 == file.sha256 else FileState.CHANGED
    return FileVerdict(file.path, state, file.sha256, found.sha256)


def _in_commit(manifest: Manifest, repository: Path, commit: str) -> Iterator[FileVerdict]:
    held = files_at(repository, commit, [file.path for file in manifest.inputs])
    for file in manifest.inputs:
        blob = held.get(file.path)
        if blob is None:
            yield FileVerdict(file.path, FileState.MISSING, file.sha256, None)
        else:
            found = _digest(repository, blob, file.bytes)
            state = FileState.SAME if found == file.sha256 else FileState.CHANGED
            yield FileVerdict(file.path, state, file.sha256, found)

    def read(path: str) -> bytes | None:
        blob = held.get(path)
        return None if blob is None or blob.name is None else bytes_of(repository, blob.name)

    unknown = list(_unknown(manifest, read))
    for path in files_at(repository, commit, unknown) if unknown else ():
        yield FileVerdict(path, FileState.ADDED, None, None)


def _digest(repository: Path, blob: Blob, size: int) -> str | None:
    """SHA-256 of a file in a commit; None where its size alone tells that it is another."""
    if blob.name is None or (blob.size != size and blob.size > _POINTER_BYTES):
        return None
    raw = bytes_of(repository, blob.name)
    kept_outside = pointer(raw)
    return kept_outside[0] if kept_outside is not None else hashlib.sha256(raw).hexdigest()


def _unknown(manifest: Manifest, read: Callable[[str], bytes | None]) -> Iterator[str]:
    """Files that belong to the claim where `read` finds it, and that did not go into the packet.

    Of the same claim these are exhibits that lacked their file; of a changed one also all that it names now.
    """
    if not manifest.inputs:
        return
    file = manifest.inputs[0]  # the claim's document comes first
    raw = read(file.path)
    if raw is None:
        return
    if hashlib.sha256(raw).hexdigest() == file.sha256:
        sources = (exhibit.source for exhibit in manifest.exhibits)
        named = tuple(name for name in sources if name is not None and is_safe_name(name))
    else:
        named = _named(file.path, raw)
    known = {entry.path for entry in manifest.inputs}
    for name in dict.fromkeys(named):
        path = (PurePosixPath(file.path).parent / name).as_posix()
        if path not in known:
            yield path


def _named(file: str, raw: bytes) -> tuple[str, ...]:
    """The files that a claim's text names, as far as it can be read."""
    document = make_document(file, raw)
    if document.tree is None or document.kind != "claim":
        return ()
    claim = read_claim(document.tree.data, document.id, file, document.folder)
    return tuple(name for name in shown_files(claim) if is_safe_name(name))
