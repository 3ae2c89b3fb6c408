"""Looks at an evidence file in process: place, size, kind by leading bytes, digest.

Nothing here understands a file's structure, so a hostile file has nothing to get hold of.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from poe_pack.evidence.facts import FileFacts, FileState, MediaType
from poe_pack.evidence.kinds import HEAD_BYTES, media_type_of

_CHUNK = 1024 * 1024
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: should a pipe take the file's place after the look, opening it must not wait for a writer.
FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
# What Git LFS leaves where it did not fetch a file. Its own limit on the size of these lines is 1 kB.
_LFS_POINTER = re.compile(
    rb"version https://(?:git-lfs\.github\.com|hawser\.github\.com)/spec/v[^\n]*\n(?s:.*)oid sha256:"
)
_MAX_POINTER = 1024
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})

_STATE_OF_ERROR = {
    errno.ENOENT: FileState.MISSING,
    errno.ENOTDIR: FileState.MISSING,
    errno.ELOOP: FileState.IS_LINK,
    errno.ENXIO: FileState.NOT_A_FILE,
}


class KnownFiles(Protocol):
    """What earlier runs read of files that have not changed since."""

    def find(self, status: os.stat_result, path: str) -> tuple[MediaType | None, str] | None:
        """Kind and SHA-256 of a file in this state and of this name; None where they are not known."""

    def learn(self, status: os.stat_result, path: str, kind: MediaType | None, sha256: str) -> None:
        """Take note of what was read; `status` is the file's state before it was."""


class _Unusable(Exception):
    def __init__(self, state: FileState, size: int = 0) -> None:
        self.state = state
        self.size = size


def inspect_file(folder: Path, path: str, *, max_bytes: int, known: KnownFiles | None = None) -> FileFacts:
    """Look at the file `path` (POSIX, relative) in the claim's `folder`; read it once, at most `max_bytes`.

    A file that is `known` is opened and not read.

    `folder` itself may be reached through links; below it none is followed. Never raises for what the disk
    or the name holds: that is the answer's `state`.
    """
    if not is_safe_name(path):
        return FileFacts(path, FileState.LEAVES_FOLDER, 0, None, None)
    try:
        with _opened(folder, path) as descriptor:
            return _facts(descriptor, path, max_bytes, known)
    except _Unusable as unusable:
        return FileFacts(path, unusable.state, unusable.size, None, None)
    except OSError as error:
        return FileFacts(path, _STATE_OF_ERROR.get(error.errno or 0, FileState.UNREADABLE), 0, None, None)


def inspect_source(path: Path, *, max_bytes: int) -> FileFacts:
    """Look at a file that its owner named: as `inspect_file`, but wherever it lies and through links."""
    try:
        # Looked at first: opening alone can already act on a device.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise _Unusable(FileState.NOT_A_FILE)
        descriptor = os.open(path, FILE_FLAGS & ~os.O_NOFOLLOW)
        try:
            return _facts(descriptor, path.name, max_bytes, None)
        finally:
            os.close(descriptor)
    except _Unusable as unusable:
        return FileFacts(path.name, unusable.state, unusable.size, None, None)
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        return FileFacts(path.name, FileState.MISSING if missing else FileState.UNREADABLE, 0, None, None)


def copy_file(folder: Path, facts: FileFacts, target: Path) -> str | None:
    """Copy the file that `facts` speak of to `target`, a new file; returns the SHA-256 of what was copied.

    None where what lies there now is no longer such a file, or a larger one. Raises OSError of the target.
    """
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as copy:
        try:
            with _opened(folder, facts.path) as descriptor:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    return None
                while size <= facts.size and (chunk := os.read(descriptor, _CHUNK)):
                    digest.update(chunk)
                    size += len(chunk)
                    copy.write(chunk)
        except (_Unusable, FileNotFoundError):
            return None
    return digest.hexdigest() if size <= facts.size else None


def is_safe_name(path: str) -> bool:
    """Tell whether `path` stays below its folder and shows on one line, in reading order, what it is."""
    if not path or path.startswith("/") or ".." in path.split("/"):
        return False
    # ASCII is by far the commonest; it needs no look-up of each character.
    if path.isascii():
        return path.isprintable()
    return not any(unicodedata.category(c) in _HIDDEN_CATEGORIES or c in _BIDI_CONTROLS for c in path)


@contextmanager
def _opened(folder: Path, path: str) -> Iterator[int]:
    """Open a regular file below `folder`, component by component, and yield its descriptor."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not parts:
        raise _Unusable(FileState.NOT_A_FILE)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            _require(part, descriptor, folder=True)
            inner = os.open(part, _FOLDER_FLAGS, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        _require(parts[-1], descriptor, folder=False)
        inner = os.open(parts[-1], FILE_FLAGS, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _require(name: str, parent: int, *, folder: bool) -> None:
    """Look before opening: opening alone can already act on a device, and reports links as other errors."""
    mode = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
    if stat.S_ISLNK(mode):
        raise _Unusable(FileState.IS_LINK)
    if folder and not stat.S_ISDIR(mode):
        raise _Unusable(FileState.MISSING)
    if not folder and not stat.S_ISREG(mode):
        raise _Unusable(FileState.NOT_A_FILE)


def _facts(descriptor: int, path: str, max_bytes: int, known: KnownFiles | None) -> FileFacts:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise _Unusable(FileState.NOT_A_FILE)
    if status.st_size > max_bytes:
        raise _Unusable(FileState.TOO_LARGE, status.st_size)
    found = None if known is None or not status.st_size else known.find(status, path)
    if found is not None:
        return FileFacts(path, FileState.PRESENT, status.st_size, *found)
    facts = _read(descriptor, path, max_bytes)
    if known is not None and facts.sha256 is not None and facts.size == status.st_size:
        known.learn(status, path, facts.media_type, facts.sha256)
    return facts


def _read(descriptor: int, path: str, max_bytes: int) -> FileFacts:
    digest = hashlib.sha256()
    size = 0
    head = b""
    while chunk := os.read(descriptor, _CHUNK):
        if len(head) < HEAD_BYTES:
            head += chunk[: HEAD_BYTES - len(head)]
        size += len(chunk)
        if size > max_bytes:  # It grew while being read.
            raise _Unusable(FileState.TOO_LARGE, size)
        digest.update(chunk)
    if size <= _MAX_POINTER and _LFS_POINTER.match(head):
        raise _Unusable(FileState.LFS_POINTER, size)
    state = FileState.PRESENT if size else FileState.EMPTY
    return FileFacts(path, state, size, media_type_of(head, path), digest.hexdigest())
