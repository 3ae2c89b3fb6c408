"""Mutants that do the same as their module, each with the reason, as `mutation/equivalent.yaml` keeps them.

The file has, by the path of a module, entries `{line, becomes: [text, …], reason}`: a line (or several, joined by a
blank) as the module has it, and what a mutant makes of it. Numbers of lines are not kept: they change too often.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from mutation.mutants import Mutant

FILE = Path(__file__).resolve().parent / "equivalent.yaml"


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A change of a line of a module that changes nothing, and why."""

    module: str
    line: str
    becomes: str
    reason: str

    def is_of(self, module: str, mutant: Mutant) -> bool:
        """Whether this mutant of a module is meant."""
        return (self.module, self.line, self.becomes) == (module, mutant.old, mutant.new)


def read(file: Path = FILE) -> list[Equivalent]:
    """All entries of a file. Raises ValueError where one has no reason or another form."""
    found: list[Equivalent] = []
    for module, entries in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
        for entry in entries:
            if set(entry) != {"line", "becomes", "reason"} or not str(entry["reason"]).strip():
                raise ValueError(f"{file}: {module}: an entry has line, becomes and reason: {entry}")
            found += [Equivalent(module, entry["line"], text, entry["reason"]) for text in entry["becomes"]]
    return found
