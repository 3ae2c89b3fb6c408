"""The peers that run on Node.js, installed below bench/node_modules from the lock file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_BENCH = Path(__file__).resolve().parent
_MODULES = _BENCH / "node_modules"
_AJV = str(_MODULES / ".bin" / "ajv")
# Strict mode refuses words that JSON Schema does not know, such as our x-sensitive; it makes no check stricter.
_FLAGS = ("--spec=draft2020", "--strict=false", "-c", "ajv-formats", "-c", str(_BENCH / "formats.cjs"))


class NoNode(Exception):
    """The peers cannot be had on this machine; the text says why."""


def install() -> None:
    """Install what package-lock.json lists, if it is not there yet. Raises NoNode."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NoNode("npm is not installed here (it comes with Node.js)")
    done, lock = _MODULES / ".package-lock.json", _BENCH / "package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    ran = subprocess.run(
        (npm, "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"),
        cwd=_BENCH,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        said = ran.stderr.strip().splitlines()
        raise NoNode(f"npm ci in bench/ ended with {ran.returncode}: {said[0] if said else 'it said nothing'}")


def ajv(schema: Path, files: str) -> list[str]:
    """ajv-cli as people call it: it compiles the schema, then checks the YAML files that a pattern names."""
    return [_AJV, "validate", *_FLAGS, "-s", str(schema), "-d", files]


def compiled(schema: Path) -> list[str]:
    """A script that has the schema compiled ahead by `ajv compile`; the files to check come behind these words."""
    # Among the modules it finds those that it needs itself.
    validator = _MODULES / ".poe-bench" / "validate.cjs"
    validator.parent.mkdir(exist_ok=True)
    words = (_AJV, "compile", *_FLAGS, "-s", str(schema), "-o", str(validator))
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return ["node", str(_BENCH / "check.cjs"), str(validator)]
