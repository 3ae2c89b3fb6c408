"""Digests of large files, by their state on the disk: a file that did not change is not read again.

A state is size, times, inode and device, as git tells changed files. A file that was written within a tick of its file
system's clock could change again without another time: it is not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from typing import TYPE_CHECKING

from poe_pack.evidence.facts import MediaType
from poe_pack.validation.storage import tick_of

if TYPE_CHECKING:
    from poe_pack.validation.readings import Readings

WORTH_KEEPING = 256 * 1024
"""Bytes of a file from which a look into the cache is quicker than reading it."""

_FILE = "evidence.sqlite3"
_KINDS = frozenset(kind.value for kind in MediaType)


class Digests:
    """What is known of files. Opened when the first large file comes; `keep` writes what is new."""

    def __init__(self) -> None:
        self._store: Readings | None = None
        self._opened = False
        self._new: list[tuple[bytes, str]] = []

    def find(self, status: os.stat_result, path: str) -> tuple[MediaType | None, str] | None:
        """Kind and SHA-256 of a file in this state and of this name; None where they are not known."""
        if status.st_size < WORTH_KEEPING:
            return None
        if not self._opened:
            from poe_pack.validation.readings import readings  # SQLite is worth its import for large files only

            self._store, self._opened = readings(_FILE), True
        if self._store is None:
            return None
        match self._store.find(_key(status, path)):
            case [None, str() as sha256]:
                return None, sha256
            case [str() as kind, str() as sha256] if kind in _KINDS:
                return MediaType(kind), sha256
        return None

    def learn(self, status: os.stat_result, path: str, kind: MediaType | None, sha256: str) -> None:
        """Take note of what was read, unless the file is too young to tell its next state from this one."""
        newest = max(status.st_ctime_ns, status.st_mtime_ns)
        if status.st_size >= WORTH_KEEPING and newest + tick_of(status) < time.time_ns():
            self._new.append((_key(status, path), json.dumps([kind, sha256])))

    def keep(self) -> None:
        """Write what is new, and close."""
        if self._store is not None:
            with self._store as store:
                if self._new:
                    store.keep(self._new)
        self._store, self._opened, self._new = None, False, []


def _key(status: os.stat_result, path: str) -> bytes:
    """The name counts because it decides the kind of what begins like plain text."""
    state = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)
    return hashlib.sha256(f"{state} {path}".encode("utf-8", "surrogateescape")).digest()
