"""Reads the start of a file that somebody else named: never a link, and never something that makes us wait."""

from __future__ import annotations

import os
import stat
from pathlib import Path

# O_NONBLOCK: should a pipe take the file's place after the look, opening it must not wait for a writer.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class NotAFile(OSError):
    """A link, folder, pipe or device; `key` names the message that says so."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(None, reason)
        self.key = key


def read_start(path: Path, limit: int) -> bytes:
    """At most `limit` bytes of a file. Raises OSError, as NotAFile where `path` is none.

    Looks before opening: a pipe would wait for its writer.
    """
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        raise NotAFile("read.is_link", "it is a link")
    if not stat.S_ISREG(mode):
        raise NotAFile("read.not_a_file", "it is not a file")
    with open(os.open(path, _FLAGS), "rb") as stream:
        return stream.read(limit)
