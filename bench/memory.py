"""The memory of a process together with all that it started, looked at again and again while it runs (Linux)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_PROC = Path("/proc")
_EVERY = 0.02  # seconds


class TreeWatch:
    """Samples the resident memory of a process tree; `megabytes` is the largest sum seen at one moment.

    Memory that processes share counts in each of them, so that the sum is rather too large than too small. None where
    the system has no /proc to look into.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._ended = threading.Event()
        self._pages = 0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def megabytes(self) -> float | None:
        """The peak so far in MB."""
        return self._pages * os.sysconf("SC_PAGE_SIZE") / 2**20 if self._pages else None

    def __enter__(self) -> TreeWatch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self._pages = max(self._pages, sum(_resident(pid) for pid in _tree(self._pid)))
            self._ended.wait(_EVERY)


def _tree(pid: int) -> Iterator[int]:
    """A process and its descendants; those that end meanwhile are left out."""
    yield pid
    try:
        threads = os.listdir(_PROC / str(pid) / "task")
    except OSError:
        return
    for thread in threads:
        try:
            children = (_PROC / str(pid) / "task" / thread / "children").read_text()
        except OSError:
            continue
        for child in children.split():
            yield from _tree(int(child))


def _resident(pid: int) -> int:
    """Resident pages of one process."""
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
