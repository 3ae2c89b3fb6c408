"""Puts a finished folder in the place of an earlier one, so that whoever looks, whenever, sees one of them whole.

All is made in a work folder beside the target, `.<name>.<mark>.part`, on which its maker holds a lock. A run that is
killed leaves that folder without its lock: by this the next run knows it and removes it.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

_PART = re.compile(r"\..+\.[0-9a-f]{12}\.part", re.DOTALL)
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW, _SCRATCH, _EARLIER = "new", "scratch", "earlier"
_LONGEST = 100  # of a name's characters: the rest of the work folder's name must fit, too


class Work(Struct, frozen=True):
    """Where to work: `folder` takes the target's place in the end, `scratch` is thrown away."""

    folder: Path
    scratch: Path


@contextmanager
def replacing(target: Path) -> Iterator[Work]:
    """A new folder that takes the place of `target` when all went well; if not, everything stays as it was."""
    with _work_folder(target) as part:
        work = Work(part / _NEW, part / _SCRATCH)
        work.folder.mkdir()
        work.scratch.mkdir()
        yield work
        _put(work.folder, target, part / _EARLIER)


def remove_leftovers(folder: Path) -> None:
    """Remove what killed runs left in `folder`; the work of a run that is still going on stays.

    A target that a killed run had moved away, where the system cannot exchange two folders at once, is put back.
    """
    try:
        names = sorted(name for name in os.listdir(folder) if _PART.fullmatch(name))
    except OSError:
        return
    for name in names:
        with suppress(OSError):
            descriptor = os.open(folder / name, _FOLDER)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _put_back(folder / name / _EARLIER, folder)
                shutil.rmtree(folder / name, ignore_errors=True)
            finally:
                os.close(descriptor)


@contextmanager
def _work_folder(target: Path) -> Iterator[Path]:
    while True:
        part = target.with_name(f".{target.name[:_LONGEST]}.{secrets.token_hex(6)}.part")
        part.mkdir()
        try:
            descriptor = os.open(part, _FOLDER)
        except FileNotFoundError:
            continue  # another run took it for a leftover before it was locked
        if _held(part, descriptor):
            break
        os.close(descriptor)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
        os.close(descriptor)


def _held(part: Path, descriptor: int) -> bool:
    """Lock a work folder; whether it is ours. Where nothing can be locked, nobody can take it for a leftover."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    try:
        return os.path.samestat(os.stat(part), os.fstat(descriptor))
    except OSError:
        return False


def _put(fresh: Path, target: Path, earlier: Path) -> None:
    """Put `fresh` in the place of `target`; what was there goes into the work folder."""
    if _exchange(fresh, target):
        return
    if not os.path.lexists(target):
        os.rename(fresh, target)
        return
    earlier.mkdir()
    os.rename(target, earlier / target.name)
    try:
        os.rename(fresh, target)
    except OSError:
        _put_back(earlier, target.parent)
        raise


def _put_back(earlier: Path, folder: Path) -> None:
    with suppress(OSError):
        for name in os.listdir(earlier):
            if not os.path.lexists(folder / name):
                os.rename(earlier / name, folder / name)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two entries of a file system at once; False where the system cannot."""
    call = _system_call()
    return call is not None and call(os.fsencode(one), os.fsencode(other)) == 0


@cache
def _system_call() -> Any:
    """renameat2 with RENAME_EXCHANGE (Linux), renamex_np with RENAME_SWAP (macOS), or None."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        swap = getattr(library, "renamex_np", None)
        return None if swap is None else lambda one, other: swap(one, other, 2)
    renameat2 = getattr(library, "renameat2", None)
    here = -100  # AT_FDCWD
    return None if renameat2 is None else lambda one, other: renameat2(here, one, here, other, 2)
