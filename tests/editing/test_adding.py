"""Additions by position: the text says what it said and the addition, and every comment stays."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from poe_pack.documents.reader import read_tree
from poe_pack.documents.repository import make_document
from poe_pack.editing.adding import Addition, CannotAdd, FileAt, MoreFiles, NewProof, added, by_hand, data_with
from poe_pack.editing.outline import outline

CHECKOUT = Path(__file__).resolve().parents[2]
CLAIMS = sorted(
    file
    for folder in ("claims", "examples", "tests/rules/base", "bench")
    for file in (CHECKOUT / folder).rglob("claim.yaml")
)
PHOTO = NewProof("event_photo", ("evidence/new.jpg",), "Stage and room: day 1")
BILL = FileAt(("third_party_invoices", 0, "file"), "b.pdf")
APPROVAL = FileAt(("pre_approval", "file"), "b.pdf")


def data_of(raw: bytes) -> Any:
    tree = read_tree(raw)[0]
    return None if tree is None else tree.data


def comments(text: str) -> list[str]:
    """All comments of a text in their order, as libyaml sees what is none."""
    inside: set[int] = set()
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.ScalarToken):
            inside.update(range(token.start_mark.index, token.end_mark.index))
    places = (match for match in re.finditer(r"#[^\r\n]*", text) if match.start() not in inside)
    found: list[str] = []
    end = 0
    for match in places:
        if match.start() >= end and (match.start() == 0 or text[match.start() - 1] in " \t\r\n,[]{}"):
            found.append(match[0])
            end = match.end()
    return found


def is_inserted(before: str, after: str) -> bool:
    """Whether every character of one text stands in the other, in the same order."""
    rest = iter(after)
    return all(character in rest for character in before)


def additions(data: Any) -> Iterator[Addition]:
    """One addition for each place there is."""
    yield PHOTO
    yield NewProof("event_agenda", ("evidence/a b, [c].pdf", "evidence/é.png"))
    for index, proof in enumerate(data.get("proof_documents") or []):
        if isinstance(proof.get("files"), list):
            yield MoreFiles(index, ("evidence/one more.pdf", "evidence/x.pdf"))
    for *path, key in places(data):
        yield FileAt((*path, key), f"evidence/{key}: 1.pdf")


def places(data: Any) -> Iterator[tuple[Any, ...]]:
    """Every place for one file that has none yet."""
    lists = {
        "third_party_invoices": ("file", "payment_proof", "translation"),
        "certification_service_reports": ("file",),
        "proof_documents": ("translation",),
    }
    for name, keys in lists.items():
        for index, item in enumerate(data.get(name) or []):
            yield from ((name, index, key) for key in keys if item.get(key) is None)
    if isinstance(data.get("pre_approval"), dict) and data["pre_approval"].get("file") is None:
        yield "pre_approval", "file"


def check(raw: bytes, addition: Addition) -> bytes:
    new = added(raw, addition)
    before, after = raw.decode(), new.decode()
    assert data_of(new) == data_with(data_of(raw), addition)
    assert comments(after.lstrip("\ufeff")) == comments(before.lstrip("\ufeff"))
    if "[]" not in before and "[ ]" not in before:
        assert is_inserted(before, after)
    assert after.count("\r\n") == after.count("\n") or "\r\n" not in before
    return new


@pytest.mark.parametrize("file", CLAIMS, ids=lambda file: file.relative_to(CHECKOUT).parent.as_posix())
def test_every_claim_takes_every_addition(file: Path) -> None:
    raw = file.read_bytes()
    data = data_of(raw)
    if make_document("claim.yaml", raw).tree is None:
        with pytest.raises(CannotAdd):
            added(raw, PHOTO)
        return
    for addition in additions(data):
        twice = check(check(raw, addition), PHOTO)
        assert data_of(twice)["proof_documents"][-1] == PHOTO.data


HEAD = "kind: claim\nid: ads  # its folder\n"
NOTES = st.sampled_from(["Page", '"Page: #1"', "'it''s'", "|\n{}  Two\n{}  lines\n", ">-\n{}  folded\n{}  text"])
COMMENT = st.sampled_from(["", "  # seen", "   #", " # [x], {y: z}"])
FILES = st.sampled_from(
    ["[a.pdf]", "['a, b.pdf', \"c.pdf\",]", "[ ]", "[]", "[\n{}  a.pdf,  # one\n{}  b.pdf # two\n{}  ]"]
)


@st.composite
def block_items(draw: st.DrawFn, column: int) -> str:
    """Items of a block list that begin in a column."""
    blanks, deeper = " " * column, " " * (column + 2)
    out = []
    for _ in range(draw(st.integers(1, 3))):
        out.append(f"{blanks}- evidence: event_photo{draw(COMMENT)}")
        how = draw(st.sampled_from(["flow", "block", "indentless", "none"]))
        if how == "flow":
            out.append(f"{deeper}files: {draw(FILES).replace('{}', deeper)}{draw(COMMENT)}")
        elif how != "none":
            inner = deeper + ("  " if how == "block" else "")
            out.append(
                f"{deeper}files:{draw(COMMENT)}\n{inner}- a.pdf{draw(COMMENT)}\n{inner}# between\n{inner}- 'b.pdf'"
            )
        else:
            out.append(f"{deeper}url: https://nordanvind.example/#top")
        note = draw(NOTES)
        out.append(f"{deeper}note: {note.replace('{}', deeper)}{'' if chr(10) in note else draw(COMMENT)}")
        out.append(draw(st.sampled_from(["", f"{deeper}# about the one above", f"{blanks}# about the one below"])))
    return "\n".join(line for line in out if line) + "\n"


@st.composite
def proofs(draw: st.DrawFn) -> str:
    """The part of a claim that holds its proof documents, in one of many layouts."""
    how = draw(st.sampled_from(["none", "null", "empty", "flow", "lines", "block", "indentless"]))
    behind = draw(COMMENT)
    if how == "none":
        return ""
    if how == "null":
        return f"proof_documents:{behind}\n"
    if how == "empty":
        return f"proof_documents: {draw(st.sampled_from(['[]', '[ ]']))}{behind}\n# later\n"
    if how == "flow":
        return f"proof_documents: [{{evidence: event_photo, files: [a.pdf]}}]{behind}\n"
    if how == "lines":
        return (
            "proof_documents: [  # all\n  {evidence: event_photo, files: [a.pdf, 'b # c.pdf'], note: N},  # one\n"
            "  {evidence: event_agenda,\n   files: []}\n  # last\n  ]\n"
        )
    column = 0 if how == "indentless" else draw(st.sampled_from([2, 4]))
    return f"proof_documents:{behind}\n{draw(block_items(column))}"


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A claim in one of many layouts."""
    line = '{description: Adverts, net: "1.00"}'
    invoices = draw(
        st.sampled_from(
            [
                "",
                "third_party_invoices: []  # in-house\n",
                f'third_party_invoices:\n  - number: "1"  # one\n    lines:\n      - {line}  # a\n    # paid in May\n',
                f'third_party_invoices:\n- {{number: "1", lines: [{line}]}}\n- number: "2"\n  lines: [{line}]\n',
                f'third_party_invoices: [{{number: "1", lines: [{line}],}}]  # both\n',
            ]
        )
    )
    reports = draw(
        st.sampled_from(
            [
                "",
                "certification_service_reports: []\n",
                "certification_service_reports:\n- description: Letters  # two\n\n# and\n- {description: 'Mail',}\n",
                "certification_service_reports:\n  - description: A\n    file:  # to come\n    people: []\n    # end\n",
                "certification_service_reports: [{file: , description: A}, {description: B}]  # both\n",
            ]
        )
    )
    approval = draw(
        st.sampled_from(
            [
                "",
                "pre_approval: {}  # asked for\n",
                'pre_approval: {approved_on: "2026-08-14"}\n',
                'pre_approval:  # by mail\n  approved_on: "2026-08-14"  # a Friday\n  file:\n# next\n',
                "pre_approval:\n    applied_for: {place: Malmö}\n    # no day\n",
            ]
        )
    )
    tail = draw(
        st.sampled_from(
            ["", "\n# The end.\n", "metrics: {}\nstatus: editing  # draft\n", "name: >\n  Folded\n  text\n"]
        )
    )
    text = HEAD + "".join(draw(st.permutations([invoices, reports, approval, draw(proofs())]))) + tail
    # A block scalar at the very end says something else when a line follows it: that is refused, and tested below.
    if draw(st.booleans()) and not re.search(r"[|>]-?\n", text):
        text = text.rstrip("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode()


@given(documents())
def test_layouts(raw: bytes) -> None:
    data = data_of(raw)
    assert data is not None, raw
    for addition in additions(data):
        new = check(raw, addition)
        assert data_of(check(new, PHOTO))["proof_documents"][-1] == PHOTO.data


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn")), min_size=1),
    st.sampled_from(
        "yes NO ~ null 1_000 1e3 012 12:30 0x1F .5 +1 = << a:b #c -d [e] {f} &g *h !i |j >k 'l \"m %n @o `p ?".split()
    ),
)


@given(TEXTS, TEXTS, st.sampled_from(["proof_documents: []\n", "proof_documents: [{evidence: a}]\n", ""]))
def test_every_text_comes_back(note: str, name: str, proofs: str) -> None:
    addition = NewProof("event_photo", (f"evidence/{name}",), note)
    raw = f"{HEAD}{proofs}".encode()
    try:
        new = added(raw, addition)
    except CannotAdd:
        # What the schema does not take is refused, and nothing else.
        assume(note.strip() and not re.search(r"[\\]|(^|/)\.\.(/|$)", f"evidence/{name}"))
        raise
    assert yaml.safe_load(new)["proof_documents"][-1] == addition.data


@pytest.mark.parametrize(
    ("text", "addition"),
    [
        ("kind: claim\nproof_documents: none\n", PHOTO),
        ("kind: claim\nproof_documents: {a: b}\n", PHOTO),
        ("kind: claim\nproof_documents: null\n", PHOTO),
        ("kind: claim\nproof_documents: [{evidence: a, files: x}]\n", MoreFiles(0, ("evidence/x.pdf",))),
        ("kind: claim\nproof_documents: [{evidence: a}]\n", MoreFiles(0, ("evidence/x.pdf",))),
        ("kind: claim\nproof_documents: &all []\nname: *all\n", PHOTO),
        ("kind: claim\nthird_party_invoices: [{number: '1', file: a.pdf}]\n", BILL),
        ("kind: claim\nid: [\n", PHOTO),
        ("kind: plan\nproof_documents: []\n---\nkind: claim\n", PHOTO),
        ("- a\n", PHOTO),
        ("", PHOTO),
        ("kind: claim\nname: |\n  no line feed at the end", PHOTO),
        ("kind: claim\nname: |+\n  kept\n\n", BILL),
        ("kind: claim\npre_approval: {file: null}\n", APPROVAL),
        ("kind: claim\npre_approval: {file: a.pdf}\n", APPROVAL),
        ("kind: claim\npre_approval:\n", APPROVAL),
        ("kind: claim\npre_approval: []\n", APPROVAL),
    ],
)
def test_what_cannot_be_edited_says_what_to_write(text: str, addition: Addition) -> None:
    with pytest.raises(CannotAdd) as refused:
        added(text.encode(), addition)
    assert str(refused.value)
    assert "evidence/" in refused.value.by_hand or "b.pdf" in refused.value.by_hand


def test_by_hand_names_the_place() -> None:
    assert by_hand(APPROVAL) == "pre_approval:\n  file: b.pdf"
    second = FileAt(("certification_service_reports", 1, "file"), "b: 1.pdf")
    assert by_hand(second) == 'certification_service_reports, report 2:\n  file: "b: 1.pdf"'
    assert (second.pointer, BILL.parent) == ("/certification_service_reports/1/file", "third_party_invoices, invoice 1")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pre_approval: {}  # asked for\n", "pre_approval: {file: b.pdf}  # asked for\n"),
        ("pre_approval: {approver: A,}\n", "pre_approval: {approver: A, file: b.pdf,}\n"),
        ("pre_approval: {file: , approver: A}\n", "pre_approval: {file: b.pdf , approver: A}\n"),
        ("pre_approval:\n  file:   # soon\n", "pre_approval:\n  file: b.pdf   # soon\n"),
        (
            "pre_approval:\n    approver: A  # who\n      # no day\n\n# next\n",
            "pre_approval:\n    approver: A  # who\n      # no day\n    file: b.pdf\n\n# next\n",
        ),
        ("pre_approval:\r\n  approver: A", "pre_approval:\r\n  approver: A\r\n  file: b.pdf"),
    ],
)
def test_a_file_comes_to_its_place(before: str, after: str) -> None:
    head = "kind: claim\r\n" if "\r" in before else "kind: claim\n"
    assert added(f"{head}{before}".encode(), APPROVAL).decode() == head + after


def test_the_key_comes_where_the_schema_has_it() -> None:
    raw = b"kind: claim\nid: ads\nthird_party_invoices:\n    - number: '1'\n      # no date\nstatus: editing\n"
    assert added(raw, PHOTO).decode().splitlines() == [
        "kind: claim",
        "id: ads",
        "third_party_invoices:",
        "    - number: '1'",
        "      # no date",
        "proof_documents:",
        "    - evidence: event_photo",
        "      files: [evidence/new.jpg]",
        '      note: "Stage and room: day 1"',
        "status: editing",
    ]


def test_an_empty_list_makes_room() -> None:
    raw = b"kind: claim\nproof_documents: []   # none yet\n# - hint\nstatus: editing\n"
    assert added(raw, NewProof("event_photo", ("evidence/a.jpg",))).decode().splitlines() == [
        "kind: claim",
        "proof_documents:   # none yet",
        "  - evidence: event_photo",
        "    files: [evidence/a.jpg]",
        "# - hint",
        "status: editing",
    ]


def test_a_comment_of_the_last_item_stays_with_it() -> None:
    raw = (
        b"kind: claim\nproof_documents:\n- evidence: a\n  files:\n  - x\n\n  # to be translated\n\n# all\nmetrics: {}\n"
    )
    assert added(raw, MoreFiles(0, ("y",))).decode() == raw.decode().replace("  - x\n", '  - x\n  - "y"\n')
    new = added(raw, NewProof("b", ("z",))).decode()
    assert new == raw.decode().replace("translated\n", "translated\n- evidence: b\n  files: [z]\n")


def test_many_empty_lines_take_no_time() -> None:
    raw = b"kind: claim\r\nproof_documents: []" + b"\r\n  " * 20_000 + b"\r\n"
    assert data_of(added(raw, PHOTO))["proof_documents"] == [PHOTO.data]


def test_data_with_leaves_what_it_is_given() -> None:
    data = {"proof_documents": [{"evidence": "a", "files": ["x"]}], "third_party_invoices": [{"number": "1"}]}
    before = copy.deepcopy(data)
    for addition in (*additions(data), BILL):
        assert data_with(data, addition) != data == before


def test_an_outline_ends_where_the_words_do() -> None:
    text = "a: 1  # one\nb:\n  - x: |\n      text\n\n\n# two\nc: [1, {d: 2}] # three\n"
    root = outline(text)
    for path, said in {("a",): "1", ("b", 0, "x"): "|\n      text", ("c",): "[1, {d: 2}]", ("c", 1, "d"): "2"}.items():
        node = root.at(*path)
        assert node is not None
        assert text[node.start : node.end] == said
    assert root.at("b", 1) is root.at("z", "y") is None
    with pytest.raises(ValueError, match="not YAML"):
        outline("a: [")
