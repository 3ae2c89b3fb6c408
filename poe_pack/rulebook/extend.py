"""A rulebook that extends one that is shipped: it says what is different, and each difference has its own source.

Entries are joined by id and versions by day; a version says only the fields that differ, and holds until the next
version, of either rulebook, that says the field again. What is undated (names, meanings, groups) is replaced key by
key. Nothing can be taken away: a field that nobody may use any more is said anew. A source that was read again may be
given a later `read`, and nothing else of it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from poe_pack.documents.node import pointer
from poe_pack.rulebook.shipped import shipped, shipped_data

# What a rulebook says of itself and never takes from another.
_OWN = ("id", "version", "title")
# Of a version: what is said about it, not by it.
ABOUT = frozenset(["source", "sources", "confirms"])

_Told = Iterator[tuple[str, str]]
_Values = Mapping[str, Any]


def base_of(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a rulebook extends; None where that is nothing that is shipped."""
    name = data.get("extends")
    return shipped_data(name) if isinstance(name, str) and name in shipped() else None


def not_extendable(data: Mapping[str, Any]) -> _Told:
    """What keeps a rulebook from being joined with the one it extends, with its JSON pointers."""
    name = data.get("extends")
    base = base_of(data)
    if base is None:
        nearest = difflib.get_close_matches(str(name), shipped(), n=1)
        guess = f"; did you mean {nearest[0]!r}?" if nearest else ""
        yield "/extends", f"there is no rulebook {name!r} to extend; shipped are: {', '.join(shipped())}{guess}"
        return
    for key in _OWN:
        if key not in data:
            yield "", f"{key!r} is missing; it is not taken from {name!r}"
    if data.get("id") == base["id"]:
        yield "/id", f"{base['id']!r} is the rulebook that it extends; it needs an id of its own"
    sources = data.get("sources")
    for id, entry in sources.items() if isinstance(sources, dict) else ():
        there = base["sources"].get(id)
        keys = entry if isinstance(entry, dict) else {"": entry}
        if there is not None and any(key != "read" and there.get(key) != value for key, value in keys.items()):
            yield pointer("sources", id), f"{id!r} is a source of {name!r}: only its 'read' can be said anew"


def borrowed_sources(data: Mapping[str, Any]) -> _Told:
    """Versions that differ and name no source, or one of the other rulebook, with their JSON pointers."""
    base = base_of(data) or {"sources": {}}
    for path, version in _versions(data, ""):
        source = version.get("source")
        if source is None:
            yield path, "'source' is missing; what differs needs a source of its own"
        elif source in base["sources"]:
            text = f"{source!r} is a source of {data['extends']!r}; what differs from that needs a source of its own"
            yield f"{path}/source", text


def joined_with_base(data: Mapping[str, Any]) -> dict[str, Any]:
    """The whole rulebook as the schema knows it: what is extended, with every difference in its place."""
    joined: dict[str, Any] = _joined(base_of(data), data, _said_by_both)
    return joined


def with_sources(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same; from the first version of its own on, each says the source of every field that is in force.

    Otherwise a version of the base that confirms an older source would vouch for fields that are not its own, and two
    rulebooks could not speak on one day.
    """
    joined: dict[str, Any] = _joined(base_of(data), data, _told_apart)
    return joined


def _joined(base: Any, own: Any, join_versions: Callable[[_Values, _Values], _Values]) -> Any:
    if not isinstance(base, dict) or not isinstance(own, dict):
        return own
    found = dict(base)
    for key, value in own.items():
        if key == "values" and isinstance(base.get(key), dict) and isinstance(value, dict):
            found[key] = join_versions(base[key], value)
        else:
            found[key] = _joined(base[key], value, join_versions) if key in base else value
    return found


def _said_by_both(base: _Values, own: _Values) -> _Values:
    found: dict[str, Any] = {day: {k: v for k, v in said.items() if k != "sources"} for day, said in base.items()}
    for day, said in own.items():
        found[day] = {**found.get(day, {}), **said} if isinstance(said, dict) else said
    # Of nothing there is no version; the schema says so.
    return dict(sorted(found.items())) if own else {}


def _told_apart(base: _Values, own: _Values) -> _Values:
    found: dict[str, Any] = {}
    sources: dict[str, str] = {}
    ours: set[str] = set()
    for day in sorted({*base, *own}):
        version: dict[str, Any] = {}
        for versions in (base, own):
            said = versions.get(day, {})
            fields = said.keys() - ABOUT
            confirmed = sources.keys() - (ours if versions is base else set()) if "confirms" in said else set()
            sources.update(dict.fromkeys(fields | confirmed, said.get("source")))
            sources.update(said.get("sources", {}))
            ours = ours - fields if versions is base else ours | fields | confirmed
            version.update(said)
        if day >= min(own):
            version["sources"] = dict(sorted(sources.items()))
        found[day] = version
    return found


def _versions(node: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every version that a rulebook says itself, with its JSON pointer."""
    if not isinstance(node, dict):
        return
    for key, child in node.items():
        here = f"{path}{pointer(key)}"
        if key == "values" and isinstance(child, dict):
            yield from ((f"{here}{pointer(day)}", said) for day, said in child.items() if isinstance(said, dict))
        else:
            yield from _versions(child, here)
