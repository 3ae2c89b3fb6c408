"""A rulebook in memory: values by date, each with the source it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from poe_pack.findings import JudgedBy
from poe_pack.languages import Words


class RulebookError(Exception):
    """A rulebook that cannot be used; the text says what is wrong and where."""


class UnknownValue(Exception):
    """No source says anything about this value at this date."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read. `confidence`: A official and whole, B official but partial, C a partner's, D inferred."""

    id: str
    title: str
    href: str | None
    published: date
    read: date
    confidence: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A value in force on a day: its fields, since when, and its source."""

    fields: Mapping[str, Any]
    since: date
    source: Source

    def judged_by(self, day: date) -> JudgedBy:
        """What a finding says of the value that it was judged by."""
        return JudgedBy(day, self.source.title, self.source.href)


class Rulebook:
    """Read access to a compiled rulebook. `sha256` is that of its canonical JSON."""

    def __init__(self, data: Mapping[str, Any], sha256: str) -> None:
        self._data = data
        self.sha256 = sha256
        self.id: str = data["id"]
        self.version: str = data["version"]
        self.title: str = data["title"]
        self.vendor: str = data["vendor"]

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """All sources by id."""
        return {
            id: Source(
                id,
                entry["title"],
                entry.get("href"),
                date.fromisoformat(entry["published"]),
                date.fromisoformat(entry["read"]),
                entry["confidence"],
            )
            for id, entry in self._data["sources"].items()
        }

    def ids(self, section: str) -> tuple[str, ...]:
        """Ids of a section such as `activity_types`, `evidence_kinds`, `metrics`."""
        return tuple(self._section(section))

    def entry(self, section: str, id: str) -> Mapping[str, Any] | None:
        """The entry of that id without its dated values being looked at, or None."""
        found: Mapping[str, Any] | None = self._section(section).get(id)
        return found

    def name(self, section: str, id: str) -> Words:
        """Name of an entry by language; an id that the rulebook does not know is its own name."""
        entry = self.entry(section, id)
        return Words(names=entry["names"] if entry else {"en": id})

    def value(self, day: date, *path: str) -> Dated:
        """The value at `path` (for example "calendar", "claim_window") in force on a day.

        A version inherits the fields that it is silent on. Raises UnknownValue where nothing is known of that day.
        """
        node: Any = self._data
        for part in path:
            node = node.get(part) if isinstance(node, dict) else None
        if not isinstance(node, dict) or "values" not in node:
            raise UnknownValue("/".join(path))
        return self._in_force(node["values"], day, "/".join(path))

    def _in_force(self, values: Mapping[str, Mapping[str, Any]], day: date, name: str) -> Dated:
        fields: dict[str, Any] = {}
        since: str | None = None
        for start in sorted(values):
            if start > day.isoformat():
                break
            fields.update(values[start])
            since = start
        if since is None:
            raise UnknownValue(name)
        return Dated(fields, date.fromisoformat(since), self.sources[fields["source"]])

    def _section(self, section: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._data.get(section, {})
        return found
