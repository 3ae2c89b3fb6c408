"""The modules of rules, the codes that each feeds, and the laws that hold of these codes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
RULES = CHECKOUT / "poe_pack" / "rules"

# They hold of all codes alike: of what is written in a module, not of what it does.
_ABOUT_ALL = frozenset("test_cases test_modules test_programme test_reads test_baseline test_options".split())
_CODE = re.compile(r"\bPOE[0-9]{3}\b")


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the rules by its dotted name, and the codes of the rules in which its code runs."""

    name: str
    file: Path
    codes: frozenset[str]

    @property
    def path(self) -> str:
        """Its file as people write it: from the checkout, with slashes."""
        return self.file.relative_to(CHECKOUT).as_posix()

    @property
    def folder(self) -> str:
        """The folder of rules in which it lies; empty for what all of them share."""
        return self.file.parent.name if self.file.parent != RULES else ""

    def is_meant_by(self, only: str) -> bool:
        """Whether a folder, a module or a code names it: `cost`, `funds/_caps`, `base`, `POE410`."""
        stem = self.file.relative_to(RULES).with_suffix("").as_posix()
        return only in (self.folder or "base", stem) or {only} == self.codes

    def laws(self) -> list[Path]:
        """Test files that name one of its codes, or use what it has."""
        return [file for file, text in _tests().items() if self.codes & set(_CODE.findall(text)) or self.name in text]


def all_modules() -> list[Module]:
    """Every module of the rules with something in it, those that all share last."""
    files = {_dotted(file): file for file in sorted(RULES.rglob("*.py")) if file.stem != "__init__"}
    sources = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    importers = {name: {other for other in files if name in imported(sources[other])} for name in files}
    found = [Module(name, file, _codes(name, importers, sources)) for name, file in files.items()]
    return sorted(found, key=lambda module: (not module.folder, module.path))


def _dotted(file: Path) -> str:
    return ".".join(file.relative_to(CHECKOUT).with_suffix("").parts)


def imported(source: str) -> frozenset[str]:
    """Names of the modules that a source imports, those from which it takes a name included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


def _codes(name: str, importers: dict[str, set[str]], sources: dict[str, str]) -> frozenset[str]:
    """Codes of the rules that need a module, itself included; all of them for the registry, which needs all rules."""
    needing = set(sources) if name.endswith(".registry") else set(_above(name, importers))
    found = (re.search(r'^CODE = "(POE[0-9]{3})"$', sources[one], re.MULTILINE) for one in needing)
    return frozenset(match[1] for match in found if match is not None)


def _above(name: str, importers: dict[str, set[str]], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    yield name
    for importer in importers[name] - seen:
        yield from _above(importer, importers, seen | {name})


@cache
def _tests() -> dict[Path, str]:
    folders = (CHECKOUT / "tests" / "rules", CHECKOUT / "tests" / "validation")
    files = sorted(file for folder in folders for file in folder.glob("test_*.py") if file.stem not in _ABOUT_ALL)
    return {file: file.read_text(encoding="utf-8") for file in files}
