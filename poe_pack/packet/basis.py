"""All that decides the bytes of a packet as one digest, so that a packet whose basis is the same is not made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from msgspec import Struct

import poe_pack
from poe_pack.git import CommitStamp
from poe_pack.packet.record import Digest, funds_of
from poe_pack.printing.system_fonts import found_fonts
from poe_pack.resources import resource
from poe_pack.validation.result import ClaimResult, Result

# What a packet does not print, and what changes with the day or with other claims.
UNSEEN = frozenset({"findings", "waived", "headroom", "advice", "unchecked"})

_CODE = ("evidence", "languages", "packet", "printing")
_TEMPLATES = ("look", "packet")
_LIBRARIES = (
    "babel",
    "fontpkg-ibm-plex-mono",
    "fontpkg-inter",
    "fontpkg-source-serif-4",
    "fonttools",
    "jinja2",
    "pikepdf",
    "pillow",
    "pydyf",
    "weasyprint",
)


def basis_of(
    result: Result,
    claim: ClaimResult,
    documents: Sequence[Digest],
    *,
    language: str,
    paper: str,
    draft: bool,
    commit: CommitStamp,
) -> str:
    """SHA-256 (64 hex digits) over documents, evidence, judgement, options and tool.

    Two packets with the same basis have the same bytes; the other way round it is cautious: a comment in a document
    makes another basis.
    """
    settings = result.settings
    seen = {name: getattr(claim, name) for name in claim.__struct_fields__ if name not in UNSEEN}
    told = {
        "claim": seen,
        "documents": [(digest.name, digest.sha256) for digest in documents],
        "funds": funds_of(result, claim),
        "rulebooks": result.rulebooks,
        "rules_off": result.rules_off,
        "settings": {name: getattr(settings, name) for name in settings.__struct_fields__},
        "options": [language, paper, draft],
        "commit": commit,
        "tool": tool_digest(),
    }
    return hashlib.sha256(_text(told).encode()).hexdigest()


@cache
def tool_digest() -> str:
    """SHA-256 over what draws: our version, code, words and templates, and the versions of the libraries,
    the fonts of the machine."""
    digest = hashlib.sha256(poe_pack.__version__.encode())
    for name, path in _files():
        digest.update(f"\0{name}\0".encode())
        digest.update(path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"\0{library} {_version(library)}".encode())
    for font in found_fonts():
        digest.update(f"\0{font}".encode())
    return digest.hexdigest()


def _files() -> Iterator[tuple[str, Path]]:
    """Files of ours that decide what packets look like, by name, in an order of their own."""
    package, templates = Path(poe_pack.__file__).parent, resource("templates")
    for root, folders, endings in ((package, _CODE, (".py", ".json")), (templates, _TEMPLATES, ("",))):
        for folder in folders:
            found = (path for path in (root / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
            for path in sorted(path for path in found if path.name.endswith(endings)):
                yield f"{root.name}/{path.relative_to(root).as_posix()}", path


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "missing"


def _text(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Data of JSON that is the same for equal values, whatever the order of mappings and sets."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Struct):
        return [type(value).__name__, {name: _plain(getattr(value, name)) for name in value.__struct_fields__}]
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {key: _plain(item) for key, item in value.items()}
        return sorted(([_plain(key), _plain(item)] for key, item in value.items()), key=_text)
    if isinstance(value, AbstractSet):
        return sorted((_plain(item) for item in value), key=_text)
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return ["Decimal", str(value)]
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a basis")
