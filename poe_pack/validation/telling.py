"""Whether a run could have found what it did not find: only then may that be called fixed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from pathlib import PurePosixPath

from poe_pack.documents.codes import CODES as DOCUMENT_CODES
from poe_pack.documents.repository import Document
from poe_pack.rules.base import Rule
from poe_pack.validation import sources, waivers
from poe_pack.validation.baseline import Entry
from poe_pack.validation.by_opening import BY_OPENING
from poe_pack.validation.loading import Loaded


class Telling:
    """Knows what a run looked at. `ran` holds, by a claim's file, the codes of the rules that could run on it."""

    def __init__(self, loaded: Loaded, rules: Sequence[Rule], ran: Mapping[str, Set[str]], *, deep: bool) -> None:
        self._ran = ran
        self._by_file = loaded.documents
        self._by_id: dict[str, list[Document]] = defaultdict(list)
        for document in loaded.documents.values():
            self._by_id[document.id].append(document)
        self._active = {rule.code for rule in rules} - (frozenset() if deep else BY_OPENING)
        # These look at several documents, or at what all rules found.
        own = {code.code for code in (*waivers.CODES, *sources.CODES)}
        self._active |= own | {code.code for code in DOCUMENT_CODES}
        self._together = {rule.code for rule in rules if rule.finish is not None} | own
        broken = [document for document in loaded.documents.values() if _is_broken(document)]
        self._some_broken = bool(broken)
        self._other_broken = any(document.kind != "claim" for document in broken)

    def would_find(self, entry: Entry) -> bool:
        """Whether what an entry says would have been found, were it still so."""
        if entry.code not in self._active:
            return False
        own = self._may_be_about(entry)
        if entry.code < "POE100":
            return all(document.is_readable for document in own)
        if entry.code < "POE200":
            return all(document.is_readable and document.is_sound([entry.path]) for document in own)
        in_the_way = self._some_broken if entry.code in self._together else self._other_broken
        return not in_the_way and all(self._looked(entry.code, document) for document in own)

    def _may_be_about(self, entry: Entry) -> list[Document]:
        """Documents of an entry's file or id, and a folder around it that could not be listed."""
        around = [str(folder) for folder in PurePosixPath(entry.file).parents]
        named = [self._by_file[file] for file in (entry.file, *around) if file in self._by_file]
        return named + self._by_id.get(entry.document, [])

    def _looked(self, code: str, document: Document) -> bool:
        return code in self._together or document.kind != "claim" or code in self._ran.get(document.file, ())


def _is_broken(document: Document) -> bool:
    return not document.is_readable or bool(document.broken)
