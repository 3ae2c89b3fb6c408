"""Validation against peers that check schema or YAML alone."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.corpus import write_corpus
from bench.timing import Timing, measure, program

_SCHEMA = Path(__file__).resolve().parents[1] / "schemas" / "claim.schema.json"
_YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: disable, braces: disable}}"
# Peers take their files as arguments; one call holds about this many.
_FILES_PER_CALL = 10_000


def many_claims(count: int, runs: int) -> Iterator[str]:
    """Rows for a repository of `count` claims: each tool's time and memory, and the ratio to ours."""
    with tempfile.TemporaryDirectory(prefix="poe-bench-") as folder:
        root = Path(folder) / "claims"
        files = [str(file.relative_to(root)) for file in write_corpus(root, count)][:_FILES_PER_CALL]
        commands: dict[str, Sequence[str]] = {
            "poe-pack validate, all rules": [program("poe-pack"), "validate", ".", "--as-of", "2026-11-21"],
            "check-jsonschema, schema only": [program("check-jsonschema"), "--schemafile", str(_SCHEMA), *files],
            "yamllint, YAML only": [program("yamllint"), "-d", _YAMLLINT, *files],
        }
        timings = measure(commands, runs, cwd=root)
        yield f"{count:,} claims of 60 lines (median of {runs})"
        yield from _rows(timings, "poe-pack validate, all rules")


def one_claim(runs: int) -> Iterator[str]:
    """Rows for one cold claim against the bare imports of what any such tool needs."""
    with tempfile.TemporaryDirectory(prefix="poe-bench-") as folder:
        root = Path(folder) / "claims"
        write_corpus(root, 1)
        commands: dict[str, Sequence[str]] = {
            "poe-pack validate, one claim": [program("poe-pack"), "validate", ".", "--as-of", "2026-11-21"],
            "python -c 'import yaml, click, jsonschema'": [sys.executable, "-c", "import yaml, click, jsonschema"],
        }
        timings = measure(commands, runs, cwd=root)
        yield f"one claim, cold process (median of {runs})"
        yield from _rows(timings, "poe-pack validate, one claim")


def _rows(timings: dict[str, Timing], ours: str) -> Iterator[str]:
    base = timings[ours].seconds
    for name, timing in timings.items():
        ratio = "" if name == ours else f"   ours / theirs {base / timing.seconds:.2f}"
        yield f"  {name:<44} {timing.seconds:7.2f} s  {timing.megabytes:6.0f} MB{ratio}"
