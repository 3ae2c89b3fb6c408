"""Garbage collection around layouts."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: a layout only builds up, and looking through it again and again takes a
    quarter of its time. Whoever makes many layouts calls `gc.collect` between them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # All that is new counts as old, or the next object made would have all of it looked through.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
