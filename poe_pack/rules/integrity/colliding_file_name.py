"""Files have names that stay apart and can be written on every system.

## What it checks
No two files that a claim names and that are there differ in letter case or accents' encoding only. No name holds one
of `<>:"|?*`, ends in a full stop or a blank, or is reserved on Windows, such as `con.pdf` or `aux`.

## Why
On another computer one of two such files takes the other's place, and the portal or a colleague's disk refuses such
names: evidence is lost without a word.

## Example
`evidence/Room.jpg` and `evidence/room.jpg`.

## How to fix
Rename the file, in the folder and in the claim.

## Source
R113: inferred from general practice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from poe_pack.evidence.facts import FileState
from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit, Place

CODE = "POE916"
NAME = "colliding-file-name"
SEVERITY = Severity.WARNING
READS = (
    "/third_party_invoices",
    "/certification_service_reports",
    "/proof_documents",
    "/pre_approval",
    "/approval",
)

_REFUSED = frozenset('<>:"|?*')
_PORTS = {f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789"}
_RESERVED = frozenset({"con", "prn", "aux", "nul"} | _PORTS)


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    first: dict[str, tuple[str, str]] = {}
    for path, file in claim.files():
        facts = ctx.files.get(file)
        if facts is None or facts.state is not FileState.PRESENT:
            continue
        other, place = first.setdefault(_folded(file), (file, path))
        if other != file:
            yield Hit(path, {"file": file, "other": other}, related=(Place(claim.file, place),))
        elif place == path and any(map(_is_refused, file.split("/"))):
            yield Hit(path, {"file": file}, "refused")


def _folded(file: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold())


def _is_refused(part: str) -> bool:
    """Whether Windows takes no file or folder of that name."""
    stem = part.partition(".")[0].rstrip(" ").casefold()
    return not _REFUSED.isdisjoint(part) or part.endswith((".", " ")) or stem in _RESERVED
