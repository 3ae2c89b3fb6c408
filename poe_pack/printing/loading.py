"""WeasyPrint, imported without asking a compiler where its libraries are."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Any


class PrintingUnavailable(Exception):
    """WeasyPrint or a library that it needs (Pango) is missing on this machine."""


def load_weasyprint() -> Any:
    """WeasyPrint with its libraries. Raises PrintingUnavailable."""
    try:
        with _no_search(), redirect_stdout(StringIO()):  # it prints advice of its own
            import weasyprint
            import weasyprint.text.fonts
    except (ImportError, OSError) as error:
        raise PrintingUnavailable("WeasyPrint or the Pango library is missing; see poe-pack doctor") from error
    return weasyprint


@contextmanager
def _no_search() -> Iterator[None]:
    """On Linux, libraries are loaded by their exact names meanwhile, and not searched for.

    WeasyPrint tries names of other systems first. For each that is not there, Python has ldconfig, gcc and ld look:
    some twenty processes at every start, which leave their temporary files behind where they are interrupted. Linux
    loads the exact name, which WeasyPrint tries as well (`libpango-1.0.so.0`), from the same places.
    """
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


def _nowhere(name: str) -> str | None:
    return None
