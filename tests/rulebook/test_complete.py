"""The walk: a complete claim of every activity type in every version is clean, and without any one thing it is not.

Without it there is exactly the finding that says so. What a claim needs comes from `requirements()` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from poe_pack.documents.schema_files import load_schema
from poe_pack.rulebook import Rulebook, load_rulebook
from poe_pack.rulebook.shipped import shipped
from poe_pack.validation.codes import all_codes
from tests.rulebook.complete import Complete, Stated, complete, versions, ways
from tests.rulebook.lacking import further_leave_outs, judge, leave_outs, silent_on, told

BOOKS = {name: load_rulebook(name, Path("/nowhere")) for name in shipped()}
CODES = frozenset(code.code for code in all_codes())


def all_versions() -> Iterator[Any]:
    for name, book in BOOKS.items():
        for type, since, last in versions(book):
            for stated in ways(book, type, since):
                yield pytest.param(book, type, since, last, stated, id=f"{name}-{type}-{since}-{stated}")


@pytest.mark.parametrize(("book", "type", "since", "last", "stated"), list(all_versions()))
def test_a_complete_claim_is_clean_and_each_thing_left_out_is_one_finding(
    book: Rulebook, type: str, since: date, last: date | None, stated: Stated, tmp_path: Path
) -> None:
    it = complete(book, type, since, last, stated)
    silent = silent_on(it.needs) if "POE515" in CODES else Counter()
    assert told(judge(book, it, tmp_path)) == silent, it.claim
    for name, edited, lacks in leave_outs(book, it):
        found = told(judge(book, it.holding(edited), tmp_path))
        # An element that is not shown may call for more evidence; an invoice may prove the activity and the spending.
        assert found - silent == lacks, name
        assert lacks, f"{name}: nothing lacks without it"
    for name, edited, code in further_leave_outs(book, it, CODES):
        found = told(judge(book, it.holding(edited), tmp_path)) - silent
        assert [kind for kind, _ in found.elements()] == [code], name


def entry_of(book: Rulebook, type: str) -> Any:
    return book.entry("activity_types", type)


def test_the_walk_goes_over_every_type_and_version() -> None:
    for book in BOOKS.values():
        there = [(id, day) for id in book.ids("activity_types") for day in entry_of(book, id)["values"]]
        assert [(type, since.isoformat()) for type, since, _ in versions(book)] == there


def seminar() -> tuple[Rulebook, Complete]:
    book = BOOKS["microsoft-coop"]
    return book, complete(book, "customer_seminar_bootcamp", date(2020, 8, 14), None, Stated())


def test_a_leave_out_for_each_kind_of_thing() -> None:
    assert [name for name, _, _ in leave_outs(*seminar())] == [
        *(f"evidence {id}" for id in ("event_invitation", "event_agenda", "event_photo")),
        *(f"core {id}" for id in ("company_brand", "contact_info", "microsoft_content")),
        "metric registered_guest_count",
        "spending proof",
    ]


def test_an_element_that_an_invitation_lacks_calls_for_the_slides(tmp_path: Path) -> None:
    book, it = seminar()
    lacks = {name: lacks for name, _, lacks in leave_outs(book, it)}
    assert lacks["core contact_info"] == {("core", "contact_info"): 1, ("evidence", ("presentation_material",)): 1}


@pytest.mark.parametrize("key", sorted({*load_schema("claim")["required"], "location", "usage_period"}))
def test_each_field_of_the_form_is_needed(key: str, tmp_path: Path) -> None:
    book, it = seminar()
    found = judge(book, it.holding({name: value for name, value in it.claim.items() if name != key}), tmp_path)
    assert len(found) == 1, found
    assert found[0].code.startswith("POE1"), found


@pytest.mark.parametrize("stated", ["conditions", "expenses"])
def test_conditions_of_the_rulebook_are_walked_into(stated: str) -> None:
    book = BOOKS["microsoft-coop"]
    seen = {getattr(way, stated) for type, since, _ in versions(book) for way in ways(book, type, since)}
    assert len(seen) > 1
