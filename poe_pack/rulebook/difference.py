"""What differs between two rulebooks, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from poe_pack.rulebook.book import Rulebook
from poe_pack.rulebook.extend import ABOUT

_Fields = Mapping[str, Any]

# What a rulebook is, not what it says.
_HEAD = frozenset("kind id version title vendor extends".split())


class Difference(Struct, frozen=True):
    """A field that two rulebooks give differently; None where one of them is silent.

    `path` leads to the entry, as in ("activity_types", "tv_radio"). `since` is the day from which they differ so, None
    for what is not dated. A field that both inherit unchanged on later days is told once.
    """

    path: tuple[str, ...]
    since: str | None
    field: str
    before: Any
    after: Any


def differences(before: Rulebook, after: Rulebook) -> Iterator[Difference]:
    """All differences in the order of the newer rulebook, of an entry by day."""
    old, new = ({key: value for key, value in book.data.items() if key not in _HEAD} for book in (before, after))
    yield from _between(old, new, ())


def _between(old: _Fields, new: _Fields, path: tuple[str, ...]) -> Iterator[Difference]:
    for key in dict.fromkeys((*new, *old)):
        one, other = old.get(key), new.get(key)
        if one == other:
            continue
        both = [found for found in (one, other) if found is not None]
        if not all(isinstance(found, dict) for found in both):
            yield Difference(path, None, key, one, other)
        elif key == "values":
            yield from _between_versions(one or {}, other or {}, path)
        else:
            yield from _between(one or {}, other or {}, (*path, key))


def _between_versions(
    old: Mapping[str, _Fields], new: Mapping[str, _Fields], path: tuple[str, ...]
) -> Iterator[Difference]:
    """Fields in force that differ, on the first day on which they differ so."""
    one: dict[str, Any] = {}
    other: dict[str, Any] = {}
    told: dict[str, tuple[Any, Any]] = {}
    for day in sorted({*old, *new}):
        one.update(old.get(day, {}))
        other.update(new.get(day, {}))
        for field in dict.fromkeys((*other, *one)):
            pair = (one.get(field), other.get(field))
            if field not in ABOUT and pair != told.get(field, (None, None)):
                told[field] = pair
                if pair[0] != pair[1]:
                    yield Difference(path, day, field, *pair)
