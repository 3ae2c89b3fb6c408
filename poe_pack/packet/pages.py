"""Laying the packet out so that every printed page number is the number of the page it speaks of.

Numbers are literal text. A layout is kept once all numbers that it printed are true; otherwise it is made again with
the numbers it had. Most packets need one layout, because the guess already counts every page of evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from poe_pack.packet.context import context_of
from poe_pack.packet.record import Digest
from poe_pack.packet.room import Room, room_of
from poe_pack.packet.sheets import Sheet, full_notes, sheets_of
from poe_pack.packet.view import PacketView
from poe_pack.printing import PAPERS, environment, lay_out

_SHEETS = ("look/print.css", "packet/packet.css")
_DRAFT_SHEETS = (*_SHEETS, "packet/draft.css")
_ATTEMPTS = 6


class LaidOut(Struct, frozen=True):
    """A WeasyPrint Document, the page number of every anchor (from 1), the exhibits' pages in order."""

    document: Any
    numbers: Mapping[str, int]
    sheets: tuple[Sheet, ...]


class _Numbers:
    """Page numbers for a template, which remembers what it asked for."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self.printed: dict[str, int] = {}

    def __call__(self, anchor: str) -> int:
        number = self._known.get(anchor, 0)
        self.printed[anchor] = number
        return number


class _Entry(Struct, frozen=True):
    """A row of the contents."""

    mark: str
    title: str
    about: str
    file: str
    anchor: str
    pages: int


def lay_out_packet(view: PacketView, digests: tuple[Digest, ...], paper: str, tool: str) -> LaidOut:
    """Lay out all pages, with an empty frame for each evidence page. Raises MissingGlyph."""
    template = environment(view.speech.language, paper).get_template("packet/packet.html")
    sheets = sheets_of(view, PAPERS[paper])
    notes = full_notes(view, sheets)
    room = room_of(view, PAPERS[paper], tuple(entry.note for entry in notes))
    context = {**context_of(view, digests, tool), "sheets": sheets, "full_notes": notes, "room": room}
    known = _guess(view, room)
    for _ in range(_ATTEMPTS):
        numbers = _Numbers(known)
        contents = _contents(view, known, context)
        html = template.render(context, page=numbers, contents=contents)
        document = lay_out(html, _DRAFT_SHEETS if view.draft else _SHEETS, paper)
        known = _found(document)
        lengths = _own_lengths(view, known)
        printed_lengths = {entry.anchor: entry.pages for entry in (*contents["own"], *contents["record"])}
        if all(known[anchor] == number for anchor, number in numbers.printed.items()) and lengths == printed_lengths:
            return LaidOut(document, known, sheets)
    raise RuntimeError("page numbers do not settle")


def _found(document: Any) -> dict[str, int]:
    """The page on which each anchor is first met; `end` is the page after the last."""
    known: dict[str, int] = {"end": len(document.pages) + 1}
    for place, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            known.setdefault(anchor, place)
    return known


def _sections(view: PacketView) -> list[str]:
    """Our own pages in order, without cover and contents."""
    return ["form", "cost", *(["reports"] if view.cost.reports else []), "requirements", "record"]


def _guess(view: PacketView, room: Room) -> dict[str, int]:
    """Where everything is likely to be."""
    lengths = room.lengths
    known: dict[str, int] = {}
    place = 1
    for section in ("cover", "contents", *_sections(view)):
        if section == "record":
            for taken in view.exhibits:
                known |= {f"{taken.exhibit.anchor}-{n}": place + n - 1 for n in range(1, taken.printed_pages + 1)}
                place += taken.printed_pages
        known[section] = place
        place += lengths[section]
    known["full-notes"] = known["record"]
    known |= {item.anchor: known["cost"] + at for item, at in zip(view.cost.invoices, room.invoices, strict=True)}
    known |= {item.anchor: known["reports"] for item in view.cost.reports}
    known["end"] = place
    return known


def _own_lengths(view: PacketView, known: Mapping[str, int]) -> dict[str, int]:
    """How many pages each of our sections takes: from its start to whatever comes next."""
    starts = sorted(number for anchor, number in known.items() if "-" not in anchor or anchor.startswith("exhibit-"))
    lengths = {}
    for section in _sections(view):
        start = known[section]
        following = next(number for number in starts if number > start)
        lengths[section] = following - start
    return lengths


def _contents(view: PacketView, known: Mapping[str, int], context: Mapping[str, Any]) -> dict[str, list[_Entry]]:
    text = view.speech.text
    lengths = _own_lengths(view, known)
    abouts = {
        "form": text("packet.contents.about_form"),
        "cost": context["cost_lede"],
        "reports": text("packet.reports.lede", count=len(view.cost.reports)),
        "requirements": _about_requirements(view),
        "record": text("packet.contents.about_record"),
    }
    own = [
        _Entry(str(mark), text(f"packet.{section}"), abouts[section], "", section, lengths[section])
        for mark, section in enumerate(_sections(view), 1)
    ]
    exhibits = [
        _Entry(
            taken.exhibit.tag,
            taken.exhibit.name,
            taken.exhibit.about,
            taken.exhibit.upload or taken.exhibit.url or "",
            f"{taken.exhibit.anchor}-1",
            taken.printed_pages,
        )
        for taken in view.exhibits
    ]
    return {"own": own[:-1], "exhibits": exhibits, "record": own[-1:]}


def _about_requirements(view: PacketView) -> str:
    count = view.requirements.total
    key = "packet.contents.about_requirements" if count else "packet.requirements.none"
    return view.speech.text(key, count=count)


def frames_by_page(laid: LaidOut) -> Sequence[tuple[int, Sheet]]:
    """Page indexes (from 0) of the sheets that have a frame."""
    return [
        (laid.numbers[f"{sheet.taken.exhibit.anchor}-{sheet.number}"] - 1, sheet)
        for sheet in laid.sheets
        if sheet.frame is not None
    ]
