"""WeasyPrint is imported without starting other programs, and quietly where it cannot be."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOAD = """
import ctypes.util, sys
find_library = ctypes.util.find_library
started = []
sys.addaudithook(lambda event, args: started.append(args[0]) if event == "subprocess.Popen" else None)
{before}
from poe_pack.printing import PrintingUnavailable, load_weasyprint
try:
    load_weasyprint()
except PrintingUnavailable as error:
    print(error)
assert ctypes.util.find_library is find_library
print(started)
"""
WITHOUT_PANGO = """
import cffi
dlopen = cffi.FFI.dlopen
def without(ffi, name, *flags):
    if "pango" in name:
        raise OSError(name)
    return dlopen(ffi, name, *flags)
cffi.FFI.dlopen = without
"""


def load(before: str = "") -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", LOAD.format(before=before)], check=True, capture_output=True, text=True, timeout=60
    )
    assert run.stderr == ""
    return run.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are searched for")
def test_no_program_is_started() -> None:
    assert load() == ["[]"]


def test_a_missing_library_is_said_in_a_line() -> None:
    assert load(WITHOUT_PANGO)[:-1] == ["WeasyPrint or the Pango library is missing; see poe-pack doctor"]
