"""Whole commands timed from outside, several runs in turn; the median is what counts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.memory import TreeWatch


def _nothing() -> None:
    """No preparation."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, what it finds in its environment besides ours, and what is done before each run, outside the time."""

    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = _nothing


@dataclass(frozen=True, slots=True)
class Timing:
    """Median seconds of wall time and the most resident memory in MB over all runs.

    `largest` is that of the command's largest single process, `together` that of all its processes at one moment
    (sampled; None where it cannot be seen).
    """

    seconds: float
    largest: float
    together: float | None

    @property
    def peak(self) -> float:
        """The figure that a goal is held against: all processes where that is known."""
        return self.largest if self.together is None else self.together


def program(name: str) -> str:
    """Path of a console script beside this Python."""
    return str(Path(sys.executable).with_name(name))


def measure(
    commands: Mapping[str, Command], runs: int, cwd: Path | None = None, *, warm_up: bool = True
) -> dict[str, Timing]:
    """Run the commands in turn, once to warm up (unless told otherwise) and then `runs` times.

    Raises RuntimeError when a command fails in an unexpected way: a figure of a failed run means nothing.
    """
    taken: dict[str, list[Timing]] = {name: [] for name in commands}
    for turn in range(runs + warm_up):
        for name, command in commands.items():
            one = _once(command, cwd)
            if turn >= warm_up:
                taken[name].append(one)
    return {name: _summary(timings) for name, timings in taken.items()}


def _summary(timings: Sequence[Timing]) -> Timing:
    seen = [timing.together for timing in timings if timing.together is not None]
    return Timing(
        statistics.median(timing.seconds for timing in timings),
        max(timing.largest for timing in timings),
        max(seen, default=None),
    )


def _once(command: Command, cwd: Path | None) -> Timing:
    command.prepare()
    environment = {**os.environ, **command.environment}
    # What is installed has its bytecode. Where this is set, a checkout would be compiled anew in each run, peers not.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        command.words, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    with process.stderr, TreeWatch(process.pid) as watch:
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        words = errors.decode(errors="replace")[-500:]
        raise RuntimeError(f"{command.words[0]} ended with {process.returncode}: {words}")
    # What the kernel says at the end counts our own memory in, which a child has until it becomes another program.
    largest = watch.largest or usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    # Between two samples a peak can pass unseen; one process alone cannot have had more than all together.
    together = None if watch.megabytes is None else max(watch.megabytes, largest)
    return Timing(wall, largest, together)
