"""What claims and plans said before, from git, where that differs from what they say now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from poe_pack.documents.reader import read_tree
from poe_pack.documents.repository import Document, digest_of
from poe_pack.git import HistoryState, Version, earlier_texts
from poe_pack.rules.base import Earlier, History
from poe_pack.validation.loading import Loaded, in_base

_KINDS = ("claim", "plan")


def read_histories(loaded: Loaded) -> tuple[HistoryState, dict[str, History]]:
    """Histories of the claims and plans that were handed in or have changed, by file, and whether git could be asked.

    Versions that cannot be read as YAML are left out: nobody knows what they said.
    """
    state, texts = earlier_texts(loaded.layout.base, in_base(loaded.layout, "."))
    histories = {}
    for document in loaded.documents.values():
        if document.kind in _KINDS and document.is_readable and document.file in texts:
            history = _history(document, texts[document.file])
            if history is not None:
                histories[document.file] = history
    return state, histories


def _history(document: Document, versions: Sequence[Version]) -> History | None:
    if all(digest_of(version.raw) == document.digest for version in versions):
        return None  # it says what it always said
    earlier = tuple(Earlier(version.commit, data) for version in versions if (data := _data(version.raw)) is not None)
    tree = document.open()
    return None if tree is None else History(tree.data, earlier)


def _data(raw: bytes) -> Mapping[str, Any] | None:
    tree, _ = read_tree(raw)
    data = None if tree is None else tree.data
    return data if isinstance(data, dict) and data.get("kind") in _KINDS else None
