"""What may kill a mutant: the cases of rules, and laws that pytest runs."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import Phase, settings

from tests.rules.harness import Case, all_cases

CASE_SECONDS = 3.0
LAWS_SECONDS = 20.0
"""What a check may take of the processor, many times what it does take: a mutant may never come to an end."""

# Each case is a small repository: on a busy disk writing it takes longer than all else.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None

_PYTEST = [
    "-x",
    "-q",
    *("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"),
    *("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"),
    "--hypothesis-profile=mutants",
]


@dataclass(frozen=True, slots=True)
class Check:
    """Something to run in a folder of its own that raises where it finds a fault; `seconds` is its limit."""

    id: str
    run: Callable[[Path], object]
    seconds: float = CASE_SECONDS


@dataclass(frozen=True, slots=True)
class Watched:
    """A check that finds no fault in the code as it is: what it took, and the lines of each file that it ran."""

    check: Check
    took: float
    ran: dict[str, set[int]]

    def runs(self, file: str, lines: range | None) -> bool:
        """Whether it runs one of these lines of a file; None where they are run by whoever imports it."""
        return lines is None or any(line in self.ran.get(file, ()) for line in lines)


def cases(codes: Iterable[str]) -> list[Check]:
    """The cases of these codes."""
    wanted = frozenset(codes)
    return [Check(case.id, _CaseRun(case)) for case in all_cases() if case.code in wanted]


@dataclass(frozen=True, slots=True)
class _CaseRun:
    case: Case

    def __call__(self, folder: Path) -> None:
        # Asked for each time: after a swap it is another module.
        import_module("tests.rules.harness").check(self.case, folder)


def laws_of_each(codes: Iterable[str]) -> list[Check]:
    """For each code: nothing fails where something is not there, and the rulebook is asked for what is kept."""
    laws = ("tests.rules.asking", "check_asked"), ("tests.rules.holes", "holes")
    runs = [_LawRun(module, law, code) for code in sorted(codes) for module, law in laws]
    return [Check(f"{run.law} {run.code}", run, LAWS_SECONDS) for run in runs]


@dataclass(frozen=True, slots=True)
class _LawRun:
    module: str
    law: str
    code: str

    def __call__(self, folder: Path) -> None:
        getattr(import_module(self.module), self.law)(self.code, folder)


def laws(files: Sequence[Path]) -> list[Check]:
    """The tests in these files, as one check."""
    return [Check(" ".join(file.stem for file in files), _LawsRun(tuple(files)), LAWS_SECONDS)] if files else []


@dataclass(frozen=True, slots=True)
class _LawsRun:
    files: tuple[Path, ...]

    def __call__(self, folder: Path) -> None:
        # The same few examples for each mutant, and none made smaller: nobody looks at them.
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", deadline=None, derandomize=True, phases=phases, max_examples=40)
        status = pytest.main([*_PYTEST, f"--basetemp={folder / 'pytest'}", *map(str, self.files)])
        assert status == pytest.ExitCode.OK, "a law is broken"


def watch(checks: Iterable[Check], below: Path) -> list[Watched]:
    """Run checks and note which lines of the files below a folder they run. Raises what they raise."""
    found: list[Watched] = []
    for check in checks:
        ran: dict[str, set[int]] = {}
        with tempfile.TemporaryDirectory(prefix="poe-mutants-", dir=MEMORY) as folder:
            started = time.monotonic()
            sys.settrace(_tracer(ran, f"{below}{os.sep}"))
            try:
                check.run(Path(folder))
            finally:
                sys.settrace(None)
        found.append(Watched(check, time.monotonic() - started, ran))
    return found


def _tracer(ran: dict[str, set[int]], below: str) -> Callable[[FrameType, str, Any], Any]:
    def line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            ran[frame.f_code.co_filename].add(frame.f_lineno)
        return line

    def call(frame: FrameType, _event: str, _: Any) -> Any:
        file = frame.f_code.co_filename
        if not file.startswith(below):
            return None
        ran.setdefault(file, set()).add(frame.f_lineno)
        return line

    return call
