"""The modules of rules, the codes that each feeds, and the laws that hold of these codes."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
RULES = CHECKOUT / "poe_pack" / "rules"

# They hold of all codes alike: of what is written in a module, not of what it does.
_ABOUT_WORDS = frozenset("test_asking test_cases test_holes test_modules test_programme test_reads".split())
# What others than rules ask a module for, which no case shows.
_ALSO = {
    "poe_pack.rules.funds._caps": "test_headroom test_mix",
    "poe_pack.rules.funds._taking": "test_accounts test_mix",
}
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
        """Test files that name it or one of its codes, and those of what others ask it for."""
        also = [CHECKOUT / "tests" / "validation" / f"{name}.py" for name in _ALSO.get(self.name, "").split()]
        named = (file for file, text in _tests().items() if self.name in text or self.codes & set(_CODE.findall(text)))
        return [*named, *also]


@cache
def all_modules() -> tuple[Module, ...]:
    """Every module of the rules with something in it, those that all share last."""
    files = {_dotted(file): file for file in sorted(RULES.rglob("*.py")) if file.stem != "__init__"}
    sources = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    needs = {name: imported(source) for name, source in sources.items()}
    found = [Module(name, file, _codes(above(name, needs), sources)) for name, file in files.items()]
    return tuple(sorted(found, key=lambda module: (not module.folder, module.path)))


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


def above(name: str, needs: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """A module and all that need it, themselves or through others; `needs` says what each imports."""
    found = {name}
    while more := {other for other, names in needs.items() if other not in found and names & found}:
        found |= more
    return frozenset(found)


def _codes(names: frozenset[str], sources: Mapping[str, str]) -> frozenset[str]:
    """Codes of the rules among some modules; of all rules if the registry is there, which imports them by name."""
    needing = sources if any(name.endswith(".registry") for name in names) else names
    found = (re.search(r'^CODE = "(POE[0-9]{3})"$', sources[one], re.MULTILINE) for one in needing)
    return frozenset(match[1] for match in found if match is not None)


@cache
def _tests() -> dict[Path, str]:
    files = sorted(CHECKOUT.glob("tests/rules/test_*.py"))
    return {file: file.read_text(encoding="utf-8") for file in files if file.stem not in _ABOUT_WORDS}
