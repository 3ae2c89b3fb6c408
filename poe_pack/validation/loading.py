"""Reads a whole claims repository: every document once, in parallel where that pays off."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from poe_pack.documents.files import read_start
from poe_pack.documents.node import Places, Tree, pointer
from poe_pack.documents.reader import MAX_BYTES
from poe_pack.documents.repository import ROOT_FILE, Document, Layout, digest_of, read_document
from poe_pack.model import Claim, Funds, Partner, Plan, Settings
from poe_pack.model.read_claim import read_claim
from poe_pack.model.read_others import read_funds, read_partner, read_plan, read_settings
from poe_pack.validation.options import ConfigurationError

if TYPE_CHECKING:
    from poe_pack.validation.readings import Readings

# Starting processes costs as much as reading some hundred documents.
_DOCUMENTS_PER_JOB = 300

# Opening the cache takes as long as reading some ten documents.
_WORTH_KEEPING = 50
_BATCH = 500

# The tree of a claim takes 40 kB; more than this many are read again when a finding needs a place.
_KEPT_TREES = 500

_Noun = Claim | Plan | Funds | Partner | None
_Read = tuple[Document, _Noun]


class Loaded(Struct):
    """The documents of a repository and the nouns read from those that could be read."""

    layout: Layout
    settings: Settings
    documents: dict[str, Document]
    partner_folders: frozenset[str] = frozenset()
    partners: list[Partner] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    funds: list[Funds] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def add(self, noun: _Noun) -> None:
        """Put a noun beside its like."""
        if isinstance(noun, Claim):
            self.claims.append(noun)
        elif isinstance(noun, Plan):
            self.plans.append(noun)
        elif isinstance(noun, Funds):
            self.funds.append(noun)
        elif isinstance(noun, Partner):
            self.partners.append(noun)

    def unreadable(self, kind: str) -> bool:
        """Whether a document of this kind, or of a kind that nobody can tell, exists that could not be read."""
        return any(document.kind in (kind, None) and not document.is_readable for document in self.documents.values())

    def partner_folder(self, file: str) -> str | None:
        """Folder of the nearest `partner.yaml` beside or above a document, readable or not."""
        folder = file.rpartition("/")[0]
        while folder not in self.partner_folders:
            if not folder:
                return None
            folder = folder.rpartition("/")[0]
        return folder


def load(layout: Layout, jobs: int, remember: bool = False) -> Loaded:
    """Read all documents; with `remember` only claims that changed since they were last read.

    Raises ConfigurationError for settings that cannot be used.
    """
    read = _read_changed(layout, jobs) if remember and len(layout.files) >= _WORTH_KEEPING else None
    read = read or _read_all(layout, layout.files, jobs)
    documents = {document.file: document for document, _ in read}
    settings = _settings(layout, documents)
    # A rulebook of the house lies among the documents but is none of them; whoever loads it checks it.
    documents.pop(in_base(layout, settings.rulebook), None)
    partners = frozenset(document.folder for document in documents.values() if document.kind == "partner")
    loaded = Loaded(layout, settings, documents, partners)
    for document, noun in read:
        if document.file in documents:
            loaded.add(noun)
    return loaded


def _read_changed(layout: Layout, jobs: int) -> list[_Read] | None:
    """All documents, the unchanged claims from the user's cache; None where there is none."""
    from poe_pack.validation.readings import readings  # SQLite is worth its import for many claims only

    kept = readings()
    if kept is None:
        return None
    with kept:
        known = {file: _recalled(layout.base, file, kept) for file in layout.files}
        missing = [file for file, read in known.items() if read is None]
        fresh = _read_all(layout, missing, jobs, kept)
        known |= {read[0].file: read for read in fresh}
    return [read for read in known.values() if read is not None]


def _recalled(base: Path, file: str, kept: Readings) -> _Read | None:
    """A claim that was sound when its text was last read."""
    if not file.endswith("/claim.yaml"):
        return None
    try:
        raw = read_start(base / file, MAX_BYTES + 1)
    except OSError:
        return None
    digest = digest_of(raw)
    data = kept.find(digest)
    if data is None or data.get("kind") != "claim":
        return None
    document = Document(file, "claim", Tree(data, Places()), digest=digest)
    noun = _noun(document)
    document.let_go(base)
    return document, noun


def _read_all(layout: Layout, files: Sequence[str], jobs: int, kept: Readings | None = None) -> list[_Read]:
    workers = jobs or min(os.cpu_count() or 1, len(files) // _DOCUMENTS_PER_JOB)
    read = partial(_read_one, layout.base, len(layout.files) > _KEPT_TREES, kept is not None)
    if workers <= 1 or len(files) < 2:
        return _keeping(map(read, files), kept)
    from concurrent.futures import ProcessPoolExecutor

    # An interrupt reaches the workers, too: they end at once and leave it to us to say so.
    with ProcessPoolExecutor(workers, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL)) as pool:
        return _keeping(pool.map(read, files, chunksize=max(1, len(files) // (workers * 4))), kept)


def _keeping(results: Iterable[tuple[_Read, str | None]], kept: Readings | None) -> list[_Read]:
    """What was read; the encoded data of sound claims goes into the cache."""
    documents: list[_Read] = []
    batch: list[tuple[bytes, str]] = []
    for read, data in results:
        documents.append(read)
        if kept is not None and data is not None and read[0].digest is not None:
            batch.append((read[0].digest, data))
            if len(batch) == _BATCH:
                kept.keep(batch)
                batch.clear()
    if kept is not None:
        kept.keep(batch)
    return documents


def _read_one(base: Path, let_go: bool, encoded: bool, file: str) -> tuple[_Read, str | None]:
    """A document, the noun that it is about and, if wanted, a sound claim's data; of many only claims keep no tree."""
    document = read_document(base, file)
    noun = _noun(document)
    data = _encoded(document) if encoded and isinstance(noun, Claim) and not document.faults else None
    if let_go and isinstance(noun, Claim):
        document.let_go(base)
    return (document, noun), data


def _encoded(document: Document) -> str | None:
    from poe_pack.validation.readings import encode

    try:
        return None if document.tree is None else encode(document.tree.data)
    except (TypeError, ValueError):
        return None  # JSON cannot say it exactly


def _noun(document: Document) -> _Noun:
    if document.tree is None:
        return None
    data, id, file, folder = document.tree.data, document.id, document.file, document.folder
    if document.kind == "claim":
        return read_claim(data, id, file, folder)
    if document.kind == "plan":
        return read_plan(data, id, file)
    if document.kind == "funds":
        return read_funds(data, id, file)
    return read_partner(_unbroken(document), id, file, folder) if document.kind == "partner" else None


def _unbroken(document: Document) -> dict[str, Any]:
    """What a document says, without the keys that have a fault: claims must not be compared with those."""
    data = document.tree.data if document.tree is not None else {}
    return {key: value for key, value in data.items() if pointer(key) not in document.broken}


def _settings(layout: Layout, documents: dict[str, Document]) -> Settings:
    root = in_base(layout, ROOT_FILE)
    return settings_of(root, documents.get(root))


def settings_of(name: str, document: Document | None) -> Settings:
    """What a `poe.yaml` says; `name` is what a message calls it. Raises ConfigurationError for an unknown time zone."""
    settings = read_settings(None if document is None else _sound(document))
    try:
        ZoneInfo(settings.timezone)
    except (OSError, ValueError, LookupError) as error:  # a zone that is not there is a KeyError, a folder an OSError
        text = f"{name}: there is no time zone {settings.timezone!r}; write one such as Europe/Stockholm"
        raise ConfigurationError(text) from error
    return settings


def in_base(layout: Layout, name: str) -> str:
    """A path below the repository's root as findings name it."""
    return PurePosixPath(os.path.relpath(layout.root / name, layout.base)).as_posix()


def _sound(document: Document) -> dict[str, Any]:
    """What `poe.yaml` says without fault; a setting that has a finding keeps its default."""
    data = document.tree.data if document.tree is not None else {}
    return {key: value for key, value in data.items() if document.is_sound([pointer(key)])}


def by_partner(loaded: Loaded, files: Iterable[str]) -> Iterator[tuple[str | None, list[str]]]:
    """Group files by the folder of the partner they belong to."""
    keyed = sorted(((loaded.partner_folder(file), file) for file in files), key=lambda pair: (pair[0] or "", pair[1]))
    for folder, group in groupby(keyed, key=lambda pair: pair[0]):
        yield folder, [file for _, file in group]
