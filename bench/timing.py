"""Whole commands timed from outside, several runs in turn; the median is what counts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Timing:
    """Median seconds of wall time and the largest resident memory in MB (of the command's largest process)."""

    seconds: float
    megabytes: float


def program(name: str) -> str:
    """Path of a console script beside this Python."""
    return str(Path(sys.executable).with_name(name))


def measure(commands: Mapping[str, Sequence[str]], runs: int, cwd: Path | None = None) -> dict[str, Timing]:
    """Run the commands in turn, once to warm up and then `runs` times.

    Raises RuntimeError when a command fails in an unexpected way: a figure of a failed run means nothing.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, float] = dict.fromkeys(commands, 0.0)
    for turn in range(runs + 1):
        for name, command in commands.items():
            wall, peak = _once(command, cwd)
            memory[name] = max(memory[name], peak)
            if turn:
                seconds[name].append(wall)
    return {name: Timing(statistics.median(seconds[name]), memory[name]) for name in commands}


def _once(command: Sequence[str], cwd: Path | None) -> tuple[float, float]:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {errors.decode(errors='replace')[-500:]}")
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return wall, usage.ru_maxrss / unit
