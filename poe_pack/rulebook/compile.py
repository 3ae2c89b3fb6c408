"""Build step: the shipped rulebooks from YAML, which people write, to JSON, which loads thirty times faster.

`python -m poe_pack.rulebook.compile` writes; with `--check` it only says whether something is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from poe_pack.rulebook.check import read_rulebook
from poe_pack.rulebook.load import canonical
from poe_pack.rulebook.shipped import DATA


def sources() -> Iterator[tuple[str, Path]]:
    """Ids of the rulebooks that people write here, each a file or a folder of files."""
    for source in sorted(DATA.iterdir()):
        if source.is_dir() and any(source.glob("*.yaml")):
            yield source.name, source
        elif source.suffix == ".yaml":
            yield source.stem, source


def stale() -> Iterator[tuple[Path, bytes]]:
    """Compiled files that do not agree with their YAML, with the bytes they should hold."""
    for id, source in sources():
        target, wanted = DATA / f"{id}.json", canonical(read_rulebook(source))
        if not target.exists() or target.read_bytes() != wanted:
            yield target, wanted


def main() -> int:
    """Compile, or check with `--check`; returns the exit status."""
    found = list(stale())
    for target, wanted in found:
        if "--check" in sys.argv[1:]:
            sys.stderr.write(f"{target.name} is stale; run 'make rulebooks'\n")
        else:
            target.write_bytes(wanted)
            sys.stdout.write(f"wrote {target.name}\n")
    return 1 if found and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
