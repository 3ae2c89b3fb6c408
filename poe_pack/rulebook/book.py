"""A rulebook in memory: values by date, each with the source it was read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct

from poe_pack.findings import JudgedBy
from poe_pack.languages import Words


class RulebookError(Exception):
    """A rulebook that cannot be used; the text says what is wrong and where."""


class UnsoundRulebook(RulebookError):
    """A rulebook that could be read and has faults: a line of `file:line:column: what` for each."""


class UnknownValue(Exception):
    """No source says anything about this value at this date."""


class Source(Struct, frozen=True):
    """Where a value was read.

    `published` is None for a page that bears no date. `confidence`: A official and whole, B official but partial, C a
    partner's, D inferred.
    """

    id: str
    title: str
    href: str | None
    published: date | None
    read: date
    confidence: str


class Dated(Struct, frozen=True):
    """A value in force on a day: its fields, since when, and the source of its newest version.

    `sources` holds the source of each field: of the version that says it or, by `confirms`, says all of it again.
    """

    fields: Mapping[str, Any]
    since: date
    source: Source
    sources: Mapping[str, Source]

    def judged_by(self, day: date, field: str = "") -> JudgedBy:
        """What a finding says of the value, or of one field of it, that it was judged by."""
        source = self.sources.get(field, self.source)
        return JudgedBy(day, source.title, source.href)


class _Timeline(Struct, frozen=True):
    """The values of one place: each holds from its start until the next one's."""

    starts: tuple[date, ...]
    values: tuple[Dated, ...]


class Rulebook:
    """Read access to a compiled rulebook. `sha256` is that of its canonical JSON."""

    def __init__(self, data: Mapping[str, Any], sha256: str) -> None:
        self._data = data
        self._timelines: dict[tuple[str, ...], _Timeline] = {}
        self.sha256 = sha256
        self.id: str = data["id"]
        self.version: str = data["version"]
        self.title: str = data["title"]
        self.vendor: str = data["vendor"]
        self.fund = Words(names=data["fund"]) if "fund" in data else None

    @property
    def data(self) -> Mapping[str, Any]:
        """Everything that it says, as it is written; to look at only."""
        return self._data

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """All sources by id."""
        return {
            id: Source(
                id,
                entry["title"],
                entry.get("href"),
                date.fromisoformat(entry["published"]) if "published" in entry else None,
                date.fromisoformat(entry["read"]),
                entry["confidence"],
            )
            for id, entry in self._data["sources"].items()
        }

    def ids(self, section: str) -> tuple[str, ...]:
        """Ids of a section such as `activity_types`, `evidence_kinds`, `metrics`, in the rulebook's order."""
        return tuple(self._section(section))

    def entry(self, section: str, id: str) -> Mapping[str, Any] | None:
        """The entry of that id without its dated values being looked at, or None."""
        found: Mapping[str, Any] | None = self._section(section).get(id)
        return found

    def name(self, section: str, id: str, day: date | None = None) -> Words:
        """Name of an entry by language, on a day or else the newest; an unknown id is its own name."""
        entry = self.entry(section, id)
        if entry is None:
            return Words(names={"en": id})
        names = entry["names"]
        values = entry.get("values", {})
        for since in sorted(values):
            if day is not None and since > day.isoformat():
                break
            names = values[since].get("names", names)
        return Words(names=names)

    def value(self, day: date, *path: str) -> Dated:
        """The value at `path` (for example "calendar", "claim_window") in force on a day.

        A version inherits the fields that it is silent on. Raises UnknownValue where nothing is known of that day.
        """
        timeline = self._timelines.get(path)
        if timeline is None:
            timeline = self._timelines[path] = self._timeline(path)
        # Rules ask some fifty times for each claim: a day is only looked up, never worked out again.
        index = bisect_right(timeline.starts, day) - 1
        if index < 0:
            raise UnknownValue("/".join(path))
        return timeline.values[index]

    def _timeline(self, path: tuple[str, ...]) -> _Timeline:
        node: Any = self._data
        for part in path:
            node = node.get(part) if isinstance(node, dict) else None
        versions = node.get("values", {}) if isinstance(node, dict) else {}
        starts = sorted(versions)
        return _Timeline(
            tuple(map(date.fromisoformat, starts)),
            tuple(self._so_far(versions, starts[: number + 1]) for number in range(len(starts))),
        )

    def _so_far(self, versions: Mapping[str, Mapping[str, Any]], starts: Sequence[str]) -> Dated:
        """What versions from these days on, in order of time, say together."""
        fields: dict[str, Any] = {}
        sources: dict[str, Source] = {}
        for start in starts:
            version = versions[start]
            fields.update(version)
            source = self.sources[version["source"]]
            sources.update(dict.fromkeys(fields if "confirms" in version else version, source))
            # A rulebook that extends another says it field by field: two of them may speak on one day.
            told = fields.pop("sources", {})
            sources.pop("sources", None)
            sources.update({field: self.sources[id] for field, id in told.items()})
        for field, value in fields.items():
            if isinstance(value, dict) and "source" in value:
                sources[field] = self.sources[value["source"]]
        return Dated(fields, date.fromisoformat(starts[-1]), self.sources[fields["source"]], sources)

    def _section(self, section: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._data.get(section, {})
        return found
