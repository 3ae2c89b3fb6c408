"""Make the evidence files of the worked example again.

    python scripts/make_example.py [--only CLAIM] [ROOT]

Writes the evidence folders of claims/ and examples/broken/ below ROOT (default: this checkout), and nothing else. Two
runs with the same packages give identical bytes; another version of a package may not. Then lock the claims that have
a SHA256SUMS anew, with `poe-pack evidence lock --accept-changes`, and write its digest into the submission of
azure-seminar-goteborg.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from example.pieces import pieces

CHECKOUT = Path(__file__).resolve().parent.parent
# What the claims of examples/broken share with those of claims/: claim there, claim here, files.
COPIES = {
    "breakfast-seminar": ("security-breakfast-seminar", "agenda.pdf invitation.pdf invoice-7-2614.pdf"),
    "copilot-mailing": ("copilot-mailing-stockholm", "delivery-report.pdf invoice-2026-1184.pdf letter.pdf"),
    "display-ads": ("hosting-display-ads", "display-ad.png invoice-NTM-88213.pdf"),
    "hosting-webinar": ("azure-seminar-stockholm", "agenda.pdf invitation.pdf session.jpg"),
    "newsletter-october": ("hosting-newsletter-october", "csr-newsletter.pdf invoice-30557.pdf newsletter.pdf"),
    "search-ads": ("azure-search-ads", "invoice-BFM-2611-047.pdf search-ad.png"),
    "seminar-goteborg": ("azure-seminar-goteborg", "agenda.pdf invitation.pdf invoice-10482.pdf"),
    "seminar-stockholm": ("azure-seminar-stockholm", "agenda.pdf invitation.pdf invoice-10482.pdf session.jpg"),
    "seminar-stockholm-copy": ("azure-seminar-stockholm", "invoice-26-0931.pdf"),
    "social-ads": ("backup-social-ads", "invoice-20419.pdf social-ad.png"),
}
EMPTY = ("seminar-goteborg", "room.jpg")  # a planted fault


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
        copy_to_broken(chosen.root)


def copy_to_broken(root: Path) -> None:
    """Give the example with planted faults its evidence."""
    broken = root / "examples" / "broken"
    for claim, (original, names) in COPIES.items():
        for name in names.split():
            content = (root / "claims" / original / "evidence" / name).read_bytes()
            write(broken / claim / "evidence" / name, content)
    claim, name = EMPTY
    write(broken / claim / "evidence" / name, b"")


def write(path: Path, content: bytes) -> None:
    """Write whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    os.replace(new, path)


if __name__ == "__main__":
    main()
