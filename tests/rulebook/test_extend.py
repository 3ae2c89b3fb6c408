"""A rulebook that extends a shipped one: what differs, from when, and whose word it is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from poe_pack.rulebook import Rulebook, RulebookError, UnknownValue, load_rulebook, rulebook_from
from poe_pack.rulebook.check import read_rulebook
from poe_pack.rulebook.load import canonical
from poe_pack.rulebook.shipped import DATA

HEAD = """\
kind: rulebook
extends: microsoft-coop
id: nordanvind
version: "2026.2"
title: How Nordanvind reads it
sources:
  house: {title: Finance handbook, published: "2026-01-01", read: "2026-11-01", confidence: D}
"""
SEMINAR = ("activity_types", "customer_seminar_bootcamp")
SHIPPED = load_rulebook("microsoft-coop", Path("/nowhere"))


def extended(tmp_path: Path, text: str, head: str = HEAD) -> Rulebook:
    (tmp_path / "house.yaml").write_text(head + text, encoding="utf-8")
    return load_rulebook("house.yaml", tmp_path)


def seminar(day: str, fields: str) -> str:
    return f'activity_types:\n  customer_seminar_bootcamp:\n    values:\n      "{day}": {{{fields}, source: house}}\n'


def said(book: Rulebook, day: date, *path: str) -> dict[str, tuple[Any, str]]:
    """Every field of a value with its source."""
    value = book.value(day, *path)
    about = ("source", "confirms")
    return {field: (text, value.sources[field].id) for field, text in value.fields.items() if field not in about}


def test_what_is_not_said_is_as_in_the_other(tmp_path: Path) -> None:
    book = extended(tmp_path, "")
    assert (book.id, book.version, book.vendor) == ("nordanvind", "2026.2", SHIPPED.vendor)
    for section in ("activity_types", "principles", "parameters", "statuses"):
        assert book.ids(section) == SHIPPED.ids(section)
        for id in book.ids(section):
            assert book.entry(section, id) == SHIPPED.entry(section, id)
    assert set(book.sources) == {*SHIPPED.sources, "house"}


def test_the_digest_is_that_of_everything_together(tmp_path: Path) -> None:
    first = extended(tmp_path, "")
    assert first.sha256 != SHIPPED.sha256
    assert extended(tmp_path, "").sha256 == first.sha256
    assert extended(tmp_path, seminar("2020-08-14", "expenses: [giveaways]")).sha256 != first.sha256
    data = read_rulebook(tmp_path / "house.yaml")
    assert data["extends"] == "microsoft-coop"
    assert data["vendor"] == "Microsoft"


def test_a_field_that_differs_names_its_own_source_and_the_rest_the_old_one(tmp_path: Path) -> None:
    day = date(2020, 8, 14)
    book = extended(tmp_path, seminar("2020-08-14", "expenses: [giveaways]"))
    before, after = said(SHIPPED, day, *SEMINAR), said(book, day, *SEMINAR)
    assert after.pop("expenses") == (["giveaways"], "house")
    before.pop("expenses")
    assert after == before
    assert book.value(day, *SEMINAR).judged_by(day, "expenses").title == "Finance handbook"
    assert said(book, date(2020, 8, 13), *SEMINAR) == said(SHIPPED, date(2020, 8, 13), *SEMINAR)


def test_a_later_version_of_the_other_that_is_silent_on_it_does_not_vouch_for_it(tmp_path: Path) -> None:
    # The source of August 2020 confirms everything of April 2019, but not what a house wrote in between.
    book = extended(tmp_path, seminar("2020-01-01", "expenses: [giveaways]"))
    assert "confirms" in SHIPPED.value(date(2020, 8, 14), *SEMINAR).fields
    found = said(book, date(2020, 8, 14), *SEMINAR)
    assert found["expenses"] == (["giveaways"], "house")
    assert found["evidence"][1] == "core-2020-08"


def test_until_one_says_the_field_again(tmp_path: Path) -> None:
    book = extended(tmp_path, seminar("2019-01-01", "expenses: [giveaways]"))
    assert said(book, date(2019, 1, 1), *SEMINAR)["expenses"] == (["giveaways"], "house")
    day = date(2019, 4, 3)
    assert said(book, day, *SEMINAR) == said(SHIPPED, day, *SEMINAR)


def test_an_own_version_may_confirm_everything_before(tmp_path: Path) -> None:
    text = seminar("2021-01-01", "expenses: [giveaways], confirms: core-2020-08")
    found = said(extended(tmp_path, text), date(2026, 1, 1), *SEMINAR)
    assert {source for _, source in found.values()} == {"house"}


def test_new_entries_and_names_and_a_source_that_was_read_again(tmp_path: Path) -> None:
    head = HEAD + "  core-2020-08: {read: '2027-02-01'}\n"
    text = (
        "categories:\n  demand_generation: {names: {sv: Efterfrågan}}\n"
        "parameters:\n  cars:\n    names: {en: Cars}\n    unit: cars\n"
        '    values: {"2026-01-01": {value: "1", source: house}}\n'
    )
    book = extended(tmp_path, text, head)
    assert book.name("categories", "demand_generation").names["sv"] == "Efterfrågan"
    assert book.name("categories", "demand_generation").names["en"] == "Demand generation"
    assert book.value(date(2026, 1, 1), "parameters", "cars").fields["value"] == "1"
    with pytest.raises(UnknownValue):
        book.value(date(2025, 12, 31), "parameters", "cars")
    assert book.sources["core-2020-08"].read == date(2027, 2, 1)
    assert book.sources["core-2020-08"].title == SHIPPED.sources["core-2020-08"].title


def test_from_bytes_as_from_disk(tmp_path: Path) -> None:
    text = HEAD + seminar("2020-08-14", "expenses: [giveaways]")
    assert rulebook_from(text.encode(), "rulebooks/house.yaml").sha256 == extended(tmp_path, text, "").sha256


def test_what_is_shipped_stays_as_it_is(tmp_path: Path) -> None:
    extended(tmp_path, seminar("2020-08-14", "expenses: [giveaways]"))
    raw = (DATA / "microsoft-coop.json").read_bytes()
    assert canonical(json.loads(raw)) == raw
    assert load_rulebook("microsoft-coop", tmp_path).sha256 == SHIPPED.sha256


WHOLE = '"2020-08-14": {expenses: [giveaways], source: house}'


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("extends: microsoft-coop", "extends: «microsft-coop", "did you mean 'microsoft-coop'?"),
        ("extends: microsoft-coop", "extends: «[other]", "there is no rulebook ['other'] to extend"),
        ("id: nordanvind", "id: «microsoft-coop", "it needs an id of its own"),
        ("  house: {", "  core-2020-08: «{", "only its 'read' can be said anew"),
        ("source: house", "source: «core-2020-08", "needs a source of its own"),
        ("{expenses: [giveaways], source: house}", "«{expenses: [giveaways]}", "'source' is missing; what differs"),
        ("source: house", "source: «hose", "there is no source 'hose'"),
        ("[giveaways]", "[«gifts]", "there is no 'gifts' among expense categories"),
        ("[giveaways]", "«null", "'expenses' must be of type array"),
        ("expenses:", "«expences:", "'expences'"),
        (f"values:\n      {WHOLE}", "values: «{}", "'values' needs at least 1 keys"),
        ("customer_seminar_bootcamp:\n", "«house_party:\n", "'names' is missing"),
        ("source: house", "source: house, «sources: {expenses: house}", "'sources'"),
        (WHOLE, '"2020-08-14": «7', "must be of type object"),
        (WHOLE, '"2020-02-31": «{expenses: [giveaways], source: house}', "there is no day 2020-02-31"),
    ],
)
def test_mistakes_are_told_where_they_are(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = HEAD + seminar("2020-08-14", "expenses: [giveaways]")
    assert text.count(old) == 1
    text = text.replace(old, new)
    before = text.partition("«")[0]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    with pytest.raises(RulebookError) as refused:
        extended(tmp_path, text.replace("«", ""), "")
    (told,) = str(refused.value).splitlines()
    assert told.startswith(f"{tmp_path}/house.yaml:{place}: ")
    assert says in told


def test_what_it_must_say_of_itself(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as refused:
        extended(tmp_path, "", "kind: rulebook\nextends: microsoft-coop\n")
    assert [line.partition(":1:1: ")[2] for line in str(refused.value).splitlines()] == [
        "'id' is missing; it is not taken from 'microsoft-coop'",
        "'title' is missing; it is not taken from 'microsoft-coop'",
        "'version' is missing; it is not taken from 'microsoft-coop'",
    ]


def test_what_is_not_yaml(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"house\.yaml:[0-9]+:[0-9]+: this is not YAML"):
        extended(tmp_path, "categories: [")
