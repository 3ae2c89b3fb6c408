"""The page that stands for evidence without pages: an address, a mail, a table, a film, or what is missing."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

from msgspec import Struct

from poe_pack.evidence.facts import Told
from poe_pack.languages.formats import LocaleFormat
from poe_pack.packet.exhibits import Kind
from poe_pack.packet.fields import Field
from poe_pack.packet.taking import Taken
from poe_pack.packet.view import PacketView
from poe_pack.printing import printable, shorten

_LINE = 57.0
"""What fits on a line of text, in its own size: letters of 8.2 points on 168 millimetres."""
_VALUE_COLUMNS = 74
_LONGEST_VALUE = 3 * _VALUE_COLUMNS
_ROOM = 42
"""Lines that fit below an exhibit's head on the shorter paper."""
_FIELD = 1.6
_NARROW = frozenset(" .,:;'|!()[]/ijlrtfI-")
_WIDEST = frozenset("mwMW@%—…□")
_LEAST_TEXT = 6


class FactsPage(Struct, frozen=True):
    """Why there is no evidence page (`why`), `fields` that say what is known, and the `lines` of a file's own text.

    `is_cut`: the text goes on in the original.
    """

    why: str
    fields: tuple[Field, ...]
    lines: tuple[str, ...] = ()
    is_cut: bool = False


def facts_page(view: PacketView, taken: Taken) -> FactsPage:
    """What is printed for an exhibit without pages; it always fits on one page."""
    why = "missing" if taken.facts is not None and taken.facts.sha256 is None else "kind"
    why = "address" if taken.exhibit.url is not None else why
    fields = (*_known(view, taken), *_told(view.speech, taken))
    text = "" if taken.probe is None else dict(taken.probe.told).get(Told.TEXT, "")
    lines = [part for line in printable(text).split("\n") for part in _wrapped(line.rstrip())] if text else []
    used = sum(_FIELD + math.ceil(len(field.value) / _VALUE_COLUMNS) - 1 for field in fields)
    room = max(_LEAST_TEXT, _ROOM - math.ceil(used))
    return FactsPage(why, fields, tuple(lines[:room]), len(lines) > room)


def _known(view: PacketView, taken: Taken) -> Iterator[Field]:
    text, speech, exhibit = view.speech.text, view.speech, taken.exhibit
    if exhibit.url is not None:
        yield Field(text("packet.fact.address"), exhibit.url, style="mono")
    if exhibit.source is not None:
        yield Field(text("packet.fact.file_in_claim"), exhibit.source, style="mono")
    if taken.facts is not None and taken.facts.sha256 is not None:
        kind = taken.facts.media_type
        yield Field(text("packet.fact.kind"), kind.value.upper() if kind else text("packet.fact.unknown_kind"))
        yield Field(text("packet.fact.size"), text("packet.fact.bytes", size=taken.facts.size))
        yield Field("SHA-256", taken.facts.sha256, style="mono digest")
    elif taken.facts is not None:
        yield Field(text("packet.fact.state"), text(f"packet.file.{taken.facts.state}"), style="missing")
    if exhibit.kind is Kind.PROOF:
        proof = view.claim.proof_documents[exhibit.index]
        if proof.captured_on is not None:
            yield Field(text("packet.exhibit.captured_on"), speech.long_date(proof.captured_on))


def _told(speech: LocaleFormat, taken: Taken) -> Iterator[Field]:
    for key, value in taken.probe.told if taken.probe is not None else ():
        if key is Told.TEXT:
            continue
        day = _day(value) if key in (Told.CREATED, Told.CHANGED) else None
        shown = speech.long_date(day) if day is not None else printable(", ".join(value.split("\n")))
        yield Field(speech.text(f"packet.told.{key}"), shorten(shown, _LONGEST_VALUE))


def _day(stamp: str) -> date | None:
    with suppress(ValueError):
        return datetime.fromisoformat(stamp).date()
    return None


def _wrapped(line: str) -> Iterator[str]:
    """A line in pieces that fit, broken at blanks where there are any. The style sheet breaks none."""
    while (end := _fitting(line)) < len(line):
        blank = line.rfind(" ", end // 2, end + 1)
        cut = blank if blank > 0 else end
        yield line[:cut]
        line = line[cut:].lstrip(" ")
    yield line


def _fitting(line: str) -> int:
    """How many characters fit on a line, by their widths; rather too few than too many."""
    width = 0.0
    for place, character in enumerate(line):
        width += _width(character)
        if width > _LINE:
            return place
    return len(line)


def _width(character: str) -> float:
    """At most how wide a character of Inter is, or of another font where that has none."""
    if character in _NARROW:
        return 0.42
    if character in _WIDEST or unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.8 if character.isupper() else 0.65 if character.isalnum() else 0.75
