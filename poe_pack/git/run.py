"""Runs git for facts only: no pager, hook, monitor, external diff or lazy fetch, and none of the caller's GIT_*."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_SECONDS = 20.0
_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "diff.external=",
    "log.showSignature=false",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
)
_NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
_HARDENED = ("--no-pager", "--literal-pathspecs", *(word for s in _SETTINGS for word in ("-c", s)))


class GitMissing(Exception):
    """There is no git on this machine."""


class GitFailed(Exception):
    """Git said no, took too long or could not be run. `status` is its exit status, None where it has none."""

    def __init__(self, status: int | None) -> None:
        super().__init__(f"git ended with {status}" if status is not None else "git could not be run")
        self.status = status


def run_git(
    folder: Path,
    command: str,
    *arguments: str,
    keep: frozenset[str] = frozenset(),
    settings: Mapping[str, str] = _NO_SETTINGS,
) -> str:
    """As `run_git_raw`, as text; bytes that are not UTF-8 are kept as in names of files."""
    return run_git_raw(folder, command, *arguments, keep=keep, settings=settings).decode("utf-8", "surrogateescape")


def run_git_raw(
    folder: Path,
    command: str,
    *arguments: str,
    keep: frozenset[str] = frozenset(),
    settings: Mapping[str, str] = _NO_SETTINGS,
    given: bytes = b"",
) -> bytes:
    """Output of a git command run in `folder`, `given` its input. Raises GitMissing and GitFailed.

    `keep` names variables of the caller's GIT_* that the command shall see; `settings` overrule the configuration.

    Revisions from outside go through `rev-parse --verify --end-of-options` first, paths after `--`.
    """
    try:
        done = subprocess.run(
            ["git", *_HARDENED, command, *arguments],
            cwd=folder,
            env=_environment(os.environ, keep) | _overruling(settings),
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise (GitMissing() if folder.is_dir() else GitFailed(None)) from error
    except (OSError, ValueError, subprocess.SubprocessError) as error:  # no argument holds a NUL: a ValueError
        raise GitFailed(None) from error
    if done.returncode:
        raise GitFailed(done.returncode)
    return done.stdout


def _overruling(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings as variables: unlike after `-c`, a name may hold anything."""
    pairs = enumerate(settings.items())
    told = {
        f"GIT_CONFIG_{kind}_{n}": text for n, pair in pairs for kind, text in zip(("KEY", "VALUE"), pair, strict=True)
    }
    return told | {"GIT_CONFIG_COUNT": str(len(settings))} if told else {}


def _environment(outer: Mapping[str, str], keep: frozenset[str]) -> dict[str, str]:
    """The environment without git's variables, which could point elsewhere or name programs to run."""
    kept = {name: value for name, value in outer.items() if name in keep or not name.upper().startswith("GIT_")}
    kept |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    return kept
