"""The commands of poe-pack that are measured, each with a cache of the benchmark's own."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache, partial
from pathlib import Path

from bench.timing import Command, program

_WORDS = (program("poe-pack"), "validate", ".", "--as-of", "2026-11-21")


def cold(folder: Path) -> Command:
    """With a cache folder that does not exist yet: what somebody meets who runs it for the first time."""
    return Command(_WORDS, _cache_in(folder), partial(shutil.rmtree, folder, ignore_errors=True))


def again(folder: Path) -> Command:
    """With the cache that earlier runs left in this folder."""
    return Command(_WORDS, _cache_in(folder))


def uncached(folder: Path) -> Command | None:
    """With `--no-cache`; None while poe-pack has no such option."""
    return Command((*_WORDS, "--no-cache"), _cache_in(folder)) if _knows_no_cache() else None


@cache
def _knows_no_cache() -> bool:
    told = subprocess.run((program("poe-pack"), "validate", "--help"), capture_output=True, text=True, check=True)
    return "--no-cache" in told.stdout


def _cache_in(folder: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(folder)}
