"""What lies in a packet's folder, and what may not be replaced by one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from poe_pack.languages import catalogue
from poe_pack.packet.manifest_reading import MANIFEST, PACKET

UPLOAD = "upload"
PORTAL_SHEET = "portal-sheet.html"

_OURS = frozenset({MANIFEST, PACKET, PORTAL_SHEET, UPLOAD})
_NAMED = 3  # so many strange files are named

_LEFT_BY_VIEWERS = frozenset({".DS_Store"})  # the macOS Finder leaves one in each folder that it shows


def files_below(folder: Path) -> Iterator[str]:
    """Everything below a folder but folders, by POSIX path; links are not followed."""
    for parent, folders, files in os.walk(folder):
        inside = Path(parent).relative_to(folder)
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        yield from ((inside / name).as_posix() for name in (*files, *links) if name not in _LEFT_BY_VIEWERS)


class Occupied(Exception):
    """Something that is no packet lies where one shall be written; the text says what, and what to do."""


def check_free(folder: Path) -> None:
    """Raise Occupied where replacing `folder` would lose more than an earlier packet: a claim, somebody's notes."""
    if folder.is_symlink() or not folder.is_dir():
        if os.path.lexists(folder):
            raise Occupied(catalogue().text("making.occupied.no_folder", folder=folder))
        return
    strange = sorted(set(os.listdir(folder)) - _OURS - _LEFT_BY_VIEWERS)
    if strange:
        names = ", ".join((*strange[:_NAMED], *("…" for _ in strange[_NAMED : _NAMED + 1])))
        raise Occupied(catalogue().text("making.occupied", folder=folder, names=names))
