"""Rulebooks from disk: shipped ones compiled to JSON, a repository's own as YAML."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from poe_pack.rulebook.book import Rulebook, RulebookError
from poe_pack.rulebook.shipped import DATA, shipped


def load_rulebook(name: str, root: Path) -> Rulebook:
    """Load a shipped rulebook by id, or one of the repository by its path below `root` (ends in .yaml).

    Raises RulebookError with a sentence that says what to do.
    """
    if is_own(name):
        from poe_pack.rulebook.check import read_rulebook

        return make_rulebook(read_rulebook(root / name))
    if name not in shipped():
        known = ", ".join(shipped())
        raise RulebookError(f"there is no rulebook {name!r}; shipped are: {known}; a file of your own ends in .yaml")
    return _load_shipped(name)


def is_own(name: str) -> bool:
    """Whether a rulebook's name is the path of a file of the repository."""
    return name.endswith((".yaml", ".yml"))


def rulebook_from(raw: bytes, name: str) -> Rulebook:
    """A repository's own rulebook from its bytes; `name` is what messages call it. Raises RulebookError."""
    from poe_pack.rulebook.check import check_rulebook

    return make_rulebook(check_rulebook(raw, name))


@cache
def _load_shipped(name: str) -> Rulebook:
    text = (DATA / f"{name}.json").read_bytes()
    return Rulebook(json.loads(text), hashlib.sha256(text).hexdigest())


def canonical(data: Any) -> bytes:
    """The bytes that stand for a rulebook: no spaces, UTF-8; keys stay in order, because lists are shown in it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def make_rulebook(data: Any) -> Rulebook:
    """A rulebook from checked data."""
    text = canonical(data)
    return Rulebook(json.loads(text), hashlib.sha256(text).hexdigest())
