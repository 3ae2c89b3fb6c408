"""A document as data, with the place of every key and value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from poe_pack.findings import NOWHERE, Position


def pointer(*parts: str | int) -> str:
    """JSON pointer (RFC 6901) of a path of keys and indexes."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


_ITEM_KEYS = ("id", "number", "rule", "evidence", "at")


def stable_path(data: Any, path: str) -> str:
    """The pointer with list items named by what identifies them, so that it survives insertions above."""
    parts: list[str] = []
    for part in path.split("/")[1:]:
        name = part
        if isinstance(data, list):
            data = data[int(part)] if part.isdigit() and int(part) < len(data) else None
            if isinstance(data, dict):
                name = next((str(data[key]) for key in _ITEM_KEYS if key in data), part)
        elif isinstance(data, dict):
            data = data.get(part.replace("~1", "/").replace("~0", "~"))
        parts.append(name)
    return pointer(*parts) if parts else ""


class Places(Struct):
    """Positions by JSON pointer: of values, and of the keys that name them."""

    values: dict[str, Position] = field(default_factory=dict)
    keys: dict[str, Position] = field(default_factory=dict)

    def value(self, path: str) -> Position:
        """Place of the value at `path`, or of the nearest thing around it that exists."""
        return self._nearest(self.values, path)

    def key(self, path: str) -> Position:
        """Place of the key that names the value at `path`; of the value itself for list items."""
        return self.keys.get(path) or self.owner(path)

    def owner(self, path: str) -> Position:
        """Where something is missing from: the key of the object at `path`, a list item's start, or line 1."""
        while path:
            if path in self.keys:
                return self.keys[path]
            if path in self.values:
                start = self.values[path]
                return Position(start.line, start.column, start.line, start.column + 1)
            path = path.rpartition("/")[0]
        return NOWHERE

    def _nearest(self, places: dict[str, Position], path: str) -> Position:
        while path:
            if path in places:
                return places[path]
            if path in self.keys:
                return self.keys[path]
            path = path.rpartition("/")[0]
        return NOWHERE


class Tree:
    """Data of one document: dict, list, str, int, Decimal, bool or None, with the places of everything in it."""

    __slots__ = ("_places", "data")

    def __init__(self, data: Any, places: Places | Callable[[], Places]) -> None:
        self.data = data
        self._places = places

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tree) and (self.data, self.places) == (other.data, other.places)

    __hash__ = None  # type: ignore[assignment]  # it can be changed

    @property
    def places(self) -> Places:
        """Where everything is; worked out when first asked for where reading could do without."""
        if not isinstance(self._places, Places):
            self._places = self._places()
        return self._places
