"""The same repository again: nothing changed, and one claim changed, against a run that finds no cache."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import ours
from bench.corpus import write_corpus
from bench.rows import Goal, figures, heading, ratio
from bench.timing import Command, measure

_COLD, _SAME, _ONE, _OFF = "cold: no cache yet", "again, nothing changed", "again, one claim changed", "with --no-cache"
_RATIOS = {_SAME: Goal(0.10)}
_MEMORY = Goal(150, below=True, unit="MB")


def rerun(count: int, runs: int) -> Iterator[str]:
    """Rows for a repository of `count` claims: each sort of run, its ratio to the cold one, and its peak memory."""
    with tempfile.TemporaryDirectory(prefix="poe-bench-") as folder:
        root, cache = Path(folder) / "claims", Path(folder) / "kept"
        files = write_corpus(root, count)
        # The round that warms up fills the cache; each later round meets it as the round before left it.
        commands = {
            _COLD: ours.cold(Path(folder) / "fresh"),
            _SAME: ours.again(cache),
            _ONE: Command(ours.again(cache).words, ours.again(cache).environment, _changing(files[count // 2])),
        }
        timings = measure(commands | {_OFF: ours.uncached(cache)}, runs, cwd=root)
    yield heading(f"poe-pack validate, {count:,} claims (median of {runs})")
    for name, timing in timings.items():
        row = figures(name, timing)
        if name != _COLD:
            row += ratio("to cold", timing.seconds / timings[_COLD].seconds, _RATIOS.get(name))
        yield f"{row}   {_MEMORY.judge(timing.peak)}"


def _changing(file: Path) -> Callable[[], None]:
    """Gives the claim a name that it never had."""
    text, numbers = file.read_text(encoding="utf-8"), itertools.count(1)

    def change() -> None:
        file.write_text(text.replace("seminar number", f"seminar, {next(numbers)}. revision, number"), encoding="utf-8")

    return change
