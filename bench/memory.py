"""The memory of a process together with all that it started, looked at again and again while it runs (Linux)."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

_PROC = Path("/proc")
_EVERY = 0.02  # seconds


class TreeWatch:
    """Samples the resident memory of a process tree; `megabytes` is the largest sum seen at one moment, `largest` the
    most that one of its processes had until it was last looked at, which the kernel keeps.

    Memory that processes share (Python and its libraries) counts once. None where the system has no /proc to look
    into.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._ended = threading.Event()
        self._bytes = 0
        self._largest = 0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def megabytes(self) -> float | None:
        """The peak so far in MB."""
        return self._bytes / 2**20 if self._bytes else None

    @property
    def largest(self) -> float | None:
        """The peak so far of one process in MB."""
        return self._largest / 2**20 if self._largest else None

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
            pids = list(_tree(self._pid))
            self._bytes = max(self._bytes, _together(pids))
            self._largest = max(self._largest, *map(_most, pids))
            self._ended.wait(_EVERY)


class ProcessWatch:
    """Samples the resident memory of each process of a tree, with its time, until it is left (Linux).

    `seconds` is how long the tree ran, which its user says.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._ended = threading.Event()
        self._samples: list[tuple[float, str, int]] = []
        self._words: dict[int, str] = {}
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.seconds = 0.0

    def quarters(self, words: tuple[str, ...]) -> list[float]:
        """The most MB of a single process in each quarter of the time, of those whose words hold one of `words`.

        The child that opens evidence is none of them. Zeros where the system has no /proc to look into.
        """
        most = [0.0] * 4
        begun = self._samples[0][0] if self._samples else 0.0
        length = (self._samples[-1][0] - begun if self._samples else 0.0) or 1.0
        for moment, command, pages in self._samples:
            if "evidence.child" not in command and any(word in command for word in words):
                quarter = min(3, int(4 * (moment - begun) / length))
                most[quarter] = max(most[quarter], pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
        return most

    def __enter__(self) -> ProcessWatch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.is_set():
            now = time.monotonic()
            self._samples += [(now, self._command(pid), _resident(pid)) for pid in _tree(self._pid)]
            self._ended.wait(_EVERY)

    def _command(self, pid: int) -> str:
        """The words of a process; what it was before it became another program counts for it as well."""
        words = self._words.get(pid, "")
        if "evidence.child" not in words:
            with contextlib.suppress(OSError):
                words = (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            self._words[pid] = words
        return words


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


def _most(pid: int) -> int:
    """The most resident bytes that one process ever had."""
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def _together(processes: Iterable[int]) -> int:
    """Resident bytes of processes: what each has for itself, and once the most that one of them shares."""
    own, shared = 0, 0
    for pid in processes:
        try:
            lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
        except OSError:
            continue
        sizes = {name: 1024 * int(size.split()[0]) for name, size in (line.split(":") for line in lines)}
        private = sizes["Private_Clean"] + sizes["Private_Dirty"]
        own += private
        shared = max(shared, sizes["Rss"] - private)
    return own + shared


def _resident(pid: int) -> int:
    """Resident pages of one process."""
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
