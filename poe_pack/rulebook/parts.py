"""A rulebook's YAML, from one file or joined from all files of a folder, with the place of everything in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from poe_pack.documents.fault import Fault
from poe_pack.documents.files import read_start
from poe_pack.documents.node import Places, Tree, pointer
from poe_pack.documents.reader import MAX_BYTES, read_tree
from poe_pack.findings import Position
from poe_pack.languages import catalogue
from poe_pack.rulebook.book import RulebookError


class Problem(Struct, frozen=True, order=True):
    """A fault in a rulebook, in the order in which people are told."""

    file: Path
    place: Position
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.place.line}:{self.place.column}: {self.text}"


class Joined(Struct):
    """Data of a rulebook as one tree. `tree` is None where a file could not be read."""

    files: tuple[Path, ...]
    tree: Tree | None
    problems: list[Problem] = field(default_factory=list)
    _origin: dict[str, Path] = field(default_factory=dict)

    def file_of(self, path: str) -> Path:
        """The file in which the value at a JSON pointer, or the nearest thing around it, is written."""
        while path and path not in self._origin:
            path = path.rpartition("/")[0]
        return self._origin.get(path, self.files[0])

    def problem(self, path: str, text: str, place: Position | None = None) -> Problem:
        """A problem with the value at a JSON pointer."""
        assert self.tree is not None, "there are no paths in what could not be read"
        return Problem(self.file_of(path), place or self.tree.places.value(path), text)


def texts_of(source: Path) -> dict[Path, bytes]:
    """The text of a rulebook file, or of all `*.yaml` of a folder, in the order of their names.

    Raises RulebookError for what cannot be read from disk.
    """
    is_file = source.suffix in (".yaml", ".yml")
    files = (source,) if is_file else tuple(sorted(source.glob("*.yaml")))
    if not files:
        raise RulebookError(f"the rulebook {source} has no .yaml files")
    texts = {}
    for file in files:
        try:
            texts[file] = read_start(file, MAX_BYTES + 1)
        except OSError as error:
            raise RulebookError(f"the rulebook {file} cannot be read: {error.strerror}") from error
    return texts


def join(texts: Mapping[Path, bytes]) -> Joined:
    """Read the texts of files as one rulebook.

    Sections of mappings may be spread over files; anything said twice is a problem.
    """
    files = tuple(texts)
    trees: dict[Path, Tree] = {}
    problems: list[Problem] = []
    for file, text in texts.items():
        tree, faults = read_tree(text)
        problems += (Problem(file, fault.position, said(fault)) for fault in faults)
        if tree is not None:
            trees[file] = tree
    if len(trees) < len(files):
        return Joined(files, None, problems)
    if len(files) == 1:
        return Joined(files, trees[files[0]], problems)
    joined = Joined(files, Tree({}, Places()), problems)
    for file, tree in trees.items():
        problems += _add(joined, file, tree)
    return joined


def said(fault: Fault) -> str:
    """What a fault says, in English."""
    return catalogue().fill(fault.message, fault.values)


def _add(joined: Joined, file: Path, tree: Tree) -> Iterator[Problem]:
    """Put a file's sections beside those that are there already."""
    assert joined.tree is not None
    whole: dict[str, Any] = joined.tree.data
    if not isinstance(tree.data, dict):
        yield Problem(file, tree.places.value(""), "a part of a rulebook is a mapping of sections")
        return
    for path, place in tree.places.values.items():
        if path:
            joined.tree.places.values.setdefault(path, place)
    for path, place in tree.places.keys.items():
        joined.tree.places.keys.setdefault(path, place)
        joined._origin.setdefault(path, file)
    for key, section in tree.data.items():
        there = whole.setdefault(key, {} if isinstance(section, dict) else section)
        if not isinstance(section, dict) or not isinstance(there, dict):
            if there is not section:
                yield Problem(
                    file, tree.places.key(pointer(key)), f"{key!r} stands in {joined.file_of(pointer(key)).name}, too"
                )
            continue
        for id, entry in section.items():
            path = pointer(key, id)
            if id in there:
                yield Problem(file, tree.places.key(path), f"{id!r} stands in {joined.file_of(path).name}, too")
            there[id] = entry
