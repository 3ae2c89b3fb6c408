"""Runs inputs in processes of their own, so that one which ends its process ends no run."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from zlib import crc32

from fuzz import seeds
from fuzz.broken import HANG, Broken, watched
from fuzz.document import check_document
from fuzz.keeping import Input, from_text, shrink, to_text
from fuzz.mutation import LONGEST, Mutator
from fuzz.repository import Place, changes, check_repository

# A process is started for each, and inputs grow from what others of it gave.
CHUNK = 5_000

SECONDS = 2.0
"""What a document may take of the processor; a repository, which is read several times, ten times as much."""

# Each input is written to a file: on a busy disk that takes longer than all else.
_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None

NOTE = "input.json"
"""Where in its folder a process says what it is looking at."""

_REPOSITORIES = 0.02
_POOL = 400
_SHRINK_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Failure:
    """An input, as small as it could be made, and what it breaks."""

    name: str
    detail: str
    input: Input


@dataclass(slots=True)
class Tally:
    """What came of some inputs, and the seconds of the processor that they took.

    `slow` counts inputs that took too long at first; `outcomes` are the different sets of findings.
    """

    documents: int = 0
    repositories: int = 0
    seconds: float = 0.0
    slow: int = 0
    outcomes: set[int] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another one's, too; of failures that break the same the first stays."""
        self.documents += other.documents
        self.repositories += other.repositories
        self.seconds += other.seconds
        self.slow += other.slow
        self.outcomes |= other.outcomes
        self.codes |= other.codes
        known = {failure.name for failure in self.failures}
        self.failures += [failure for failure in other.failures if failure.name not in known]


class Examiner:
    """Checks inputs in a folder of its own, and notes each there before it is looked at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._place = Place(folder)
        self._note = folder / NOTE

    def check(self, value: Input, *, thorough: bool = False) -> frozenset[str]:
        """What came of an input. Raises Broken."""
        self._note.write_text(to_text(value), encoding="utf-8")
        if isinstance(value, bytes):
            with watched(SECONDS):
                return check_document(value, self._folder, thorough=thorough)
        with watched(SECONDS * 10):
            return check_repository(value, self._place, thorough=thorough)

    def check_patiently(self, value: Input, tally: Tally) -> frozenset[str]:
        """The same, but time is over only when it is over twice: the machine may have stood still."""
        try:
            return self.check(value)
        except Broken as broken:
            if broken.name != HANG:
                raise
            tally.slow += 1
            return self.check(value)

    def smaller(self, value: Input, name: str) -> Failure:
        """The least input found that breaks the same property as this one."""

        def breaks(candidate: Input) -> bool:
            try:
                self.check(candidate)
                self.check(candidate, thorough=True)
            except Broken as broken:
                return broken.name == name
            return False

        least = shrink(value, breaks, _SHRINK_SECONDS)
        try:
            self.check(least)
            self.check(least, thorough=True)
        except Broken as broken:
            return Failure(broken.name, broken.detail, least)
        return Failure(name, "not every time", value)


def run_chunk(seed: str, count: int, folder: Path) -> Tally:
    """Make so many inputs and check them in a folder; the same ones for the same seed."""
    chance = Random(seed)
    mutator = Mutator(chance)
    tally = Tally()
    started = time.process_time()
    examiner = Examiner(folder)
    for _ in range(count):
        whole = chance.random() < _REPOSITORIES
        value: Input = changes(chance, mutator) if whole else mutator.document()
        try:
            outcome = examiner.check_patiently(value, tally)
        except Broken as broken:
            if broken.name not in {failure.name for failure in tally.failures}:
                tally.add(Tally(failures=[examiner.smaller(value, broken.name)]))
            continue
        finally:
            tally.repositories += whole
            tally.documents += not whole
        _learn(mutator, tally, value, outcome)
    tally.seconds = time.process_time() - started
    return tally


def _learn(mutator: Mutator, tally: Tally, value: Input, outcome: frozenset[str]) -> None:
    """A document with findings that none of the chunk had together is one to go on from."""
    key = crc32("\n".join(sorted(outcome)).encode())
    if key not in tally.outcomes:
        tally.outcomes.add(key)
        tally.codes |= {word for word in outcome if word.startswith("POE")}
        if isinstance(value, bytes) and len(value) < LONGEST // 4 and len(mutator.pool) < _POOL:
            mutator.pool.append(value)


class Run:
    """Chunks of inputs in several processes, until all are done, the time is over or enough was found."""

    def __init__(self, seed: str, inputs: int, seconds: float | None, jobs: int, failures: int) -> None:
        self._seed = seed
        self._left = inputs
        self._until = None if seconds is None else time.monotonic() + seconds
        self._jobs = jobs
        self._enough = failures
        self._number = 0
        self._context = multiprocessing.get_context()
        self._live: dict[Connection, tuple[BaseProcess, Path]] = {}
        self.tally = Tally()

    def go(self) -> Iterator[Tally]:
        """Yields what has come of all inputs, after each chunk."""
        seeds.load()  # where processes are forked they have them already
        with tempfile.TemporaryDirectory(prefix="poe-fuzz-", dir=_MEMORY) as folder:
            try:
                while self._start(Path(folder)) or self._live:
                    for connection in wait(list(self._live), timeout=1.0):
                        assert isinstance(connection, Connection)
                        self.tally.add(self._take(connection))
                        yield self.tally
            finally:
                for process, _ in self._live.values():
                    process.terminate()
                    process.join()

    def _start(self, above: Path) -> bool:
        """Start what may be started; whether there is more to do."""
        late = self._until is not None and time.monotonic() >= self._until
        if late or len(self.tally.failures) >= self._enough:
            self._left = 0
        while self._left and len(self._live) < self._jobs:
            count = min(CHUNK, self._left)
            folder = above / str(self._number)
            folder.mkdir()
            receiver, sender = self._context.Pipe(duplex=False)
            process = self._context.Process(target=_work, args=(sender, f"{self._seed}/{self._number}", count, folder))
            process.start()
            sender.close()
            self._live[receiver] = (process, folder)
            self._left -= count
            self._number += 1
        return bool(self._left)

    def _take(self, connection: Connection) -> Tally:
        process, folder = self._live.pop(connection)
        try:
            tally: Tally | str = connection.recv()
        except EOFError:
            process.join()
            note = folder / NOTE
            value = from_text(note.read_text(encoding="utf-8")) if note.exists() else b""
            tally = Tally(failures=[Failure(f"the process goes on (exit code {process.exitcode})", "", value)])
        process.join()
        connection.close()
        shutil.rmtree(folder)
        if isinstance(tally, str):
            raise RuntimeError(f"the target itself has a fault\n{tally}")
        return tally


def _work(sender: Connection, seed: str, count: int, folder: Path) -> None:
    try:
        sender.send(run_chunk(seed, count, folder))
    except Exception:
        sender.send(traceback.format_exc())
    sender.close()
