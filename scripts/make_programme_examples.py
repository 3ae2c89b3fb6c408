"""Make the evidence files of the examples of other programmes again.

    python scripts/make_programme_examples.py [ROOT]

Writes the evidence folders of examples/huawei-cloud-mdf/ and examples/food-export-branded/ below ROOT (default: this
checkout), and nothing else. Two runs with the same packages give identical bytes; another version may not.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from example.programmes import pieces
from make_example import CHECKOUT, write


def main() -> None:
    options = argparse.ArgumentParser(description="Make the evidence files of the examples of other programmes again.")
    options.add_argument("root", nargs="?", type=Path, default=CHECKOUT, metavar="ROOT")
    examples = options.parse_args().root / "examples"
    for example, claim, name, make in pieces(examples):
        content = make()
        write(examples / example / claim / "evidence" / name, content)
        print(f"{len(content):>8}  {example}/{claim}/evidence/{name}")


if __name__ == "__main__":
    main()
