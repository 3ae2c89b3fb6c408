"""Make the evidence files of the worked example again.

    python scripts/make_example.py [--only CLAIM] [ROOT]

Writes claims/*/evidence below ROOT (default: this checkout), and nothing else; the copies that examples/broken needs
are made from them. Two runs with the same packages give identical bytes; another version of a package may not.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from example.pieces import pieces

CHECKOUT = Path(__file__).resolve().parent.parent
# Evidence that the broken example shares with the sound one: file there, file here.
COPIES: dict[str, str] = {}


def main() -> None:
    options = argparse.ArgumentParser(description="Make the evidence files of the worked example again.")
    options.add_argument("--only", metavar="CLAIM", help="this claim's files alone")
    options.add_argument("root", nargs="?", type=Path, default=CHECKOUT, metavar="ROOT")
    chosen = options.parse_args()
    total = 0
    for claim, name, make in pieces(chosen.root / "claims"):
        if chosen.only in (None, claim):
            content = make()
            total += len(content)
            write(chosen.root / "claims" / claim / "evidence" / name, content)
            print(f"{len(content):>8}  {claim}/evidence/{name}")
    print(f"{total:>8}  in all")
    if chosen.only is None:
        for copy, original in COPIES.items():
            write(chosen.root / copy, (chosen.root / original).read_bytes())


def write(path: Path, content: bytes) -> None:
    """Write whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    os.replace(new, path)


if __name__ == "__main__":
    main()
