"""Reads a rulebook from YAML and refuses it unless every value has a source and every id is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from poe_pack.documents.files import read_start
from poe_pack.documents.reader import MAX_BYTES, read_tree
from poe_pack.documents.schema import check_against
from poe_pack.languages import catalogue
from poe_pack.rulebook.book import RulebookError


def read_rulebook(file: Path) -> dict[str, Any]:
    """Data of a rulebook file.

    Raises RulebookError that lists every fault as `file:line:column: what`.
    """
    try:
        raw = read_start(file, MAX_BYTES + 1)
    except OSError as error:
        raise RulebookError(f"the rulebook {file} cannot be read: {error.strerror}") from error
    return check_rulebook(raw, str(file))


def check_rulebook(raw: bytes, name: str) -> dict[str, Any]:
    """Data of a rulebook from its bytes. Raises RulebookError that lists every fault as `name:line:column: what`."""
    tree, faults = read_tree(raw)
    if tree is not None:
        faults = [*faults, *check_against("rulebook", tree)]
    problems = [(fault.position, catalogue().fill(fault.message, fault.values)) for fault in faults]
    if tree is not None and not faults:
        problems = [(tree.places.value(path), text) for path, text in unknown_ids(tree.data)]
    if tree is None or problems:
        told = (f"{name}:{place.line}:{place.column}: {text}" for place, text in sorted(problems))
        raise RulebookError("\n".join(told))
    data: dict[str, Any] = tree.data
    return data


def unknown_ids(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """References to what the rulebook does not define, and days that do not exist, with their JSON pointers."""
    for path, day, version in _versions(data, ""):
        if not _is_day(day):
            yield path, f"there is no day {day}"
        for key in ("source", "confirms"):
            if key in version and version[key] not in data["sources"]:
                yield f"{path}/{key}", f"there is no source {version[key]!r}"
    for id, activity in data["activity_types"].items():
        for day, version in activity["values"].items():
            yield from _unknown_in_activity(version, f"/activity_types/{id}/values/{day}", data)


def _unknown_in_activity(version: Mapping[str, Any], path: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    sections = {"evidence": "evidence_kinds", "metrics": "metrics", "core": "core_elements"}
    named = [(place, id, section) for key, section in sections.items() for place, id in _ids(version.get(key), key)]
    named += [(f"expenses/{n}", id, "expense_categories") for n, id in enumerate(version.get("expenses", ()))]
    if "category" in version:
        named.append(("category", version["category"], "categories"))
    for place, id, section in named:
        if id not in data[section]:
            yield f"{path}/{place}", f"there is no {id!r} among {section.replace('_', ' ')}"


def _ids(node: Any, path: str) -> Iterator[tuple[str, str]]:
    """Ids in a need, with their places."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key in ("all", "any"):
            for index, child in enumerate(node.get(key, ())):
                yield from _ids(child, f"{path}/{key}/{index}")
        yield from _ids(node.get("then"), f"{path}/then")


def _versions(node: Any, path: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every dated value of a rulebook, with its JSON pointer and its day."""
    if not isinstance(node, dict):
        return
    for key, child in node.items():
        if key == "values" and isinstance(child, dict):
            for day, version in child.items():
                yield f"{path}/values/{day}", day, version
        else:
            yield from _versions(child, f"{path}/{key}")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
