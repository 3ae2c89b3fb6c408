"""Who we are compared with on a whole repository: tools that check the schema or the YAML alone."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench import node
from bench.corpus import write_corpus
from bench.rows import Goal
from bench.timing import program

_SCHEMA = Path(__file__).resolve().parents[1] / "schemas" / "claim.schema.json"
_YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: disable, braces: disable}}"
_PATTERN = "*/claim.yaml"

# What is written instead, so that a claim has a fault of each sort: a pattern, a format, a condition, a key.
_FAULTS = {
    "currency: USD": "currency: usd",
    'at: "2026-09-29T07:45:00Z"': 'at: "2026-09-29T27:45:00Z"',
    'location: "6071245"\n': "",
    "status: editing\nhistory": "state: editing\nhistory",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: the words that check the files given (run in the repository's folder), and the goal for our ratio."""

    name: str
    words: Callable[[Sequence[str]], list[str]]
    goal: Goal | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """A tool that cannot be run here, and why."""

    name: str
    reason: str


@cache
def peers() -> tuple[Peer | Absent, ...]:
    """All peers. Raises RuntimeError if one that should check the schema does not: it would be compared for nothing."""
    found = (*_node_peers(), _check_jsonschema())
    for peer in found:
        if isinstance(peer, Peer):
            _prove(peer)
    return (*found, Peer("yamllint, YAML only", lambda files: [program("yamllint"), "-d", _YAMLLINT, *files]))


def _check_jsonschema() -> Peer:
    words = [program("check-jsonschema"), "--schemafile", str(_SCHEMA)]
    return Peer("check-jsonschema, schema only", lambda files: [*words, *files], Goal(0.10))


def _node_peers() -> Iterator[Peer | Absent]:
    names = ("ajv-cli, schema only", "node, schema compiled ahead by ajv-cli")
    try:
        node.install()
    except node.NoNode as problem:
        yield from (Absent(name, str(problem)) for name in names)
        return
    script = node.compiled(_SCHEMA)
    # It finds the files itself.
    yield Peer(names[0], lambda _: node.ajv(_SCHEMA, _PATTERN), Goal(1, below=True))
    yield Peer(names[1], lambda files: [*script, *files])


def _prove(peer: Peer) -> None:
    """See it take a sound claim and refuse every broken one."""
    with tempfile.TemporaryDirectory(prefix="poe-bench-") as folder:
        root = Path(folder) / "claims"
        (claim,) = write_corpus(root, 1)
        sound = claim.read_text(encoding="utf-8")
        words = peer.words([str(claim.relative_to(root))])
        for old, new in {"": "", **_FAULTS}.items():
            broken = sound.replace(old, new, 1)
            if old and broken == sound:
                raise RuntimeError(f"the generated claim has no {old!r} to break")
            claim.write_text(broken, encoding="utf-8")
            ran = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
            if (ran.returncode == 0) != (broken == sound):
                said = (ran.stdout + ran.stderr)[-500:]
                raise RuntimeError(f"{peer.name}: exit status {ran.returncode} with {new!r} for {old!r}: {said}")
