"""Tells of a fault of our own without what an exception carries: its text may be a name or an amount from a claim."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def in_one_line(error: BaseException) -> str:
    """Kind of the error and the last line of ours that it came through."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if _PACKAGE in Path(frame.filename).parents]
    if not ours:
        return _kind(error)
    file = Path(ours[-1].filename).relative_to(_PACKAGE.parent).as_posix()
    return f"{_kind(error)} at {file}:{ours[-1].lineno}"


def as_traceback(error: BaseException) -> str:
    """Every frame of the error and of those behind it; only the kind of each, never its text."""
    return "\n".join(_parts(error))


def _parts(error: BaseException) -> Iterator[str]:
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None:
        yield from _parts(behind)
        yield "\nThe error above led to this one:\n"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    yield f"{_kind(error)} (its text is not shown: it may hold values of a document)"


def _kind(error: BaseException) -> str:
    """Name of the error's class; of the system's errors also the reason, which never comes from a document."""
    name = type(error).__name__
    return f"{name}: {error.strerror}" if isinstance(error, OSError) and error.strerror else name
