"""Runs the installed program as its users do: a process of its own, bytes in and out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

AS_OF = "2026-11-21"
SCRIPT = Path(sys.executable).with_name("poe-pack")
CHECKOUT = Path(__file__).resolve().parents[2]

# What would change colour, language, place or warnings of the program under test.
_SETTINGS = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LANG", "LANGUAGE", "TZ", "TERM")
_PREFIXES = ("GIT_", "LC_", "PYTHON", "PRE_COMMIT")


def environment(**more: str) -> dict[str, str]:
    """The test's own environment without what could steer the program."""
    kept = {k: v for k, v in os.environ.items() if k not in _SETTINGS and not k.startswith(_PREFIXES)}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return {**kept, **nobody, "LC_ALL": "C.UTF-8", "TZ": "UTC", **more}


@dataclass(frozen=True, slots=True)
class Ran:
    """How a process ended. `out` and `err` are strictly UTF-8."""

    status: int
    raw: bytes
    raw_err: bytes

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def err(self) -> str:
        return self.raw_err.decode("utf-8")


def run_command(
    command: list[str], cwd: Path, env: Mapping[str, str] | None = None, timeout: float = 60, text: str = ""
) -> Ran:
    """Run a command to its end; `text` is its standard input."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment() if env is None else env,
        input=text.encode(),
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Program:
    """`poe-pack`, run in `folder` unless told otherwise."""

    folder: Path

    def __call__(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        timeout: float = 60,
        env: Mapping[str, str] = MappingProxyType({}),
    ) -> Ran:
        """Run it with these arguments; `env` is added to a neutral environment."""
        command = [str(SCRIPT), *map(str, arguments)]
        return run_command(command, cwd or self.folder, environment(**env), timeout)

    def validate(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        timeout: float = 60,
        env: Mapping[str, str] = MappingProxyType({}),
    ) -> Ran:
        """`poe-pack validate` as of the day of the worked example."""
        return self("validate", "--as-of", AS_OF, *arguments, cwd=cwd, timeout=timeout, env=env)
