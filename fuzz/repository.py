"""What must hold of a whole repository, whatever its documents say."""

from __future__ import annotations

import shutil
import time
import zlib
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace

from fuzz import seeds
from fuzz.broken import Broken
from fuzz.document import Text, unique
from fuzz.mutation import Mutator
from fuzz.shown import AS_OF, check_formats, harmless
from poe_pack.documents.repository import NoRepository
from poe_pack.editing.fixing import mend
from poe_pack.findings import NOWHERE
from poe_pack.formats import formatter
from poe_pack.formats.explain_claim import explain_claim
from poe_pack.report import render_status, status_facts
from poe_pack.validation import loading, storage
from poe_pack.validation.judge import judge
from poe_pack.validation.options import ConfigurationError, Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate
from poe_pack.validation.verdict import Verdict

# Options that must not change a byte of what is shown, each beside the first run; costly ones in fewer turns.
SAME_BYTES: tuple[tuple[str, int, Mapping[str, Any]], ...] = (
    ("again", 8, {}),
    ("with two jobs", 40, {"jobs": 2}),
    # Twice: what the first leaves in the cache, beside what earlier inputs left there, the second finds.
    ("with a cache", 6, {"remember": True}),
    ("from the cache", 6, {"remember": True}),
)
# A verdict is kept only of files that have not changed within a tick of the file system's clock.
_TICK = 0.06

# What a repository may have besides: copies that rules compare, and names that no shell likes.
_MORE = (
    *("copy/claim.yaml", "a b/claim.yaml", "\x1b[31m/claim.yaml", "%0A::error::/claim.yaml", "é\u202e/claim.yaml"),
    *("funds/more.yaml", "plans/more.yaml", "more/partner.yaml", "odd.yml", "\udcff/claim.yaml", "more/poe.yaml"),
)

Changes = Mapping[str, bytes | None]
"""Documents that differ from the seed: path and bytes, None for one that is left out."""


def changes(chance: Random, mutator: Mutator) -> Changes:
    """A repository of which some documents are changed, left out or added."""
    base = seeds.repository()
    out: dict[str, bytes | None] = {}
    for _ in range(chance.choice((1, 1, 2, 3))):
        file = chance.choice(sorted(base))
        target = chance.choice(_MORE) if chance.random() < 0.15 else file
        way = chance.random()
        if way < 0.55:
            out[target] = mutator.written(seeds.repository_data()[file]).encode("utf-8", "replace")
        elif way < 0.85:
            out[target] = mutator.change(base[file].decode())
        elif way < 0.95:
            out[target] = mutator.document()
        else:
            out[file] = None
    return out


class Place:
    """A repository on the disk that inputs are put into and taken out of again."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "repository"
        self.cache = folder / "cache"
        for file, raw in seeds.repository().items():
            self._write(file, raw)
            for name in _evidence(seeds.repository_data()[file]):
                head = b"\x89PNG\r\n\x1a\n" if name.endswith(".png") else b"%PDF-1.7\n"
                self._write(f"{file.rpartition('/')[0]}/{name}", head)

    def put(self, changed: Changes) -> None:
        """Make the repository what an input says."""
        for file, raw in changed.items():
            if raw is None:
                (self.root / file).unlink(missing_ok=True)
            else:
                self._write(file, raw)

    def restore(self, changed: Changes) -> None:
        """Make it the seed again."""
        base = seeds.repository()
        for file in changed:
            if file in base:
                self._write(file, base[file])
            elif file.partition("/")[0] in {known.partition("/")[0] for known in base}:
                (self.root / file).unlink(missing_ok=True)
            elif "/" in file:
                shutil.rmtree(self.root / file.partition("/")[0], ignore_errors=True)
            else:
                (self.root / file).unlink(missing_ok=True)

    def _write(self, file: str, raw: bytes) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def _evidence(node: Any) -> Iterator[str]:
    if isinstance(node, str) and node.startswith("evidence/"):
        yield node
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _evidence(child)


def check_repository(changed: Changes, place: Place, *, thorough: bool = False) -> frozenset[str]:
    """Validate a repository with all rules and show the result; what is returned and raised as of a document."""
    turn = None if thorough else zlib.crc32(repr(sorted(changed.items(), key=lambda pair: pair[0])).encode())
    place.put(changed)
    # Also of few documents, and never in the user's own cache.
    small = patch.object(loading, "_WORTH_KEEPING", 1)
    try:
        with small, patch.object(storage, "cache_folder", lambda: place.cache):
            return _check(place.root, turn)
    finally:
        place.restore(changed)


def _check(root: Path, turn: int | None) -> frozenset[str]:
    options = Options((root,), as_of=AS_OF, for_submission=bool(turn and turn & 1), jobs=1)
    try:
        result = validate(options)
    except (ConfigurationError, NoRepository) as error:
        return frozenset({f"refused: {type(error).__name__} {type(error.__cause__).__name__}"})
    _findings(result)
    check_formats(result, turn)
    for name, every, more in SAME_BYTES:
        if turn is None or turn % every == 0:
            if name == "with a cache":
                time.sleep(_TICK)
            _same_bytes(result, judge(replace(options, **more)), name)
    if turn is None or turn % 4 == 0:
        harmless("explain", "".join(explain_claim(claim, result) for claim in result.claims))
        harmless("status", render_status(status_facts(result, None), color=False, width=100))
        for mended in mend(result.base, result.findings):
            if mended.before == mended.after:
                raise Broken("a fix changes the text", mended.file)
    return frozenset(f"{finding.code} {finding.message} {finding.severity}" for finding in result.findings)


def _findings(result: Result) -> None:
    for findings in (result.findings, result.waived):
        orders = [finding.order for finding in findings]
        if orders != sorted(orders):
            raise Broken("findings in their order", str(orders)[:400])
    unique((*result.findings, *result.waived))
    texts: dict[str, Text] = {}
    for finding in (*result.findings, *result.waived):
        places = [(finding.file, finding.position), *((other.file, other.position) for other in finding.related)]
        places += [(finding.file, edit.position) for edit in finding.fix.edits] if finding.fix is not None else []
        for file, position in places:
            if position == NOWHERE:
                continue
            if file not in texts:
                texts[file] = Text((result.base / file).read_bytes())
            texts[file].check(position, f"{finding.code} {finding.message} in {file}")


def _same_bytes(result: Result, other: Verdict, name: str) -> None:
    for shown in ("json", "text"):
        first, second = formatter(shown)(result), formatter(shown)(other)
        if first != second:
            at = next(n for n, pair in enumerate(zip_longest(first, second)) if pair[0] != pair[1])
            raise Broken(f"the same {shown} {name}", f"{first[at : at + 100]!r} against {second[at : at + 100]!r}")
