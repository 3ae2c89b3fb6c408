"""What lies in a claim's evidence folder, whether or not anybody names it."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = "evidence"
MOST = 10_000
"""Files that are listed; a folder with more holds something else than evidence."""


def files_in_folder(folder: Path) -> tuple[str, ...]:
    """Files below `evidence` in a claim's folder, relative to that, sorted; hidden ones and links do not count.

    A folder that cannot be read is as if it were empty.
    """
    found: list[str] = []
    for place, names, files in os.walk(folder / FOLDER):
        names[:] = [name for name in names if not name.startswith(".")]
        inside = os.path.relpath(place, folder)
        paths = (os.path.join(inside, name) for name in files if not name.startswith("."))
        found += [path for path in paths if not os.path.islink(folder / path)]
        if len(found) > MOST:
            break
    return tuple(sorted(found)[:MOST])
