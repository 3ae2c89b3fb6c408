"""Reads a rulebook from YAML and refuses it unless every value has a source, is whole, and names what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from poe_pack.documents.node import Tree
from poe_pack.documents.schema import check_against
from poe_pack.rulebook.book import UnsoundRulebook
from poe_pack.rulebook.extend import borrowed_sources, joined_with_base, not_extendable, with_sources
from poe_pack.rulebook.parts import Joined, Problem, join, said, texts_of
from poe_pack.rulebook.references import references

# What a value must say by its first version; later ones may be silent and inherit it.
_WHOLE: Mapping[str, tuple[str, ...]] = {
    "calendar/fiscal_year": ("month", "day", "periods", "label", "year_label"),
    "calendar/usage_period": ("halves_after_earning",),
    "calendar/claim_window": ("opens", "closes"),
    "calendar/retention": ("after", "months"),
    "calendar/business_days": ("weekdays",),
    "calendar/deadlines/*": ("after", "within", "by", "statuses"),
    "calendar/lead_times/*": ("at_least", "by"),
    "spending_proof": ("any",),
    "reimbursement": ("percent",),
    "payment_proof": ("any",),
    "languages": ("accepted",),
    "gates": ("must_be",),
    "amendments": ("fields",),
    "portal": ("screens",),
    "tax_included": ("expenses",),
    "local_allowances": ("markets",),
    "permissions/*": ("roles",),
    "statuses/*": ("first", "transitions"),
    "navigation/*": ("menus",),
}


def read_rulebook(source: Path) -> dict[str, Any]:
    """Data of a rulebook file, or of a folder of files that make one.

    Raises UnsoundRulebook that lists every fault, and RulebookError for what cannot be read from disk.
    """
    return _checked(join(texts_of(source)))


def check_rulebook(raw: bytes, name: str) -> dict[str, Any]:
    """Data of a rulebook from the bytes of its file, wherever they come from. Raises RulebookError likewise."""
    return _checked(join({Path(name): raw}))


def _checked(joined: Joined) -> dict[str, Any]:
    """Data of a rulebook, with what it extends below it: a fault of the whole has its place in what differs."""
    own: Any = joined.tree.data if joined.tree is not None else None
    extends = isinstance(own, dict) and "extends" in own
    problems = list(joined.problems)
    if joined.tree is not None and extends:
        told = list(not_extendable(own)) or list(borrowed_sources(own))
        if problems or told:
            raise UnsoundRulebook(_list([*problems, *(joined.problem(path, text) for path, text in told)]))
        joined.tree = Tree(joined_with_base(own), joined.tree.places)
    if joined.tree is not None:
        faults = check_against("rulebook", joined.tree)
        problems += (joined.problem(fault.path, said(fault), fault.position) for fault in faults)
        if not problems:
            data = joined.tree.data
            told = [*unsound_versions(data), *incomplete(data), *unknown_ids(data)]
            problems = [joined.problem(path, text) for path, text in told]
    if joined.tree is None or problems:
        raise UnsoundRulebook(_list(problems))
    found: dict[str, Any] = with_sources(own) if extends else own
    return found


def _list(problems: Iterable[Problem]) -> str:
    return "\n".join(map(str, sorted(problems)))


def unsound_versions(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Days that do not exist and sources that are not there, with their JSON pointers."""
    for path, day, version in _versions(data, ""):
        if not _is_day(day):
            yield path, f"there is no day {day}"
        for key in ("source", "confirms"):
            if key in version and version[key] not in data["sources"]:
                yield f"{path}/{key}", f"there is no source {version[key]!r}"


def incomplete(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Values whose first version leaves out what every later one needs."""
    for pattern, keys in _WHOLE.items():
        for path, node in _found(data, pattern.split("/"), ""):
            first = min(node["values"])
            for key in keys:
                if key not in node["values"][first]:
                    yield (
                        f"{path}/values/{first}",
                        f"{key!r} is missing, and there is no earlier version to inherit it from",
                    )


def unknown_ids(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """References to what the rulebook does not define, with their JSON pointers."""
    for reference in references(data):
        known = [section for section in reference.sections if reference.id in data.get(section, {})]
        if not known and reference.id not in reference.others:
            among = " or ".join((*(section.replace("_", " ") for section in reference.sections), *reference.named))
            yield reference.path, f"there is no {reference.id!r} among {among}"


def _found(node: Any, parts: list[str], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Nodes at a path in which `*` stands for every key."""
    if not isinstance(node, dict):
        return
    if not parts:
        yield path, node
        return
    keys = list(node) if parts[0] == "*" else [parts[0]]
    for key in keys:
        yield from _found(node.get(key), parts[1:], f"{path}/{key}")


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
