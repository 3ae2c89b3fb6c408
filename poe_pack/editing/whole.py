"""Writes files whole or not at all, and only over what was read."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from poe_pack.documents.files import NotAFile, read_start

_NEW_MODE = 0o644


class ChangedMeanwhile(Exception):
    """The file is not what it was when it was read; nothing was written."""


def replace_file(path: Path, content: bytes, before: bytes | None) -> None:
    """Put `content` in the place of a file that holds `before` (None: that is not there), with the rights it had.

    Raises ChangedMeanwhile and OSError, having written nothing.
    """
    with _part(path) as (stream, part):
        stream.write(content)
        _settle(stream)
        os.chmod(part, _NEW_MODE if before is None else os.lstat(path).st_mode & 0o777)
        if content_of(path, 0 if before is None else len(before)) != before:
            raise ChangedMeanwhile
        os.replace(part, path)


def add_file(path: Path, source: Path, sha256: str) -> None:
    """Copy a file to a place where none is yet, if it still has that digest.

    Raises FileExistsError, ChangedMeanwhile and OSError, having written nothing.
    """
    digest = hashlib.sha256()
    with source.open("rb") as original, _part(path) as (stream, part):
        while piece := original.read(1 << 20):
            digest.update(piece)
            stream.write(piece)
        _settle(stream)
        if digest.hexdigest() != sha256:
            raise ChangedMeanwhile
        os.chmod(part, _NEW_MODE)
        try:
            os.link(part, path)  # unlike a move, never over a file that came meanwhile
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if os.path.lexists(path):
                raise FileExistsError(path) from None
            os.rename(part, path)


def content_of(path: Path, expected: int) -> bytes | None:
    """What a file holds, at most one byte more than expected; None where there is none. Raises OSError."""
    try:
        return read_start(path, expected + 1)
    except FileNotFoundError:
        return None
    except NotAFile as error:
        raise ChangedMeanwhile from error


@contextmanager
def _part(path: Path) -> Iterator[tuple[BinaryIO, str]]:
    """A file beside `path` that is gone at the end, unless it was moved there."""
    handle, part = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent)
    try:
        with open(handle, "wb") as stream:
            yield stream, part
    finally:
        with suppress(OSError):
            os.unlink(part)


def _settle(stream: BinaryIO) -> None:
    """Have the disk hold what was written before any name leads to it."""
    stream.flush()
    os.fsync(stream.fileno())
