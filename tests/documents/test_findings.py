"""Findings of the schema: at the right place, in words, and never with a value that is nobody's business."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poe_pack.documents.node import Tree
from poe_pack.documents.reader import read_tree
from poe_pack.documents.schema import check_schema
from poe_pack.documents.schema_files import load_schema
from poe_pack.formats.words import hint_of, message_of
from poe_pack.languages import catalogue
from poe_pack.validation.options import ConfigurationError, Options
from poe_pack.validation.validate import validate
from tests.rules.harness import AS_OF, base, write

DOCUMENTS, EVIDENCE = base()
SECRET = "Secret Person 4711"


def tree_of(text: str) -> Tree:
    tree, faults = read_tree(text.encode())
    assert tree is not None
    assert not faults
    return tree


def sensitive(schema: dict[str, Any], root: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Paths of values that no output may show; a list is entered by its first item."""
    node = {**root["$defs"][schema["$ref"].removeprefix("#/$defs/")], **schema} if "$ref" in schema else schema
    if node.get("x-sensitive"):
        yield path
    for key, child in node.get("properties", {}).items():
        if isinstance(child, dict):
            yield from sensitive(child, root, (*path, key))
    if isinstance(node.get("items"), dict):
        yield from sensitive(node["items"], root, (*path, "0"))


def document_with(kind: str, path: tuple[str, ...], value: str) -> str:
    """A document, in one line, that has hardly more than this value."""
    text = value
    for part in reversed(path):
        text = f"[{text}]" if part == "0" else f"{{{part}: {text}}}"
    return f"{{kind: {kind}, {text[1:-1]}}}"


KINDS = ("claim", "plan", "partner")
PLACES = [(kind, path) for kind in KINDS for path in sensitive(load_schema(kind), load_schema(kind))]


@pytest.mark.parametrize(("kind", "path"), PLACES, ids=lambda it: it if isinstance(it, str) else "-".join(it))
def test_what_is_sensitive_is_in_no_message(kind: str, path: tuple[str, ...]) -> None:
    for value in (f"[[{SECRET}]]", f"{{{'x'}: {SECRET}}}", f'" {SECRET} "', f"{{name: {{z: {SECRET}}}}}"):
        _, faults = check_schema(tree_of(document_with(kind, path, value)))
        for fault in faults:
            for key in (fault.message, f"{fault.message}.hint"):
                assert "4711" not in catalogue().fill(key, fault.values)


def test_there_are_sensitive_values() -> None:
    assert {path[-1] for _, path in PLACES} >= {"tax_id", "email", "phone", "address", "by", "rate", "approver"}


# --- documents that are nearly right ------------------------------------------------------------------------


def mutated(text: str, chance: random.Random) -> str:
    """The text with a few characters or lines lost, doubled or changed."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text))
        if chance.random() < 0.4:
            lines = text.splitlines(keepends=True)
            number = chance.randrange(len(lines))
            lines[number : number + 1] = [lines[number]] * chance.choice([0, 2])
            text = "".join(lines) or "x"
        else:
            text = text[:at] + chance.choice(["", *":-[]{}\"'#,&*!0A\té\n"]) + text[at + chance.randint(0, 1) :]
    return text


@settings(max_examples=40)
@given(st.sampled_from(sorted(DOCUMENTS)), st.randoms(use_true_random=False))
def test_a_document_that_is_nearly_right_never_stops_the_run(file: str, chance: random.Random) -> None:
    text = mutated(DOCUMENTS[file], chance)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        plain = {path: one.encode() for path, one in {**DOCUMENTS, file: text}.items()}
        write(root, {**EVIDENCE, **plain})
        try:
            result = validate(Options((root,), AS_OF))
        except ConfigurationError:
            assert file == "poe.yaml"
            return
    findings = result.findings
    assert list(findings) == sorted(findings, key=lambda finding: finding.order)
    for finding in findings:
        lines = {**DOCUMENTS, file: text}[finding.file].count("\n") + 1
        assert 1 <= finding.position.line <= lines
        assert message_of(finding, catalogue())
        assert hint_of(finding, catalogue())
