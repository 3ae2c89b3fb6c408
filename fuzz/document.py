"""What must hold of every document, whatever its bytes."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from fuzz.broken import Broken
from fuzz.peers import QUICK, READERS, agree
from fuzz.shown import check_formats, verdict_of
from poe_pack.documents.characters import LINE_BREAK
from poe_pack.documents.fault import Fault, quotable
from poe_pack.documents.node import Tree, pointer
from poe_pack.documents.ordinary import read_ordinary
from poe_pack.documents.reader import read_text, read_tree
from poe_pack.documents.repository import Document, read_document
from poe_pack.documents.schema import check_schema, without_cascades
from poe_pack.editing.fixing import apply
from poe_pack.findings import Finding, Fix, Position
from poe_pack.model.read_claim import read_claim
from poe_pack.model.read_others import read_funds, read_partner, read_plan, read_settings
from poe_pack.validation.running import document_findings

FILE = "claim.yaml"
# Slow in Python alone: of the readers that are no part of libyaml, only short texts are compared, and not all.
_SHORT = 500
_ROUNDS = 8


def check_document(raw: bytes, folder: Path, *, thorough: bool = False) -> frozenset[str]:
    """Read, judge, mend and show one document.

    Returns what came of it in a few words: an input that gives others is worth changing further. `thorough` does for
    each what is else done in turns; whose turn it is depends on the bytes alone. Raises Broken.
    """
    turn = None if thorough else zlib.crc32(raw)
    (folder / FILE).write_bytes(raw)
    document = read_document(folder, FILE)
    tree, faults = read_tree(raw)
    _quickly(raw)
    _same_twice(raw, document, tree, faults, judge=turn is None or turn % 4 == 0)
    text = Text(raw)
    _places(text, tree, document.faults)
    _order(faults)
    _model(document)
    # A text alone is no document to any schema; of a block text without indentation readers make this or that.
    if tree is not None and isinstance(tree.data, dict | list) and all(fault.harmless for fault in faults):
        slow = turn is None or (len(raw) <= _SHORT and turn % 16 == 0)
        agree(tree.data, raw.decode("utf-8-sig"), tuple(READERS) if slow else QUICK)
    findings = sorted(document_findings([document]), key=lambda finding: finding.order)
    unique(findings)
    check_formats(verdict_of(folder, findings), turn)
    if any(fault.fix is not None for fault in document.faults):
        _fixes_keep_the_data(raw, tree, faults)
        _fixes_come_to_an_end(raw, document, folder)
    return frozenset(f"{fault.code.code} {fault.message}" for fault in document.faults) | {f"kind {document.kind}"}


# --- reading ------------------------------------------------------------------------------------------------


def _quickly(raw: bytes) -> None:
    """What is read without a look at places and traps has none, and says the same with it."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return
    ordinary = read_ordinary(text)
    if ordinary is not None:
        tree, faults = read_text(text)
        # As text: `1` and `true` are equal to Python.
        if tree is None or faults or repr(tree.data) != repr(ordinary):
            raise Broken("an ordinary document has no fault and the same data", str(faults)[:400])


def _same_twice(raw: bytes, document: Document, tree: Tree | None, faults: list[Fault], *, judge: bool) -> None:
    if tree is None and not faults:
        raise Broken("a document is read or refused")
    if document.tree is not None and document.tree != tree:
        raise Broken("the same tree when read twice")
    if tree is None and document.faults != faults:
        raise Broken("the same faults when read twice")
    if judge and document.tree is not None:
        _, more = check_schema(document.tree)
        if quotable(raw, without_cascades(faults, more)) != document.faults:
            raise Broken("the same faults when judged twice")


class Text:
    """The lines of a text as positions count them; what is no UTF-8 counts as one character."""

    def __init__(self, raw: bytes) -> None:
        self._lengths = [len(line) for line in LINE_BREAK.split(raw.decode("utf-8", "replace"))]

    def check(self, place: Position, what: object) -> None:
        """Raise Broken where a place is not in the text, or ends before it starts."""
        line, column, end_line, end_column = place
        if (end_line, end_column) < (line, column):
            raise Broken("a place ends after its start", f"{place} of {what}")
        for at, character in ((line, column), (end_line, end_column)):
            if not (1 <= at <= len(self._lengths) and 1 <= character <= self._lengths[at - 1] + 1):
                raise Broken("a place lies in the text", f"{tuple(place)} of {what}")


def _places(text: Text, tree: Tree | None, faults: Iterable[Fault]) -> None:
    for fault in faults:
        text.check(fault.position, f"{fault.code.code} {fault.message}")
        for place, message in fault.related:
            text.check(place, message)
        for edit in fault.fix.edits if fault.fix is not None else ():
            text.check(edit.position, fault.fix)
    if tree is not None:
        if set(_pointers(tree.data, "")) != set(tree.places.values):
            raise Broken("every value has its place, and nothing else has", str(sorted(tree.places.values))[:400])
        for path, place in (*tree.places.values.items(), *tree.places.keys.items()):
            text.check(place, path)


def _pointers(node: Any, path: str) -> Iterator[str]:
    yield path
    children: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from _pointers(child, path + pointer(key))


def _order(faults: Sequence[Fault]) -> None:
    starts = [fault.position[:2] for fault in faults]
    if starts != sorted(starts):
        raise Broken("faults of reading in the order of the text", str(starts))


def unique(findings: Sequence[Finding]) -> None:
    """Raise Broken where the same is said twice of one place."""
    said = Counter((f.file, f.code, f.message, f.position, f.path, str(f.values)) for f in findings)
    twice = next((key for key, count in said.items() if count > 1), None)
    if twice is not None:
        raise Broken("no finding twice", str(twice))


def _model(document: Document) -> None:
    """Whatever has a kind becomes a noun, faulty or not."""
    if document.tree is None:
        return
    data, id = document.tree.data, document.id
    if document.kind == "claim":
        read_claim(data, id, document.file, document.folder)
    elif document.kind == "plan":
        read_plan(data, id, document.file)
    elif document.kind == "funds":
        read_funds(data, id, document.file)
    elif document.kind == "partner":
        read_partner(data, id, document.file, document.folder)
    else:
        read_settings(data)


# --- mending ------------------------------------------------------------------------------------------------


def _safe(faults: Iterable[Fault]) -> list[Fix]:
    return [fault.fix for fault in faults if fault.fix is not None and fault.fix.safe]


def _said(faults: Iterable[Fault]) -> Counter[str]:
    """How often reading says what."""
    return Counter(f"{f.code.code} {f.message}" for f in faults if f.code.code < "POE1")


def _fixes_keep_the_data(raw: bytes, tree: Tree | None, faults: list[Fault]) -> None:
    """What reading mends means the same afterwards, lacks the finding and has no new one.

    Of a text that means nothing, only that fixes end: past the place where reading stopped there may be more faults.
    """
    before = _said(faults)
    for _ in range(_ROUNDS):
        fixes = _safe(faults)
        if not fixes:
            return
        raw = apply(raw, fixes)
        mended, faults = read_tree(raw)
        if tree is not None and (mended is None or mended.data != tree.data):
            raise Broken("a fix keeps the data", repr(raw[:300]))
        if tree is not None and _said(faults) - before:
            raise Broken("a fix makes no new finding", str(_said(faults) - before))
        if _said(faults) == before:
            raise Broken("a fix takes its finding away", str(before))
        before = _said(faults)
    raise Broken("fixes come to an end")


def _fixes_come_to_an_end(raw: bytes, document: Document, folder: Path) -> None:
    """The same of what reading and schema mend together; a number that became a text may have another form."""
    for _ in range(_ROUNDS):
        fixes = _safe(document.faults)
        if not fixes:
            return
        raw = apply(raw, fixes)
        (folder / FILE).write_bytes(raw)
        mended = read_document(folder, FILE)
        if Counter(f.message for f in mended.faults) == Counter(f.message for f in document.faults):
            raise Broken("a fix of a document takes its finding away", str(fixes)[:400])
        if document.tree is not None and (new := _said(mended.faults) - _said(document.faults)):
            raise Broken("a fix of a document makes no new finding of reading", str(new))
        document = mended
    raise Broken("fixes of a document come to an end")
