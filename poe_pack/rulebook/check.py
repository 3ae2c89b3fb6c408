"""Reads a rulebook from YAML and refuses it unless every value has a source and every id is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from poe_pack.documents.reader import read_tree
from poe_pack.documents.schema import check_against
from poe_pack.rulebook.book import RulebookError


def read_rulebook(file: Path) -> dict[str, Any]:
    """Data of a rulebook file.

    Raises RulebookError that lists every fault as `file:line:column: what`.
    """
    try:
        tree, faults = read_tree(file.read_bytes())
    except OSError as error:
        raise RulebookError(f"the rulebook {file} cannot be read: {error.strerror}") from error
    if tree is not None:
        faults = [*faults, *check_against("rulebook", tree)]
    if tree is None or faults:
        raise RulebookError(
            "\n".join(
                f"{file}:{f.position.line}:{f.position.column}: {f.message} {f.path or '/'} {dict(f.values)}"
                for f in faults
            )
        )
    problems = [f"{file}:{tree.places.value(path).line}: {text}" for path, text in unknown_ids(tree.data)]
    if problems:
        raise RulebookError("\n".join(problems))
    data: dict[str, Any] = tree.data
    return data


def unknown_ids(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """References to sources, evidence kinds, metrics, ... that the rulebook does not define, with their pointers."""
    for path, version in _versions(data, ""):
        for key in ("source", "confirms"):
            if key in version and version[key] not in data["sources"]:
                yield f"{path}/{key}", f"no source {version[key]!r}"
    for id, activity in data["activity_types"].items():
        for day, version in activity["values"].items():
            path = f"/activity_types/{id}/values/{day}"
            yield from _unknown_in_activity(version, path, data)


def _unknown_in_activity(version: Mapping[str, Any], path: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    sections = {"evidence": "evidence_kinds", "metrics": "metrics", "core": "core_elements"}
    for key, section in sections.items():
        for id in _ids(version.get(key)):
            if id not in data[section]:
                yield f"{path}/{key}", f"no {section} {id!r}"
    for id in version.get("expenses", ()):
        if id not in data["expense_categories"]:
            yield f"{path}/expenses", f"no expense category {id!r}"
    category = version.get("category")
    if category is not None and category not in data["categories"]:
        yield f"{path}/category", f"no category {category!r}"


def _ids(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for child in (*node.get("all", ()), *node.get("any", ()), node.get("then")):
            yield from _ids(child)


def _versions(node: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every dated value of a rulebook, with its JSON pointer."""
    if not isinstance(node, dict):
        return
    for key, child in node.items():
        if key == "values" and isinstance(child, dict):
            for day, version in child.items():
                yield f"{path}/values/{day}", version
        else:
            yield from _versions(child, f"{path}/{key}")
