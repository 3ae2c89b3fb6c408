"""Puts another source in the place of a module that is imported already."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType

from mutation.modules import above, imported


def importers(name: str, among: tuple[str, ...]) -> frozenset[str]:
    """Imported modules below the packages `among` that need a module of that name, themselves or through others."""
    needs: dict[str, frozenset[str]] = {}
    for other, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if other.partition(".")[0] in among and file is not None and file.endswith(".py"):
            needs[other] = imported(Path(file).read_text(encoding="utf-8"))
    return above(name, needs) - {name}


def swap(name: str, source: str, needing: frozenset[str]) -> None:
    """Run `source` as the module of that name; those that need it are imported anew when they are asked for.

    Raises whatever the source raises. There is no way back: for a process that ends soon.
    """
    old = sys.modules[name]
    for other in needing:
        _forget(other)
    assert old.__spec__ is not None
    module = module_from_spec(old.__spec__)
    sys.modules[name] = module
    _tell_package(name, module)
    exec(compile(source, str(old.__file__), "exec"), module.__dict__)


def _forget(name: str) -> None:
    del sys.modules[name]
    package, _, last = name.rpartition(".")
    if hasattr(sys.modules.get(package), last):
        delattr(sys.modules[package], last)


def _tell_package(name: str, module: ModuleType) -> None:
    package, _, last = name.rpartition(".")
    if package in sys.modules:
        setattr(sys.modules[package], last, module)
