"""Where runs keep what they found out: the user's cache directory, which may vanish at any time.

Nothing here ever fails a run. What cannot be kept is worked out again.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path

from poe_pack import __version__
from poe_pack.resources import resource

_PACKAGE = Path(__file__).resolve().parents[1]
_KEPT_SECONDS = timedelta(weeks=4).total_seconds()

# Two writes within one tick of a file system's clock leave the same time. Ticks take some milliseconds, or on simple
# file systems two seconds.
TICK_NS, COARSE_TICK_NS = 50_000_000, 2_000_000_000


def tick_of(status: os.stat_result) -> int:
    """Nanoseconds within which a file may change twice and show one time."""
    return TICK_NS if status.st_ctime_ns % 1_000_000_000 else COARSE_TICK_NS


def cache_folder() -> Path:
    """The user's cache directory for this program; not made yet."""
    # platformdirs says the same, but importing it takes a tenth of the time in which one claim is checked.
    if sys.platform == "win32":
        above = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    elif sys.platform == "darwin":
        above = os.path.expanduser("~/Library/Caches")
    else:
        named = os.environ.get("XDG_CACHE_HOME", "")
        above = named if os.path.isabs(named) else os.path.expanduser("~/.cache")
    return Path(above, "poe-pack")


@cache
def tool_stamp() -> str:
    """Changes with everything in the program that could change what it finds."""
    digest = hashlib.sha256(f"{__version__} {sys.version} {sys.platform}".encode())
    for top in (_PACKAGE, Path(str(resource("schemas")))):
        for folder, names, files in os.walk(top):
            names[:] = sorted(name for name in names if name != "__pycache__")
            for file in sorted(files):
                status = os.stat(os.path.join(folder, file))
                digest.update(f"{file} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def folder_for(part: str) -> Path | None:
    """A folder of the cache that only this user can read, made if need be; None where that cannot be."""
    folder = cache_folder() / part
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = os.lstat(folder.parent)
    except (OSError, ValueError, RuntimeError):
        return None
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        return None  # somebody else could put words into our mouth
    return folder


def read_entry(folder: Path, name: str) -> bytes | None:
    """What is kept under that name."""
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None


def write_entry(folder: Path, name: str, content: bytes) -> None:
    """Keep something whole or not at all, and forget what nobody has kept anew for four weeks."""
    with suppress(OSError):
        part = folder / f"{name}.{os.getpid()}.part"
        try:
            # Only this user's folder is written to, so a name that nobody else has is enough.
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                stream.write(content)
            part.replace(folder / name)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    _forget_old(folder)


def forget_old(part: str) -> None:
    """Forget what nobody has kept anew for four weeks in a folder of the cache."""
    _forget_old(cache_folder() / part)


def _forget_old(folder: Path) -> None:
    oldest = time.time() - _KEPT_SECONDS
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.stat(follow_symlinks=False).st_mtime < oldest:
                    os.unlink(entry.path)
