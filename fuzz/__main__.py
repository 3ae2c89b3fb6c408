"""`python -m fuzz`: the corpus first, then inputs made anew; exit status 1 where a property does not hold."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from fuzz.broken import Broken
from fuzz.keeping import corpus, keep
from fuzz.running import Examiner, Failure, Run, Tally


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments ask for; returns the exit status."""
    asked = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _end)  # so that processes and files go, too
    started = time.monotonic()
    failures = replay()
    for failure in failures:
        _tell(failure, "in the corpus")
    print(f"corpus: {sum(1 for _ in corpus())} inputs, {len(failures)} broken", flush=True)
    if not failures:
        run = Run(str(asked.seed), asked.inputs, asked.seconds, asked.jobs, asked.failures)
        told = started
        for tally in run.go():
            for failure in tally.failures[len(failures) :]:
                failures.append(failure)
                _tell(failure, f"kept in {keep(failure.input, failure.name)}")
            if time.monotonic() - told >= 30:
                told = time.monotonic()
                print(_line(tally, told - started), flush=True)
        print(_line(run.tally, time.monotonic() - started), flush=True)
    return 1 if failures else 0


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(143)


def replay() -> list[Failure]:
    """Check every input of the corpus, each in all formats and against all readers."""
    failures: list[Failure] = []
    with tempfile.TemporaryDirectory(prefix="poe-fuzz-") as folder:
        examiner = Examiner(Path(folder))
        for name, value in corpus():
            try:
                examiner.check(value, thorough=True)
            except Broken as broken:
                failures.append(Failure(broken.name, f"{name}: {broken.detail}", value))
    return failures


def _line(tally: Tally, seconds: float) -> str:
    count = tally.documents + tally.repositories
    return (
        f"{count:,} inputs ({tally.repositories:,} repositories) in {seconds:,.0f} s, {count / seconds:,.0f} a second "
        f"({count / max(tally.seconds, 0.01):,.0f} a second of one processor); "
        f"{len(tally.outcomes):,} sets of findings, {len(tally.codes)} messages; {len(tally.failures)} broken"
        + (f", {tally.slow} slow once" if tally.slow else "")
    )


def _tell(failure: Failure, where: str) -> None:
    print(f"broken: {failure.name}\n  {failure.detail}\n  {str(failure.input)[:500]}\n  {where}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="how many (%(default)s)")
    parser.add_argument("--seconds", type=float, help="start no more inputs after so many seconds")
    parser.add_argument("--seed", default="0", help="same seed, same inputs (%(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (%(default)s)")
    parser.add_argument("--failures", type=int, default=1, help="end after so many different ones (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
