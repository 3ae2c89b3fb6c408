"""`python -m bench`: prints ratios from one run. Parts of it by name: `python -m bench cold claims`.

Time is wall time. `largest` is the peak memory of a command's largest process, `together` that of all its processes at
one moment. Goals for memory are held against `together`.
"""

from __future__ import annotations

import compileall
import os
import platform
import sys
from collections.abc import Callable, Iterator

import poe_pack
from bench.claims import many_claims, one_claim
from bench.reruns import rerun


def _packet() -> Iterator[str]:
    # Imported last: what this process holds in memory is counted to the children that it starts.
    from bench.packets import packet_against_chromium, packet_against_weasyprint

    yield from packet_against_weasyprint(runs=5)
    yield from packet_against_chromium(runs=5)


def _packets(count: int, runs: int) -> Iterator[str]:
    from bench.many_packets import many_packets

    yield from many_packets(count, runs)


_PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "cold": lambda: one_claim(runs=15),
    "claims": lambda: many_claims(1_000, runs=5),
    "reruns": lambda: rerun(10_000, runs=3),
    "many": lambda: many_claims(10_000, runs=1),
    "packet": _packet,
    "packets": lambda: _packets(100, runs=2),
}


def main(names: list[str]) -> int:
    """Run the parts named, or all; returns the exit status."""
    unknown = [name for name in names if name not in _PARTS]
    if unknown:
        sys.stderr.write(f"there is no part {unknown[0]!r}; there are: {', '.join(_PARTS)}\n")
        return 2
    # As an installer does with a package: where Python may not keep what it compiled, each run would compile all again.
    compileall.compile_dir(os.path.dirname(poe_pack.__file__), quiet=1)
    sys.stdout.write(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()}\n")
    for name in names or _PARTS:
        for row in _PARTS[name]():
            sys.stdout.write(row + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
