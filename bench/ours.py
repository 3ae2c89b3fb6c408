"""The commands of poe-pack that are measured, each with a cache of the benchmark's own."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from bench.timing import Command, program

_WORDS = (program("poe-pack"), "validate", ".", "--as-of", "2026-11-21")


def cold(folder: Path) -> Command:
    """With a cache folder that does not exist yet: what somebody meets who runs it for the first time."""
    return Command(_WORDS, _cache_in(folder), partial(shutil.rmtree, folder, ignore_errors=True))


def again(folder: Path) -> Command:
    """With the cache that earlier runs left in this folder."""
    return Command(_WORDS, _cache_in(folder))


def uncached(folder: Path) -> Command:
    """With `--no-cache`: reads everything and keeps nothing, as the peers do."""
    return Command((*_WORDS, "--no-cache"), _cache_in(folder))


def _cache_in(folder: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(folder)}
