"""Tries mutants, each in a forked process that has everything imported already."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from mutation.checks import MEMORY, Check
from mutation.mutants import Mutant
from mutation.swapping import swap

_MEMORY_LIMIT = 3 << 30
# How much longer than its time of the processor a check may take: others use the machine, too.
_PATIENCE = 20
_SURVIVED, _KILLED = 0, 1
_WHY, _BY = "why.txt", "by.txt"


class Fate(StrEnum):
    """`ended`: it took too long or too much, or its process broke down."""

    SURVIVED = "survived"
    KILLED = "killed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant of a module, who needs that module, and what may kill the mutant, in this order."""

    name: str
    needing: frozenset[str]
    mutant: Mutant
    checks: Sequence[Check]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant; where it was killed, what was said then and the check that did it."""

    trial: Trial
    fate: Fate
    why: str
    by: str


def tried(trials: Iterable[Trial], jobs: int) -> Iterator[Outcome]:
    """What became of each mutant, in the order in which that is known; `jobs` processes at a time."""
    context = multiprocessing.get_context("fork")
    live: dict[int, tuple[BaseProcess, Trial, Path]] = {}
    waiting = iter(trials)
    gc.freeze()  # else each process copies what it only counts
    with tempfile.TemporaryDirectory(prefix="poe-mutants-", dir=MEMORY) as above:
        try:
            while True:
                while len(live) < jobs and (trial := next(waiting, None)) is not None:
                    folder = Path(tempfile.mkdtemp(dir=above))
                    process: BaseProcess = context.Process(target=_try, args=(trial, folder))
                    process.start()
                    live[process.sentinel] = (process, trial, folder)
                if not live:
                    return
                for sentinel in wait(list(live)):
                    assert isinstance(sentinel, int)
                    process, trial, folder = live.pop(sentinel)
                    process.join()
                    why, by = (_said(folder / name) for name in (_WHY, _BY))
                    shutil.rmtree(folder, ignore_errors=True)
                    yield Outcome(trial, _fate(process.exitcode), why, by)
        finally:
            for process, _, _ in live.values():
                process.kill()
                process.join()


def _said(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _fate(status: int | None) -> Fate:
    return {_SURVIVED: Fate.SURVIVED, _KILLED: Fate.KILLED}.get(-1 if status is None else status, Fate.ENDED)


def _try(trial: Trial, folder: Path) -> None:
    """Ends the process: what comes after a swap is nobody else's."""
    _make_harmless(folder)
    gc.disable()
    status, by = _KILLED, ""
    try:
        _limit(trial.checks[0].seconds if trial.checks else 0)
        swap(trial.name, trial.mutant.source, trial.needing)
        registry = sys.modules.get("poe_pack.rules.registry")
        if registry is not None:
            registry.all_rules.cache_clear()
        for number, check in enumerate(trial.checks):
            _limit(check.seconds)
            by = check.id
            own = folder / str(number)
            own.mkdir()
            check.run(own)
            shutil.rmtree(own, ignore_errors=True)
        status = _SURVIVED
    except BaseException:
        (folder / _WHY).write_text(traceback.format_exc(), encoding="utf-8")
        (folder / _BY).write_text(by, encoding="utf-8")
    finally:
        os._exit(status)


def _limit(seconds: float) -> None:
    """End the process after so much time of the processor, or where it waits for nothing."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * _PATIENCE)


def _make_harmless(folder: Path) -> None:
    """What the process prints is nobody's, it has limits, and it keeps its cache to itself."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    least = _MEMORY_LIMIT if most == resource.RLIM_INFINITY else min(_MEMORY_LIMIT, most)
    resource.setrlimit(resource.RLIMIT_DATA, (least, most))
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
