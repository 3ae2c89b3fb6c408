"""Which findings a change concerns: those of what changed, of what hangs on it, and those that point at it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from pathlib import PurePosixPath

from msgspec import Struct

from poe_pack.documents.repository import ROOT_FILE, is_named_like_a_document
from poe_pack.findings import Finding
from poe_pack.model import Settings
from poe_pack.rulebook import is_own
from poe_pack.validation.loading import Loaded, in_base


class Touched(Struct, frozen=True):
    """`files` are changed files and the documents that a change concerns.

    `accounts` are the funds documents that changed claims may draw on: a new claim may leave too little for an old
    one, and what says so stands at the old claim and points at the account.
    """

    files: frozenset[str]
    accounts: frozenset[str]

    def covers(self, file: str) -> bool:
        """Whether the change concerns a document as a whole."""
        return file in self.files

    def concerns(self, finding: Finding) -> bool:
        """Whether a finding stands in, or points at, something that changed."""
        places = (place.file for place in finding.related)
        return finding.file in self.files or any(file in self.files or file in self.accounts for file in places)


def touched(changed: Set[str], loaded: Loaded, judge: Settings) -> Touched | None:
    """What a change of these files (relative to the base) concerns; None: everything.

    - `poe.yaml` or a rulebook of the repository changed: everything.
    - Another document that is no claim changed, or any document is gone: everything of its partner.
    - A claim changed, or a file in its folder: that claim.

    `judge` are the settings that judge; with a policy from elsewhere the working tree may name another rulebook.
    """
    layout, documents = loaded.layout, loaded.documents
    books = {in_base(layout, name) for name in (judge.rulebook, loaded.settings.rulebook) if is_own(name)}
    if any(_is_in(file, changed) for file in (in_base(layout, ROOT_FILE), *books)):
        return None
    above = {folder for file in changed for folder in _folders(file)}
    claims: set[str] = set()
    others = set(_gone(changed, loaded))
    for file, document in documents.items():
        if _is_in(file, changed) or (document.kind == "claim" and document.folder in above):
            (claims if document.kind == "claim" else others).add(file)
    partners = {loaded.partner_folder(file) for file in others}
    drawing = {loaded.partner_folder(file) for file in claims}
    hanging = {file for file in documents if loaded.partner_folder(file) in partners}
    funds = (file for file, document in documents.items() if document.kind == "funds")
    accounts = frozenset(file for file in funds if loaded.partner_folder(file) in drawing)
    return Touched(frozenset(changed | claims | others | hanging), accounts)


def _is_in(file: str, changed: Set[str]) -> bool:
    """Whether a file changed, or a folder that it lies in: a submodule, or what is no folder any more."""
    return file in changed or any(folder in changed for folder in _folders(file))


def _folders(file: str) -> Iterator[str]:
    """Every folder around a file; the base itself is the empty text."""
    while file:
        file = file.rpartition("/")[0]
        yield file


def _gone(changed: Set[str], loaded: Loaded) -> Iterator[str]:
    """Documents of this repository that are there no more."""
    layout = loaded.layout
    for file in changed:
        path = PurePosixPath(os.path.relpath(layout.base / file, layout.root))
        if is_named_like_a_document(path) and not os.path.lexists(layout.base / file):
            yield file
