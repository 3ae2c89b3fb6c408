"""The last verdict on a repository, as long as nothing of what it was said of has changed.

A verdict is kept with the state of everything that was looked at: folders, documents and evidence by size, times and
inode, as git tells changed files. Something that changed while the run was looking is newer than its start: then
nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import time
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from poe_pack.documents.repository import Layout
from poe_pack.validation.codec import from_json, to_json
from poe_pack.validation.options import Options, today_in
from poe_pack.validation.storage import COARSE_TICK_NS, TICK_NS, folder_for, read_entry, tool_stamp, write_entry
from poe_pack.validation.verdict import Verdict

if TYPE_CHECKING:
    from poe_pack.model import Claim  # the nouns take as long to import as all else here


class Recalled(Struct, frozen=True):
    """A verdict that still holds, with the layout of the repository that it was said of."""

    layout: Layout
    verdict: Verdict


class Memory:
    """What is kept of runs of one kind over one repository."""

    def __init__(self, folder: Path, root: Path, base: Path, options: Options) -> None:
        self._folder = folder
        self._root, self._base = root, base
        self._as_of = options.as_of
        self._started = time.time_ns()
        what = [tool_stamp(), str(root), str(base), options.for_submission, options.select, options.ignore]
        self._name = hashlib.sha256(json.dumps(what).encode("utf-8", "surrogateescape")).hexdigest()

    def recall(self) -> Recalled | None:
        """The verdict of the last run, if one like it would say the same today."""
        kept = read_entry(self._folder, self._name)
        if kept is None:
            return None
        try:
            entry: dict[str, Any] = json.loads(zlib.decompress(kept))
            day = self._as_of or today_in(entry["timezone"])
            if entry["as_of"] != day.isoformat() or entry["state"] != _state(self._base, entry["places"])[0]:
                return None
            layout = Layout(self._root, self._base, *(tuple(entry[part]) for part in ("files", "watched", "sums")))
            return Recalled(layout, from_json(entry["verdict"]))
        except (zlib.error, ValueError, KeyError, TypeError, OSError):
            return None  # written by nobody we know

    def keep(self, layout: Layout, claims: Iterable[Claim], timezone: str, rulebook: str, verdict: Verdict) -> None:
        """Keep a verdict for the next run, unless something changed meanwhile."""
        own_rulebook = os.path.relpath(layout.root / rulebook, layout.base)
        if not (layout.base / ".git").is_dir() and (layout.base / ".git").exists():
            return  # a second work tree: where its history lies is git's matter
        places = sorted(
            {*layout.watched, *layout.files, *layout.sums, own_rulebook, *_evidence(claims), *_git(layout.base)}
        )
        state, newest = _state(layout.base, places)
        if newest >= self._started:
            return
        try:
            verdict_data = to_json(verdict)
        except TypeError:
            return
        entry = {
            "timezone": timezone,
            "as_of": verdict.as_of.isoformat(),
            "places": places,
            "state": state,
            "files": layout.files,
            "watched": layout.watched,
            "sums": layout.sums,
            "verdict": verdict_data,
        }
        write_entry(self._folder, self._name, zlib.compress(json.dumps(entry).encode(), 1))


def memory_for(root: Path, base: Path, options: Options) -> Memory | None:
    """Memory of runs like this; None where the run looks beyond the disk or the user wants none."""
    beyond_the_disk = (options.tracked, options.show, options.baseline, options.policy_from, options.rulebook)
    if not options.remember or options.deep or any(asked is not None for asked in beyond_the_disk):
        return None
    folder = folder_for("runs")
    return None if folder is None else Memory(folder, root, base, options)


def _git(base: Path) -> Iterable[str]:
    """What changes in git's folder when HEAD moves or its history grows longer or shorter."""
    yield from (".git", ".git/HEAD", ".git/packed-refs", ".git/shallow", ".git/logs/HEAD")
    with suppress(OSError, UnicodeDecodeError):
        head = (base / ".git" / "HEAD").read_text(encoding="utf-8")
        if head.startswith("ref: refs/"):
            yield f".git/{head.removeprefix('ref: ').strip()}"


def _evidence(claims: Iterable[Claim]) -> Iterable[str]:
    """Every file that a claim names, and the folders between it and the claim's."""
    for claim in claims:
        for _, file in claim.files():
            place = posixpath.join(claim.folder, file)
            while len(place) > len(claim.folder) and "\0" not in place:
                yield place
                place = posixpath.dirname(place)


def _state(base: Path, places: Sequence[str]) -> tuple[str, int]:
    """Digest of how everything lies there, and when the newest of it changed, in nanoseconds with its clock's tick."""
    digest = hashlib.sha256()
    above, newest, fraction = f"{base}{os.sep}", 0, 0
    lstat = os.lstat
    for place in places:
        try:
            s = lstat(above + place)
        except OSError:
            digest.update(b"-\n")
            continue
        changed, modified = s.st_ctime_ns, s.st_mtime_ns
        newest = max(newest, changed, modified)
        fraction |= changed % 1_000_000_000
        digest.update(b"%d %d %d %d %d\n" % (s.st_mode, s.st_size, modified, changed, s.st_ino))
    return digest.hexdigest(), newest + (TICK_NS if fraction else COARSE_TICK_NS)
