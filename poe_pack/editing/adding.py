"""Adds evidence to a claim's text by position: every other character stays as it is.

The text is read again before anybody writes it. It must say exactly what it said before and the addition; else the
program says what to write by hand.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from poe_pack.documents.characters import LINE_BREAK, MARK
from poe_pack.documents.repository import make_document
from poe_pack.documents.scalars import resolve, trap_of
from poe_pack.documents.schema_files import load_schema
from poe_pack.editing.outline import Node, outline

_PROOFS = "proof_documents"
_ITEMS = {"third_party_invoices": "invoice", "certification_service_reports": "report", _PROOFS: "document"}
_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()+@-]*[\w./()+@-])?\Z")
_BLANKS = " \t"
# Possessive: a text of empty lines must not be tried in many ways.
_COMMENT_BELOW = re.compile(r"(?:[ \t]*+(?>\r\n|[\r\n]))*+([ \t]*+)#")


class CannotAdd(Exception):
    """The text cannot be edited without disturbing it. `by_hand` is what somebody has to write there."""

    def __init__(self, why: str, by_hand: str) -> None:
        self.by_hand = by_hand
        super().__init__(why)


class NewProof(Struct, frozen=True):
    """A proof document of its own; `tactic` is the one of a multi-touch campaign that it belongs to."""

    evidence: str
    files: tuple[str, ...]
    note: str | None = None
    tactic: str | None = None

    @property
    def data(self) -> dict[str, Any]:
        """As it stands in the claim."""
        entry = {"evidence": self.evidence, "tactic": self.tactic, "files": list(self.files), "note": self.note}
        return {key: value for key, value in entry.items() if value is not None}


class MoreFiles(Struct, frozen=True):
    """More files of the proof document at `index`, which has a list of files."""

    index: int
    files: tuple[str, ...]


class FileAt(Struct, frozen=True):
    """The file at a place of the claim that has none yet; `path` holds the keys and indexes that lead there.

    What the place belongs to (an invoice, a pre-approval) is in the claim.
    """

    path: tuple[str | int, ...]
    file: str

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer; no key of a place needs escaping."""
        return "".join(f"/{part}" for part in self.path)

    @property
    def parent(self) -> str:
        """What it belongs to, as people find it in the claim."""
        key, *indexes = self.path[:-1]
        return ", ".join([str(key), *(f"{_ITEMS[str(key)]} {int(index) + 1}" for index in indexes)])


Addition = NewProof | MoreFiles | FileAt
_Edit = tuple[int, int, str]


def added(raw: bytes, addition: Addition) -> bytes:
    """The text of a claim with an addition. Raises CannotAdd where that cannot be done with certainty."""
    before = make_document("claim.yaml", raw)
    if before.tree is None or not isinstance(before.tree.data, dict):
        raise _refusal("it cannot be read", addition)
    text = raw.decode("utf-8")
    bare = text.lstrip(MARK)
    try:
        edits = _edits(bare, outline(bare), addition)
    except ValueError as error:
        raise _refusal(str(error), addition) from error
    for start, end, new in sorted(edits, reverse=True):
        bare = bare[:start] + new + bare[end:]
    edited = (text[: len(text) - len(text.lstrip(MARK))] + bare).encode("utf-8")
    after = make_document("claim.yaml", edited)
    expected = data_with(before.tree.data, addition)
    if after.tree is None or after.tree.data != expected or list(after.tree.data) != _in_order(after.tree.data, before):
        raise _refusal("the edited text would not say what it should", addition)
    told, known = (Counter((f.code.code, f.message, f.path) for f in doc.faults) for doc in (after, before))
    if told - known:
        raise _refusal("the edited text would have a fault that it has not now", addition)
    return edited


def data_with(data: Mapping[str, Any], addition: Addition) -> dict[str, Any]:
    """A claim's data with the addition. Raises KeyError or IndexError where its place is not there."""
    new: dict[str, Any] = copy.deepcopy(dict(data))
    if isinstance(addition, FileAt):
        *path, key = addition.path
        parent: Any = new
        for part in path:
            parent = parent[part]
        parent[key] = addition.file
    elif isinstance(addition, MoreFiles):
        new[_PROOFS][addition.index]["files"] += addition.files
    else:
        new[_PROOFS] = [*(new.get(_PROOFS) or []), addition.data]
    return new


def by_hand(addition: Addition) -> str:
    """What to write into the claim, and where."""
    if isinstance(addition, FileAt):
        return f"{addition.parent}:\n  {addition.path[-1]}: {_scalar(addition.file)}"
    if isinstance(addition, MoreFiles):
        names = "".join(f"\n  - {_scalar(file)}" for file in addition.files)
        return f"proof_documents, document {addition.index + 1}, under 'files':{names}"
    return "\n".join(["proof_documents:", *_block_item(addition.data, 2)])


def _refusal(why: str, addition: Addition) -> CannotAdd:
    return CannotAdd(why, by_hand(addition))


def _in_order(after: Mapping[str, Any], before: Any) -> list[str]:
    """The keys as they should stand: those that were there in their order, a new one where it is."""
    old = iter(before.tree.data)
    return [key if key not in before.tree.data else next(old) for key in after]


def _edits(text: str, root: Node, addition: Addition) -> list[_Edit]:
    """Words to put in, as start, end and new text. Raises ValueError where there is no place for them."""
    if isinstance(addition, FileAt):
        return _file_at(text, root, addition)
    if isinstance(addition, MoreFiles):
        files = root.at(_PROOFS, addition.index, "files")
        if files is None or not files.is_sequence:
            raise ValueError("the proof document has no list of files")
        return _more_items(text, files, addition.files)
    proofs = root.at(_PROOFS)
    if proofs is None:
        return _first_proof(text, root, addition)
    return _more_proofs(text, root, proofs, addition)


def _file_at(text: str, root: Node, addition: FileAt) -> list[_Edit]:
    key = str(addition.path[-1])
    parent, there = root.at(*addition.path[:-1]), root.at(*addition.path)
    if parent is not None and there is None:
        return _entry(text, parent, key, addition.file, parent.last)
    if there is not None and there.start == there.end:
        colon = len(text[: there.start].rstrip(_BLANKS))
        if text[colon - 1] == ":":  # nothing behind it
            return [(colon, colon, f" {_flow(addition.file)}")]
    raise ValueError(f"there is no place for '{key}' in {addition.parent}")


def _first_proof(text: str, root: Node, addition: NewProof) -> list[_Edit]:
    """A claim without the key gets it behind what the schema names before it."""
    names = list(load_schema("claim")["properties"])
    earlier = frozenset(names[: names.index(_PROOFS)])
    before = [node for key, node in root.children.items() if key in earlier]
    place = max(before, key=lambda node: node.end, default=root.last)
    if root.is_flow or place is None:
        return _entry(text, root, _PROOFS, [addition.data], place)
    lines = [f"{' ' * root.column}{_PROOFS}:", *_block_item(addition.data, root.column + _indent(root))]
    return [_below(text, place.end, lines, root.column)]


def _more_proofs(text: str, root: Node, proofs: Node, addition: NewProof) -> list[_Edit]:
    column = root.column + _indent(root)
    if proofs.is_sequence and not proofs.is_flow:
        return [_below(text, proofs.end, _block_item(addition.data, proofs.column), proofs.column)]
    if not root.is_flow and proofs.is_sequence and not text[proofs.start + 1 : proofs.end - 1].strip():
        # `[]` makes room for a list in lines; a comment behind it stays where it is.
        start = proofs.start - (text[proofs.start - 1] in _BLANKS)
        return [(start, proofs.end, ""), _below(text, proofs.end, _block_item(addition.data, column), root.column)]
    if proofs.is_sequence:
        return _more_items(text, proofs, [addition.data])
    if not root.is_flow and not proofs.is_collection and proofs.start == proofs.end:  # nothing behind the colon
        return [_below(text, proofs.end, _block_item(addition.data, column), root.column)]
    raise ValueError("proof_documents is not a list")


def _more_items(text: str, sequence: Node, items: Sequence[Any]) -> list[_Edit]:
    if not sequence.is_flow:
        lines = [f"{' ' * sequence.column}- {_flow(item)}" for item in items]
        return [_below(text, sequence.end, lines, sequence.column)]
    words = ", ".join(map(_flow, items))
    last = sequence.last
    place = sequence.start + 1 if last is None else last.end
    return [(place, place, words if last is None else f", {words}")]


def _entry(text: str, mapping: Node, key: str, value: Any, after: Node | None) -> list[_Edit]:
    """A new entry of a mapping behind one of its values; in `{}` it is the first."""
    if mapping.is_sequence or (after is None and not mapping.is_flow):
        raise ValueError("there is no entry to stand behind")
    if after is None:
        return [(mapping.start + 1, mapping.start + 1, f"{key}: {_flow(value)}")]
    if mapping.is_flow:
        return [(after.end, after.end, f", {key}: {_flow(value)}")]
    return [_below(text, after.end, [f"{' ' * mapping.column}{key}: {_flow(value)}"], mapping.column)]


def _below(text: str, end: int, lines: Sequence[str], column: int) -> _Edit:
    """Lines below the one in which something ends, and below comments that stand further in than `column`."""
    place = LINE_BREAK.search(text, end)
    rest = text[end : len(text) if place is None else place.start()].strip(_BLANKS)
    if rest and not rest.startswith("#"):
        raise ValueError("something stands behind the place")
    while place is not None and (comment := _COMMENT_BELOW.match(text, place.end())) and len(comment[1]) > column:
        place = LINE_BREAK.search(text, comment.end())
    first = LINE_BREAK.search(text)
    mark = "\n" if first is None else first[0]
    if place is None:
        return len(text), len(text), "".join(f"{mark}{line}" for line in lines)
    return place.end(), place.end(), "".join(f"{line}{mark}" for line in lines)


def _indent(root: Node) -> int:
    """How far this document sets the lists of its root in; two where it has none."""
    lists = [node for node in root.children.values() if node.is_sequence and not node.is_flow]
    return lists[0].column - root.column if lists else 2


def _block_item(data: Mapping[str, Any], column: int) -> list[str]:
    """An item of a list as lines that begin in a column."""
    lines = [f"{key}: {_flow(value)}" for key, value in data.items()]
    blanks = " " * column
    return [f"{blanks}{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def _flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, str):
        return _scalar(value)
    return f"[{', '.join(map(_flow, value))}]"


def _scalar(text: str) -> str:
    """A text without quotation marks where every reader takes it for text."""
    if _PLAIN.match(text) and trap_of(text) is None and isinstance(resolve(text), str):
        return text
    return json.dumps(text, ensure_ascii=False)
