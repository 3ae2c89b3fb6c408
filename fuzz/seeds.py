"""What inputs grow from: the documents of this project, the pieces of its fixtures, the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from poe_pack.documents.reader import read_tree

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(__file__).resolve().parent / "corpus"
DOCUMENTS, REPOSITORIES = CORPUS / "documents", CORPUS / "repositories"

_FOLDERS = ("claims", "examples/broken", "tests/rules/base")
_LONGEST_PIECE = 4_000


@cache
def whole() -> tuple[bytes, ...]:
    """Every document of the project, and every document of the corpus."""
    files = [file for folder in _FOLDERS for file in sorted((ROOT / folder).rglob("*.yaml"))]
    return tuple(file.read_bytes() for file in (*files, *corpus()))


@cache
def pieces() -> tuple[str, ...]:
    """Texts that the fixtures of rules put into a document, without their marks."""
    found: dict[str, None] = {}
    for file in sorted((ROOT / "tests" / "rules").glob("*/*/*.yaml")):
        if file.parent.name in ("good", "bad"):
            data = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
            for text in _texts([data.get("edits"), data.get("files")]):
                found[text.replace("«", "").replace("»", "")] = None
    return tuple(text for text in found if 3 <= len(text) <= _LONGEST_PIECE)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _texts(child)


@cache
def data() -> tuple[Any, ...]:
    """The documents of the project that can be read, for inputs that are written anew."""
    files = [file for folder in _FOLDERS for file in sorted((ROOT / folder).rglob("*.yaml"))]
    trees = (read_tree(file.read_bytes())[0] for file in files)
    return tuple(tree.data for tree in trees if tree is not None)


def load() -> None:
    """Read all of it."""
    for read in (whole, pieces, data, repository_data):
        read()


def corpus() -> list[Path]:
    """Documents that were kept, by name."""
    return sorted(file for file in DOCUMENTS.glob("*") if file.is_file())


@cache
def repository_data() -> dict[str, Any]:
    """The data of the documents of `repository`, by path."""
    trees = {file: read_tree(raw)[0] for file, raw in repository().items()}
    return {file: tree.data for file, tree in trees.items() if tree is not None}


@cache
def repository() -> dict[str, bytes]:
    """The small repository that changed documents are put into: path and bytes."""
    base = ROOT / "tests" / "rules" / "base"
    return {file.relative_to(base).as_posix(): file.read_bytes() for file in sorted(base.rglob("*.yaml"))}
