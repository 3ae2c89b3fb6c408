"""`SHA256SUMS`: the digests of a claim's evidence, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from poe_pack.documents.files import NotAFile, read_start
from poe_pack.documents.repository import SUMS_FILE
from poe_pack.evidence.files import is_safe_name
from poe_pack.model import Claim

MAX_BYTES = 1_000_000
_EMPTY: Mapping[str, str] = MappingProxyType({})
_NO_LINES: Mapping[str, int] = MappingProxyType({})
_LINE = re.compile(r"(\\?)([0-9a-fA-F]{64}) [ *](.+)\Z")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"\\": "\\", "n": "\n", "r": "\r"}


class SumsFault(StrEnum):
    """Why nothing of the file can be used."""

    NOT_A_FILE = "not_a_file"
    """A link, folder or pipe."""
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"


class Sums(Struct, frozen=True):
    """What a `SHA256SUMS` says.

    `digests` maps paths relative to the claim's folder, in their plain form, to 64 lower-case hex digits; `lines` to
    the line (from 1) on which they stand. `unreadable` are lines that say nothing, or something else of a file that
    an earlier line speaks of. `sha256` is the file's own digest, None where `fault` says that it cannot be used.
    """

    digests: Mapping[str, str] = _EMPTY
    lines: Mapping[str, int] = _NO_LINES
    unreadable: tuple[int, ...] = ()
    sha256: str | None = None
    fault: SumsFault | None = None

    @property
    def is_readable(self) -> bool:
        """Whether every line of it could be read."""
        return self.fault is None and not self.unreadable


def read_sums(folder: Path) -> Sums | None:
    """The `SHA256SUMS` in a claim's folder; None where there is none. Never raises for what is there."""
    try:
        raw = read_start(folder / SUMS_FILE, MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except NotAFile:
        return Sums(fault=SumsFault.NOT_A_FILE)
    except OSError:
        return Sums(fault=SumsFault.UNREADABLE)
    return parse_sums(raw)


def parse_sums(raw: bytes) -> Sums:
    """What the bytes of a `SHA256SUMS` say. Empty lines and comments are passed over, as `sha256sum` does."""
    if len(raw) > MAX_BYTES:
        return Sums(fault=SumsFault.TOO_LARGE)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Sums(fault=SumsFault.NOT_TEXT)
    digests: dict[str, str] = {}
    lines: dict[str, int] = {}
    unreadable: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line.strip() or line.startswith("#"):
            continue
        entry = _entry(line)
        if entry is None or digests.get(entry[0], entry[1]) != entry[1]:
            unreadable.append(number)
            continue
        digests[entry[0]] = entry[1]
        lines.setdefault(entry[0], number)
    return Sums(digests, lines, tuple(unreadable), hashlib.sha256(raw).hexdigest())


def _entry(line: str) -> tuple[str, str] | None:
    """Path and digest of a line."""
    match = _LINE.match(line)
    if match is None:
        return None
    escaped, digest, path = match.groups()
    if escaped:  # GNU's mark for a name with a backslash or a line break in it
        if any(found[1] not in _ESCAPED for found in _ESCAPE.finditer(path)):
            return None
        path = _ESCAPE.sub(lambda found: _ESCAPED[found[1]], path)
    return plain_path(path), digest.lower()


def render_sums(digests: Mapping[str, str]) -> bytes:
    """The bytes of a `SHA256SUMS`, sorted by path."""
    return "".join(_line(path, digest) for path, digest in sorted(digests.items())).encode("utf-8")


def _line(path: str, digest: str) -> str:
    if "\\" not in path:
        return f"{digest}  {path}\n"
    doubled = path.replace("\\", "\\\\")
    return f"\\{digest}  {doubled}\n"


def plain_path(path: str) -> str:
    """One name for each file: `./evidence//a.pdf` is `evidence/a.pdf`."""
    return posixpath.normpath(path)


def files_to_lock(claim: Claim) -> Iterator[tuple[str, str]]:
    """Pointer and name of every file that is handed in with a claim; what comes with its approval is younger."""
    for path, file in claim.files():
        if is_safe_name(file) and not path.startswith("/approval/"):
            yield path, file
