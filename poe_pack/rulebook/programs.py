"""Incentive programs as a rulebook knows them, found by what a claim calls them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from msgspec import Struct

from poe_pack.model import Money
from poe_pack.rulebook.book import Dated, Rulebook, UnknownValue
from poe_pack.rulebook.caps import read_money


class ProgramFacts(Struct, frozen=True):
    """A program on a day. `co_op` and `threshold` (money earned in a half) are None where no source says.

    `kinds` are its id and its groups, as caps and activity types ask for them. `claimed_as`: programs of which a
    claim names one instead; empty where it names this one. `value` is None where no source knows it on that day.
    """

    id: str
    kinds: frozenset[str]
    co_op: bool | None
    threshold: Money | None
    claimed_as: tuple[str, ...]
    value: Dated | None


@lru_cache(maxsize=256)
def program_id(book: Rulebook, text: str) -> str | None:
    """Id of the program that a claim calls `text` (its English name, id or alias, in any case), or None."""
    wanted = _folded(text)
    for id in book.ids("programs"):
        entry = book.entry("programs", id) or {}
        if wanted in map(_folded, (id, entry["names"]["en"], *entry.get("aliases", ()))):
            return id
    return None


@lru_cache(maxsize=1024)
def program_facts(book: Rulebook, text: str, day: date) -> ProgramFacts | None:
    """What the rulebook says on a day of the program that a claim calls `text`; None if it knows no such program."""
    id = program_id(book, text)
    if id is None:
        return None
    entry = book.entry("programs", id) or {}
    try:
        value = book.value(day, "programs", id)
    except UnknownValue:
        value = None
    fields = {} if value is None else value.fields
    return ProgramFacts(
        id=id,
        kinds=frozenset([id, *entry.get("groups", ())]),
        co_op=fields.get("co_op"),
        threshold=read_money(fields["threshold"]) if "threshold" in fields else None,
        claimed_as=tuple(fields.get("claimed_as", ())),
        value=value,
    )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
