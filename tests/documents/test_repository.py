"""Which files are documents, and what is known of one that was read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.documents.codes import MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE
from poe_pack.documents.fault import Fault
from poe_pack.documents.node import Places, Tree, pointer, stable_path
from poe_pack.documents.repository import Document, lay_out, read_document
from poe_pack.findings import NOWHERE

# --- finding documents --------------------------------------------------------------------------------------


def make(root: Path, *files: str) -> Path:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("kind: none\n")
    return root


def test_every_yaml_file_is_a_document_but_evidence(tmp_path: Path) -> None:
    root = make(
        tmp_path,
        "poe.yaml",
        "b/claim.yaml",
        "c/claim.YAML",
        "a/claim.yml",
        "a/evidence/notes.yaml",
        "a/evidence/deeper/notes.yaml",
        ".github/x.yaml",
        ".hidden.yaml",
        "node_modules/x/y.yaml",
        "readme.md",
        "a/claim.yaml.orig",
        "inner/poe.yaml",
        "inner/claim.yaml",
    )
    assert lay_out(root).files == ("a/claim.yml", "b/claim.yaml", "c/claim.YAML", "poe.yaml")


def test_files_are_named_from_the_root_of_git(tmp_path: Path) -> None:
    make(tmp_path, "claims/poe.yaml", "claims/a/claim.yaml", "other.yaml")
    (tmp_path / ".git").mkdir()
    layout = lay_out(tmp_path / "claims")
    assert (layout.root, layout.base) == (tmp_path / "claims", tmp_path)
    assert layout.files == ("claims/a/claim.yaml", "claims/poe.yaml")


def test_a_folder_that_cannot_be_listed_is_no_claim_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "poe.yaml", "a/claim.yaml")
    listed = os.scandir

    def scandir(path: str) -> object:
        if os.path.basename(path) == "a":
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    layout = lay_out(tmp_path)
    assert layout.files == ("a", "poe.yaml")


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a/claim.yaml")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    document = read_document(tmp_path, "a/claim.yaml")
    (fault,) = document.faults
    assert (fault.message, fault.values) == ("read.unreadable", {"reason": "permission denied"})
    assert (document.kind, document.tree, document.id) == ("claim", None, "a")


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("a/claim.yaml", "claim"),
        ("partner.yaml", "partner"),
        ("poe.yaml", "repository"),
        ("plans/x.yaml", "plan"),
        ("funds/x.yaml", "funds"),
        ("x.yaml", None),
    ],
)
def test_what_an_unreadable_file_was_probably_meant_to_be(file: str, kind: str | None, tmp_path: Path) -> None:
    make(tmp_path, file)
    (tmp_path / file).write_text("kind: [")
    assert read_document(tmp_path, file).kind == kind
    (tmp_path / file).write_text("kind: something")
    assert read_document(tmp_path, file).kind == kind


# --- what is known of a document ----------------------------------------------------------------------------


def document(*faults: Fault, file: str = "claims/a/claim.yaml", data: object = None) -> Document:
    return Document(file, "claim", Tree({} if data is None else data, Places()), list(faults))


def fault(path: str) -> Fault:
    return Fault(WRONG_TYPE, "schema.wrong_type", NOWHERE, path)


@pytest.mark.parametrize(
    ("path", "read", "sound"),
    [
        ("/date", "/date", False),
        ("/date", "/data", True),
        ("/date", "/dat", True),
        ("/history/3/at", "/history", False),
        ("/history", "/history/3/at", False),
        ("/history_of", "/history", True),
        ("", "/date", False),
        ("/date", "", False),
    ],
)
def test_a_fault_at_in_or_around_what_is_read(path: str, read: str, sound: bool) -> None:
    assert document(fault(path)).is_sound([read]) == sound
    assert document(fault(path)).is_sound(["/elsewhere", read]) == sound
    assert document().is_sound([read])


def test_a_misspelt_key_is_a_fault_of_the_one_that_was_meant() -> None:
    misspelt = Fault(UNKNOWN_KEY, "schema.unknown_key_near", NOWHERE, "/a/amout", {"key": "amout", "nearest": "amount"})
    assert document(misspelt).broken == {"/a/amout", "/a/amount"}
    assert not document(misspelt).is_sound(["/a/amount"])


def test_a_missing_key_is_a_fault_of_its_own_place() -> None:
    assert not document(Fault(MISSING_KEY, "schema.missing", NOWHERE, "/amount")).is_sound(["/amount"])


@pytest.mark.parametrize(
    ("file", "data", "id"),
    [
        ("claims/a/claim.yaml", {"id": "b"}, "b"),
        ("claims/a/claim.yaml", {}, "a"),
        ("claims/a/claim.yaml", {"id": 5}, "a"),
        ("plans/fy27.yaml", [], "fy27"),
        ("claim.yaml", {}, "claim"),
    ],
)
def test_a_document_is_known_by_its_id_or_its_place(file: str, data: object, id: str) -> None:
    assert document(file=file, data=data).id == id


def test_an_id_with_a_fault_counts_as_none() -> None:
    assert document(fault("/id"), data={"id": "../.."}).id == "a"


# --- paths --------------------------------------------------------------------------------------------------

DATA = {"invoices": [{"number": "A/1", "lines": [{"net": 1}, {"net": 2}]}, {"net": 3}], "a/b": {"c": 1}}


@pytest.mark.parametrize(
    ("path", "stable"),
    [
        ("", ""),
        ("/invoices", "/invoices"),
        ("/invoices/0/lines/1/net", "/invoices/A~11/lines/1/net"),
        ("/invoices/1/net", "/invoices/1/net"),
        ("/invoices/9/net", "/invoices/9/net"),
        ("/nothing/0/here", "/nothing/0/here"),
    ],
)
def test_a_path_that_survives_insertions(path: str, stable: str) -> None:
    assert stable_path(DATA, path) == stable


@given(st.lists(st.text()))
def test_pointers_keep_parts_apart(parts: list[str]) -> None:
    text = pointer(*parts)
    assert [part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:]] == parts


def test_places_of_what_is_not_there() -> None:
    tree, _ = read_tree_of("a: {b: 1}\nc:\n  - d: 2\n")
    places = tree.places
    assert places.key("/a/b")[:2] == (1, 5)
    assert places.key("/a/x") == places.keys["/a"]
    assert places.key("/c/0/x") == (3, 5, 3, 6)
    assert places.key("/x") == NOWHERE
    assert places.value("/a/x") == places.values["/a"]
    assert places.value("/x/y") == NOWHERE
    assert places.owner("/c/5") == places.keys["/c"]


def read_tree_of(text: str) -> tuple[Tree, list[Fault]]:
    from poe_pack.documents.reader import read_tree

    tree, faults = read_tree(text.encode())
    assert tree is not None
    return tree, faults
