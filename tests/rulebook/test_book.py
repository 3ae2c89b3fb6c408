"""Values by date: in force from their day, inherited field by field, unknown where nobody says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.rulebook import Rulebook, UnknownValue, load_rulebook
from poe_pack.rulebook.load import make_rulebook
from poe_pack.rulebook.shipped import shipped

FOLDER = Path(__file__).resolve().parent
BOOK = load_rulebook("least.yaml", FOLDER)


def test_a_value_is_in_force_from_its_day() -> None:
    with pytest.raises(UnknownValue, match="activity_types/seminar"):
        BOOK.value(date(2019, 12, 31), "activity_types", "seminar")
    first = BOOK.value(date(2020, 1, 1), "activity_types", "seminar")
    assert (first.since, first.source.id) == (date(2020, 1, 1), "guide")


def test_a_version_inherits_what_it_does_not_say() -> None:
    later = BOOK.value(date(2026, 1, 1), "activity_types", "seminar")
    assert (later.since, later.source.id) == (date(2022, 1, 1), "later")
    assert later.fields["expenses"] == ["venue"]
    judged = later.judged_by(date(2026, 1, 1))
    assert (judged.title, judged.href) == ("The later guide", None)


@pytest.mark.parametrize("path", [(), ("activity_types",), ("activity_types", "webinar"), ("id", "x"), ("nothing",)])
def test_what_is_no_value_is_unknown(path: tuple[str, ...]) -> None:
    with pytest.raises(UnknownValue):
        BOOK.value(date(2026, 1, 1), *path)


def test_names() -> None:
    assert BOOK.name("categories", "demand").names == {"en": "Demand", "sv": "Efterfrågan"}
    assert BOOK.name("categories", "no_such").names == {"en": "no_such"}
    clerk = [BOOK.name("roles", "clerk", day).names["en"] for day in (date(2021, 12, 31), date(2022, 1, 1), None)]
    assert clerk == ["Clerk", "Assistant", "Assistant"]
    assert BOOK.ids("evidence_kinds") == ("photo", "slides", "letter"), "the order of the file, not of the alphabet"
    assert BOOK.ids("no_such_section") == ()
    assert BOOK.entry("metrics", "guests") == {"names": {"en": "Guests"}, "kind": "count"}
    assert BOOK.entry("metrics", "no_such") is None


def test_sources() -> None:
    source = BOOK.sources["guide"]
    assert (source.href, source.published, source.confidence) == ("https://vendor.example/guide", date(2020, 1, 1), "A")


days = st.dates(date(2001, 1, 1), date(2089, 12, 31))


@given(st.dictionaries(days, st.dictionaries(st.sampled_from("abc"), st.integers()), min_size=1), days)
def test_the_youngest_word_on_each_field_counts(versions: dict[date, dict[str, int]], day: date) -> None:
    data = {"id": "x", "version": "1", "title": "x", "vendor": "x", "sources": {"s": SOURCE}}
    values = {since.isoformat(): {**fields, "source": "s"} for since, fields in versions.items()}
    book = make_rulebook({**data, "thing": {"values": values}})
    known = [since for since in sorted(versions) if since <= day]
    if not known:
        with pytest.raises(UnknownValue):
            book.value(day, "thing")
        return
    wanted: dict[str, Any] = {"source": "s"}
    for since in known:
        wanted |= versions[since]
    found = book.value(day, "thing")
    assert (dict(found.fields), found.since) == (wanted, known[-1])


def test_each_field_has_the_source_that_says_it() -> None:
    versions = {
        "2020-01-01": {"a": 1, "b": 2, "source": "s"},
        "2021-01-01": {"a": 3, "source": "t"},
        "2022-01-01": {"c": {"x": 1, "source": "s"}, "source": "u", "confirms": "t"},
        "2023-01-01": {"b": 4, "source": "t"},
    }
    sources = {id: {**SOURCE, "title": id} for id in "stu"}
    book = make_rulebook(
        {"id": "x", "version": "1", "title": "x", "vendor": "x", "sources": sources, "a": {"values": versions}}
    )
    wanted = {2020: "ss-s", 2021: "ts-t", 2022: "uusu", 2023: "utst"}
    for year, ids in wanted.items():
        day = date(year, 6, 1)
        found = book.value(day, "a")
        titles = [found.judged_by(day, field).title for field in "abc"] + [found.judged_by(day).title]
        assert titles == [id if id != "-" else found.source.id for id in ids]


SOURCE = {"title": "S", "published": "2020-01-01", "read": "2020-01-01", "confidence": "A"}

# --- those that are shipped ---------------------------------------------------------------------------------


def dated(node: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Every dated value of a rulebook."""
    if isinstance(node, dict):
        for key, child in node.items():
            if key == "values":
                yield path, child
            else:
                yield from dated(child, (*path, key))


def named(node: object) -> Iterator[str]:
    """Every source that is named anywhere in a rulebook."""
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from named(child)
    if isinstance(node, dict):
        yield from (node[key] for key in ("source", "confirms") if isinstance(node.get(key), str))


@pytest.fixture(params=shipped())
def book(request: pytest.FixtureRequest) -> Rulebook:
    return load_rulebook(request.param, FOLDER)


def test_every_shipped_value_is_known_today_and_unknown_before_its_first_day(book: Rulebook) -> None:
    for path, values in dated(book._data):
        first = date.fromisoformat(min(values))
        assert book.value(date(2026, 11, 21), *path).source.id in book.sources
        with pytest.raises(UnknownValue):
            book.value(first - timedelta(days=1), *path)


def test_every_shipped_source_is_used_and_was_read_after_it_was_published(book: Rulebook) -> None:
    assert set(book.sources) <= set(named(book._data))
    for source in book.sources.values():
        assert source.published is None or source.published <= source.read
        assert source.confidence in "ABCD"
        assert source.href is None or source.href.startswith("https://")


def test_every_shipped_version_is_older_than_the_day_it_was_read(book: Rulebook) -> None:
    for path, values in dated(book._data):
        for since, version in values.items():
            assert date.fromisoformat(since) <= book.sources[version["source"]].read, path
