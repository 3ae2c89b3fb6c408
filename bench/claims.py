"""Validation of many claims and of one, against peers and against the bare imports."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import ours
from bench.corpus import write_corpus
from bench.peers import Absent, Peer, peers
from bench.rows import Goal, against, heading, missing
from bench.timing import Command, measure


def many_claims(count: int, runs: int) -> Iterator[str]:
    """Rows for a repository of `count` claims: each tool's time and memory, and the ratio to ours.

    With one run only there is none to warm up: the peers take minutes over many claims.
    """
    name, found = "poe-pack validate --no-cache, all rules", peers()
    with tempfile.TemporaryDirectory(prefix="poe-bench-") as folder:
        root = Path(folder) / "claims"
        files = [str(file.relative_to(root)) for file in write_corpus(root, count)]
        commands = {name: ours.uncached(Path(folder) / "cache")}
        commands |= {peer.name: Command(peer.words(files)) for peer in found if isinstance(peer, Peer)}
        timings = measure(commands, runs, cwd=root, warm_up=runs > 1)
    yield heading(f"{count:,} claims of 60 lines ({f'median of {runs}' if runs > 1 else 'one run'})")
    goals = {peer.name: peer.goal for peer in found if isinstance(peer, Peer) and peer.goal is not None}
    yield from against(timings, name, goals)
    yield from (missing(peer.name, peer.reason) for peer in found if isinstance(peer, Absent))


def one_claim(runs: int) -> Iterator[str]:
    """Rows for one cold claim against the bare imports of what any such tool needs."""
    name, bare = "poe-pack validate, one claim", "python -c 'import yaml, click, jsonschema'"
    with tempfile.TemporaryDirectory(prefix="poe-bench-") as folder:
        root = Path(folder) / "claims"
        write_corpus(root, 1)
        commands = {
            name: ours.cold(Path(folder) / "cache"),
            bare: Command([sys.executable, "-c", "import yaml, click, jsonschema"]),
        }
        timings = measure(commands, runs, cwd=root)
    yield heading(f"one claim, cold process (median of {runs})")
    yield from against(timings, name, {bare: Goal(1.5)})
