"""Inputs as files: those that broke a property are made small and kept."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from fuzz.repository import Changes
from fuzz.seeds import DOCUMENTS, REPOSITORIES

Input = bytes | Changes
"""A document, or the documents of a repository that differ from the seed."""


def to_text(value: Input) -> str:
    """An input as JSON; read by `from_text`."""
    if isinstance(value, bytes):
        return json.dumps({"hex": value.hex()})
    return json.dumps({path: _readable(raw) for path, raw in value.items()}, indent=1) + "\n"


def _readable(raw: bytes | None) -> str | dict[str, str] | None:
    if raw is None:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return {"hex": raw.hex()}


def from_text(text: str) -> Input:
    """The input that `to_text` wrote."""
    data = json.loads(text)
    if set(data) == {"hex"}:
        return bytes.fromhex(data["hex"])
    return {
        path: raw.encode("utf-8") if isinstance(raw, str) else None if raw is None else bytes.fromhex(raw["hex"])
        for path, raw in data.items()
    }


def corpus() -> Iterator[tuple[str, Input]]:
    """Name and input of everything that was kept."""
    for file in sorted(DOCUMENTS.glob("*")):
        yield f"documents/{file.name}", file.read_bytes()
    for file in sorted(REPOSITORIES.glob("*.json")):
        yield f"repositories/{file.name}", from_text(file.read_text(encoding="utf-8"))


def keep(value: Input, broken: str) -> Path:
    """Write an input into the corpus, named after what it broke; returns the file."""
    folder, suffix, raw = (
        (DOCUMENTS, "yaml", value) if isinstance(value, bytes) else (REPOSITORIES, "json", to_text(value).encode())
    )
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", broken.partition(" at ")[0].lower()).strip("-")
    file = folder / f"{name}-{sha256(raw).hexdigest()[:8]}.{suffix}"
    file.write_bytes(raw)
    return file


def shrink(value: Input, breaks: Callable[[Input], bool], seconds: float) -> Input:
    """A smaller input that breaks the same property, as far as the time allows."""
    until = time.monotonic() + seconds
    if isinstance(value, bytes):
        return _shrunk(value, breaks, until)
    left: Mapping[str, bytes | None] = value
    for path in sorted(left):
        fewer = {other: raw for other, raw in left.items() if other != path}
        if breaks(fewer):
            left = fewer
    for path, raw in sorted(left.items()):
        if raw is not None:
            others = left

            def still(smaller: bytes, path: str = path, others: Changes = others) -> bool:
                return breaks({**others, path: smaller})

            left = {**left, path: _shrunk(raw, still, until)}
    return left


def _shrunk(raw: bytes, breaks: Callable[[bytes], bool], until: float) -> bytes:
    """Leave out lines, then characters, in ever smaller runs."""
    for cut in (rb"(?<=\n)", rb""):
        parts = [part for part in re.split(cut, raw) if part] if cut else [raw[i : i + 1] for i in range(len(raw))]
        size = max(1, len(parts) // 2)
        while size:
            start = 0
            while start < len(parts) and time.monotonic() < until:
                fewer = parts[:start] + parts[start + size :]
                if breaks(b"".join(fewer)):
                    parts = fewer
                else:
                    start += size
            size //= 2
        raw = b"".join(parts)
    return raw
