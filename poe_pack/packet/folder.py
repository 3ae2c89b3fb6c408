"""What lies in a packet's folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_LEFT_BY_VIEWERS = frozenset({".DS_Store"})  # the macOS Finder leaves one in each folder that it shows


def files_below(folder: Path) -> Iterator[str]:
    """Everything below a folder but folders, by POSIX path; links are not followed."""
    for parent, folders, files in os.walk(folder):
        inside = Path(parent).relative_to(folder)
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        yield from ((inside / name).as_posix() for name in (*files, *links) if name not in _LEFT_BY_VIEWERS)
