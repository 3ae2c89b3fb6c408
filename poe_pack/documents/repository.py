"""Which files make up a claims repository, and reading each of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from poe_pack.documents.fault import Fault, quotable
from poe_pack.documents.files import NotAFile, read_start
from poe_pack.documents.node import Tree
from poe_pack.documents.reader import MAX_BYTES, read_tree
from poe_pack.documents.reading_codes import UNREADABLE_FILE
from poe_pack.documents.schema import check_schema, probably_meant, without_cascades
from poe_pack.findings import NOWHERE

ROOT_FILE = "poe.yaml"
SUMS_FILE = "SHA256SUMS"
"""Digests of a claim's evidence, beside its document."""

_SUFFIXES = (".yaml", ".yml")
_NOT_DOCUMENTS = frozenset(["evidence", "node_modules"])


class NoRepository(Exception):
    """There is no claims repository where one was looked for; the text says what to do."""


class Layout(Struct, frozen=True):
    """A claims repository on disk.

    `root` is the folder of `poe.yaml`; `base` is the git root above it, or else `root`: findings name files
    relative to it. `files` are the documents, relative to `base`, sorted; `sums` the digests of evidence beside them;
    `watched` are the other places whose state decides which documents there are.
    """

    root: Path
    base: Path
    files: tuple[str, ...]
    watched: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()


class Document(Struct):
    """One document that was read. `broken` are the JSON pointers that have a finding already.

    `tree` is None where the document could not be read, and where it was let go to save memory: `open` gives it.
    `digest` is the SHA-256 of the text that was read.
    """

    file: str
    kind: str | None
    tree: Tree | None
    faults: list[Fault] = field(default_factory=list)
    digest: bytes | None = None
    _base: Path | None = None
    # Worked out when first asked for: a document may have thousands of faults, and each asks for both.
    _broken: frozenset[str] | None = None
    _around: frozenset[str] | None = None
    _id: str | None = None

    @property
    def id(self) -> str:
        """The id written in the document, or else the name of its folder or file.

        An id with a fault counts as none: folders are named after ids, and `../..` must not name one.
        """
        if self._id is None:
            path = PurePosixPath(self.file)
            self._id = (path.parent.name if path.stem == "claim" else "") or path.stem
            if self.tree is not None and isinstance(self.tree.data, dict) and self.is_sound(["/id"]):
                written = self.tree.data.get("id")
                self._id = written if isinstance(written, str) else self._id
        return self._id

    @property
    def is_readable(self) -> bool:
        """Whether the document could be read."""
        return self.tree is not None or self._base is not None

    def let_go(self, base: Path) -> None:
        """Keep only what is needed of a sound document; `open` reads it again."""
        if self.tree is not None:
            self._id = self.id
            self._base, self.tree = base, None

    def open(self) -> Tree | None:
        """The tree; of one that was let go, as the file is now."""
        if self.tree is not None or self._base is None:
            return self.tree
        return _read_again(self._base, self.file)

    @property
    def folder(self) -> str:
        """POSIX folder of the document, relative to the base; empty for the base itself."""
        parent = PurePosixPath(self.file).parent.as_posix()
        return "" if parent == "." else parent

    @property
    def broken(self) -> frozenset[str]:
        """Pointers of what a fault concerns; a misspelt key concerns the key that was probably meant, too."""
        if self._broken is None:
            meant = {path for fault in self.faults if (path := probably_meant(fault)) is not None}
            self._broken = frozenset({fault.path for fault in self.faults if not fault.harmless} | meant)
        return self._broken

    def is_sound(self, reads: Iterable[str]) -> bool:
        """Whether no fault lies at, in or around any of these pointers."""
        if not self.faults:
            return True
        if self._around is None:
            self._around = frozenset(around for path in self.broken for around in _and_around(path))
        return not any(read in self._around or not self.broken.isdisjoint(_and_around(read)) for read in reads)


def find_root(paths: Sequence[Path]) -> Path:
    """Find the one repository that all paths lie in: `poe.yaml` beside or above them, or else once below.

    Raises NoRepository when there is none, or more than one.
    """
    roots = {_root_of(path) for path in paths}
    if len(roots) > 1:
        names = ", ".join(sorted(str(root) for root in roots))
        raise NoRepository(f"these paths lie in different claims repositories ({names}); name one at a time")
    return roots.pop()


def _root_of(path: Path) -> Path:
    start = locate(path)
    if not os.path.lexists(start):
        raise NoRepository(f"there is no file or folder {path}; check the name")
    for folder in (start, *start.parents) if os.path.isdir(start) else start.parents:
        if os.path.lexists(folder / ROOT_FILE) and not os.path.isdir(folder / ROOT_FILE):
            return folder  # a link or pipe of that name marks it, too: reading it says what is wrong
    below = sorted(_roots_below(start)) if os.path.isdir(start) else []
    if len(below) == 1:
        return below[0]
    if below:
        names = ", ".join(os.path.relpath(root, start) for root in below)
        raise NoRepository(f"{path} holds several claims repositories ({names}); name one of them")
    raise NoRepository(
        f"no {ROOT_FILE} in, above or below {path}; a claims repository has that file at its root "
        "(two lines are enough: 'kind: repository' and 'rulebook: microsoft-coop')"
    )


def locate(path: Path) -> Path:
    """Where a path given by a user lies: absolute, without links in its folders; a file that is a link stays one."""
    if os.path.isdir(path):
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent), path.name)


def _roots_below(start: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(start):
        if ROOT_FILE in files:
            yield Path(folder)
            names.clear()
        else:
            _prune(names)


def lay_out(root: Path) -> Layout:
    """List the documents of a repository: every YAML file below its root, except below `evidence` folders.

    What should be a document but is none (a folder of that name, a claim's folder that is a link, a folder that
    cannot be listed) is among them: reading it says so, and no claim is missed in silence.
    """
    base = base_of(root)
    files: list[str] = []
    watched: list[str] = []
    sums: list[str] = []
    closed: list[OSError] = []
    for folder, names, entries in os.walk(root, onerror=closed.append):
        _prune(names)
        inside = os.path.relpath(folder, base)
        nested = {name for name in names if os.path.isfile(os.path.join(folder, name, ROOT_FILE))}
        names[:] = sorted(name for name in names if name not in nested)
        links = [name for name in names if os.path.islink(os.path.join(folder, name))]
        watched.append(inside)
        watched += [f"{inside}/{name}/{ROOT_FILE}" for name in sorted(nested)]
        watched += [f"{inside}/{name}/claim.yaml" for name in links]
        found = [entry for entry in entries if entry.lower().endswith(_SUFFIXES) and not entry.startswith(".")]
        found += [name for name in names if _hides_documents(folder, name)]
        if SUMS_FILE in entries or SUMS_FILE in names:
            sums.append(PurePosixPath(inside, SUMS_FILE).as_posix())
        files += [PurePosixPath(inside, entry).as_posix() for entry in found]
    files += [PurePosixPath(os.path.relpath(error.filename, base)).as_posix() for error in closed]
    return Layout(root, base, tuple(sorted(files)), tuple(watched), tuple(sorted(sums)))


def base_of(root: Path) -> Path:
    """What findings name files relative to: the git root at or above a repository's root, or else that itself."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)


def is_named_like_a_document(path: PurePosixPath) -> bool:
    """Whether a file of this path, relative to a repository's root, would be one of its documents."""
    hidden = any(part.startswith(".") for part in path.parts)  # `..` is none below the root
    return path.suffix.lower() in _SUFFIXES and not hidden and _NOT_DOCUMENTS.isdisjoint(path.parts[:-1])


def _hides_documents(parent: str, name: str) -> bool:
    """Whether a folder is named like a document, or is a link to a claim's folder: links are not followed."""
    folder = os.path.join(parent, name)
    return name.lower().endswith(_SUFFIXES) or (
        os.path.islink(folder) and os.path.isfile(os.path.join(folder, "claim.yaml"))
    )


def _prune(names: list[str]) -> None:
    names[:] = [name for name in names if not name.startswith(".") and name not in _NOT_DOCUMENTS]


def read_document(base: Path, file: str) -> Document:
    """Read and schema-check one document. Never raises for what is in or around the file."""
    try:
        raw = read_start(base / file, MAX_BYTES + 1)
    except NotAFile as error:
        return Document(file, _expected_kind(file), None, [Fault(UNREADABLE_FILE, error.key, NOWHERE)])
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        fault = Fault(UNREADABLE_FILE, "read.unreadable", NOWHERE, values={"reason": reason})
        return Document(file, _expected_kind(file), None, [fault])
    return make_document(file, raw)


def make_document(file: str, raw: bytes) -> Document:
    """Schema-check one document from its bytes, wherever they come from. Never raises for what is in them."""
    digest = digest_of(raw)
    tree, faults = read_tree(raw)
    if tree is None:
        return Document(file, _expected_kind(file), None, faults, digest)
    if any(fault.path == "/kind" and not fault.harmless for fault in faults):
        return Document(file, _expected_kind(file), None, faults, digest)  # nobody can say what it is
    kind, more = check_schema(tree)
    faults = quotable(raw, without_cascades(faults, more))
    return Document(file, kind or _expected_kind(file), tree if kind else None, faults, digest)


def digest_of(raw: bytes) -> bytes:
    """SHA-256 of a document's text."""
    return hashlib.sha256(raw).digest()


@lru_cache(maxsize=16)
def _read_again(base: Path, file: str) -> Tree | None:
    """Findings come document by document, so that few need to be at hand."""
    return read_document(base, file).tree


def _expected_kind(file: str) -> str | None:
    """What an unreadable file was probably meant to be, so that references to it are not called unknown."""
    path = PurePosixPath(file)
    by_name = {"claim": "claim", "partner": "partner", "poe": "repository"}
    return by_name.get(path.stem) or {"plans": "plan", "funds": "funds"}.get(path.parent.name)


def _and_around(path: str) -> Iterator[str]:
    """A pointer and those of everything that it lies in, the whole document last."""
    yield path
    while path:
        path = path.rpartition("/")[0]
        yield path
