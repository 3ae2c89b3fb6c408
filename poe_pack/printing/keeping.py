"""What takes long to make and never changes is kept in the user's cache folder."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """The bytes kept under `name` (which says all that they depend on), or else made now and kept.

    A cache that cannot be read or written only costs time.
    """
    place = _folder() / name
    with contextlib.suppress(OSError):
        return place.read_bytes()
    made = make()
    part = place.with_name(f".{place.name}.{secrets.token_hex(6)}.part")
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(made)
            os.replace(part, place)
        finally:
            part.unlink(missing_ok=True)
    return made


def _folder() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):
        base = Path(named)
    elif sys.platform == "darwin":
        base = Path("~/Library/Caches").expanduser()
    else:
        base = Path(os.path.expanduser("~/.cache"))
    return base / "poe-pack" / "fonts"
