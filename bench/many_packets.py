"""A hundred packets with one worker and with two: how much faster two are, and what a worker needs over time."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.memory import ProcessWatch
from bench.packets import write_long_claims
from bench.rows import Goal, ratio
from bench.timing import program

_AS_OF = "2026-11-21"
_FASTER = Goal(1 / 1.6)
_MEMORY = Goal(300, below=True, unit="MB")
_WORKER = ("poe_pack", "poe-pack", "multiprocessing")  # in the words of a process that makes packets


def many_packets(count: int, runs: int) -> Iterator[str]:
    """Rows for `count` claims: seconds with one and two workers in turn, their ratio, and the memory of a worker."""
    with tempfile.TemporaryDirectory(prefix="poe-bench-") as scratch:
        root = Path(scratch) / "claims"
        write_long_claims(root, count)
        seconds: dict[int, list[float]] = {1: [], 2: []}
        memory: dict[int, list[float]] = {1: [0.0] * 4, 2: [0.0] * 4}
        for _ in range(runs):
            for jobs, times in seconds.items():
                watch = _run(root, Path(scratch) / "out", jobs)
                times.append(watch.seconds)
                memory[jobs] = [max(pair) for pair in zip(memory[jobs], watch.quarters(_WORKER), strict=True)]
    one, two = (statistics.median(times) for times in seconds.values())
    yield f"{count} packets (median of {runs})" if runs > 1 else f"{count} packets (one run)"
    yield f"  one worker   {one:7.1f} s   {_over_time(memory[1])}"
    yield f"  two workers  {two:7.1f} s   {_over_time(memory[2])}{ratio('two / one', two / one, _FASTER)}"


def _over_time(quarters: Sequence[float]) -> str:
    """The most that one worker held in each quarter of the run."""
    if not any(quarters):
        return "memory cannot be seen on this system"
    told = ", ".join(f"{megabytes:.0f}" for megabytes in quarters)
    return f"largest worker by quarters {told} MB   {_MEMORY.judge(max(quarters))}"


def _run(root: Path, out: Path, jobs: int) -> ProcessWatch:
    words = [program("poe-pack"), "packet", str(root), "-o", str(out), "--as-of", _AS_OF]
    words += ["--draft", "--force", "--jobs", str(jobs)]
    start = time.perf_counter()
    pid = os.posix_spawn(
        words[0],
        words,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    with ProcessWatch(pid) as watch:
        _, status = os.waitpid(pid, 0)
    watch.seconds = time.perf_counter() - start
    if status != 0:
        sys.stderr.write(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}\n")
        raise RuntimeError("a figure of a failed run means nothing")
    return watch
