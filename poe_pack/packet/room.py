"""How much room our pages need, before they are laid out: from the heights that the style sheets give their parts.

What would run onto a further page by little is set closer, so that no page holds two rows of a table and nothing
else. The same heights tell where everything is likely to be, which spares most packets a second layout.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from poe_pack.languages.width import cells, letters
from poe_pack.packet.closing import kept_rows, money_rows
from poe_pack.packet.cost_text import invoice_fields, remarks_of, report_fields, steps_of
from poe_pack.packet.fields import COLUMNS, Field, rows_of
from poe_pack.packet.form import claim_fields, declaration_of, program_fields
from poe_pack.packet.inputs import documents_of
from poe_pack.packet.particulars import particular_fields, pre_approval_fields
from poe_pack.packet.view import PacketView
from poe_pack.printing import Paper

_Rows = tuple[tuple[Field, ...], ...]

_TITLE, _LEDE, _HEAD = 12.0, 5.25, 12.0
"""Millimetres of a page's title, a line of its lede, a heading with its space; a full page has the paper's less."""
_LINE, _SMALL = 4.5, 3.75
_FIELD_CELLS = 31
"""What fits beside a label on a third of a form's width; `_..._CELLS` and `_..._LETTERS` are columns of the tables."""
_TACTIC_CELLS, _STATE_CELLS = 28, 43
_SUBJECT_LETTERS, _COMPARED_LETTERS = 22.8, 27.2
_ABOUT_CELLS, _NAME_CELLS = 100, 33
_BESIDE_ROLE = 106.0
"""Millimetres of the rounds for role and text; a letter takes 1.6 to 1.7."""
_LINE_CELLS, _DETAIL_CELLS, _CLOCK_CELLS, _NOTE_CELLS = 38, 46, 125, 92
_SPARE = 2.0
"""What must be left on the form's page, so that its signatures never stand alone on the next."""
_HAN = {"contents": 0.1, "legend": 0.2, "field": 0.6, "check": 0.22, "group": 0.22, "event": 0.4}
"""What Han characters add to a row of `Spaces`."""


class Spaces(Struct, frozen=True):
    """Above and below the text of a row in each table, and what a heading loses, in millimetres; `legend_cells` fit
    on a line of the legend."""

    contents: float = 2.99
    legend: float = 3.24
    legend_cells: int = 82
    field: float = 3.19
    check: float = 3.15
    check_line: float = 4.5
    group: float = 10.3
    event: float = 3.24
    file: float = 1.4
    head: float = 0.0


_WIDE = Spaces()
_TIGHT = Spaces(
    contents=1.94,
    legend=2.04,
    legend_cells=95,
    field=2.04,
    check=2.01,
    check_line=4.25,
    group=9.0,
    event=2.24,
    file=0.84,
    head=1.5,
)  # class `tight` in packet.css


class Room(Struct, frozen=True):
    """Pages that each section is likely to take, and the invoices' pages in the cost, from 0; the sections that are
    set closer; whether the form's further facts stand before its signatures."""

    lengths: dict[str, int]
    invoices: tuple[int, ...]
    tight: frozenset[str]
    particulars_first: bool


def room_of(view: PacketView, paper: Paper, full_notes: tuple[str, ...] = ()) -> Room:
    """Decide for a claim on a paper; `full_notes` are what its record prints in full of its explanatory notes.

    The same claim gets the same answer on every machine: no font is asked.
    """
    room = paper.height - paper.top - paper.bottom
    wide, tight = (_WIDE, _TIGHT) if view.speech.gap else (_taller(_WIDE), _taller(_TIGHT))
    record = partial(_record, full_notes=full_notes)
    heights: dict[str, Callable[[PacketView, Spaces], float]]
    heights = {"contents": _contents, "requirements": _requirements, "record": record}
    *invoices, last = _cost(view, room)
    lengths = {"cover": 1, "cost": last + 1, "reports": _pages(_reports(view), room)}
    closer = set()
    for section, height in heights.items():
        lengths[section], fewer = _pages(height(view, wide), room), _pages(height(view, tight), room)
        if fewer < lengths[section]:
            lengths[section] = fewer
            closer.add(section)
    whole = [spaces for spaces in (wide, tight) if _form(view, spaces) <= room - _SPARE]
    lengths["form"] = 1 if whole else 2
    if whole and whole[0] is tight:
        closer.add("form")
    return Room(lengths, tuple(invoices), frozenset(closer), bool(whole))


def role_width(view: PacketView) -> float:
    """Millimetres for the roles of the rounds, so that no word of theirs breaks."""
    longest = max((cells(word) for event in view.events for word in event.by.split()), default=0)
    return min(48.0, max(31.0, 1.58 * longest + 3.5))


def _taller(spaces: Spaces) -> Spaces:
    """The same for rows of Han characters, which stand a little higher than the line they are given."""
    return replace(spaces, **{name: getattr(spaces, name) + more for name, more in _HAN.items()})


def _pages(height: float, room: float) -> int:
    return max(1, math.ceil(height / room))


def _lines(text: str, width: int) -> int:
    return max(1, math.ceil(cells(text) / width))


def _printed_lines(text: str, width: float) -> int:
    return max(1, math.ceil(letters(text) / width))


def _contents(view: PacketView, spaces: Spaces) -> float:
    sections = 5 if view.cost.reports else 4
    rows = (sections + len(view.exhibits)) * (_LINE + _SMALL + spaces.contents)
    for taken in view.exhibits:
        file = taken.exhibit.upload or taken.exhibit.url or ""
        rows += _SMALL * (_lines(f"{taken.exhibit.about[:60]} - {file[:60]}", _ABOUT_CELLS) - 1)
    legend = sum(
        _LINE * _lines(view.speech.text(f"packet.means.{state}"), spaces.legend_cells) + spaces.legend
        for state, _ in view.requirements.counts
    )
    return _TITLE + 2 * _LEDE + 4 * (_HEAD - spaces.head) + rows + legend


def _form(view: PacketView, spaces: Spaces) -> float:
    """The form with all that it says, declaration and signatures last."""
    groups = (program_fields(view), claim_fields(view), particular_fields(view), pre_approval_fields(view))
    declaration = _HEAD + 50 + 4.9 * math.ceil(cells(declaration_of(view)) / 100)
    return _TITLE + _LEDE + sum(_fields(rows, spaces) for rows in groups) + declaration - spaces.head


def _fields(rows: _Rows, spaces: Spaces) -> float:
    """A heading and the form below it."""
    if not rows:
        return 0
    width = _FIELD_CELLS * COLUMNS / sum(field.span for field in rows[0])
    lines = 0.0
    for row in rows:
        most = max(
            _lines(field.value + 4 * len(field.exhibits) * "x", int(width * field.span + 3 * (field.span - 1)))
            for field in row
        )
        lines += max(most, 1.7 if any(field.style == "amount" for field in row) else 1)
    return _HEAD - spaces.head + len(rows) * (3.9 + spaces.field) + _LINE * lines


def _cost(view: PacketView, room: float) -> tuple[int, ...]:
    """The page of the cost, from 0, on which each invoice begins, and last the one on which the cost ends.

    Its parts are kept whole where a page takes them.
    """
    cost = view.cost
    pages, free, starts = 0, room - _TITLE - _LEDE, []
    for height, begins in _cost_parts(view):
        if height > free and height <= room:
            pages, free = pages + 1, room
        if begins:
            starts.append(pages)
        free -= height
        while free < 0:
            pages, free = pages + 1, free + room
    return (*starts, pages) if cost.invoices or cost.reports else (0,)


def _cost_parts(view: PacketView) -> Iterator[tuple[float, bool]]:
    """Heights of the parts of the cost, and whether an invoice begins there."""
    cost = view.cost
    for item in cost.invoices:
        lines = sum(_invoice_line(line.description, line.details) for line in item.lines)
        yield _fields(rows_of(invoice_fields(view, item)), _WIDE) + 20.5 + lines, True
        if len(item.shares) > 1:
            yield _HEAD + 12.8 + 7.6 * (len(item.shares) + 1), False
    lists = [part for part in (cost.categories, cost.tactics, cost.people) if part]
    right = sum(_HEAD + 7.6 * len(part) + 1.5 * _LINE for part in lists) + 14.5 * len(remarks_of(view))
    yield max(_HEAD + 7.6 * (len(steps_of(view)) + 1), right), False


def _invoice_line(description: str, details: tuple[str, ...]) -> float:
    small = _SMALL * _lines(" - ".join(details), _DETAIL_CELLS) if details else 0
    return 3.24 + _LINE * _lines(description, _LINE_CELLS) + small


def _reports(view: PacketView) -> float:
    height = _TITLE + _LEDE
    for item in view.cost.reports:
        rows = len(item.report.people) + len(item.report.materials)
        height += _fields(rows_of(report_fields(view, item.index)), _WIDE) + (18.2 + 11.5 * rows if rows else 0) + 50
    return height


def _requirements(view: PacketView, spaces: Spaces) -> float:
    height = _TITLE + 2 * _LEDE + 22 - 4 * spaces.head / 3 + spaces.group * len(view.requirements.groups)
    for _, rows in view.requirements.groups:
        for row in rows:
            said = f"{view.speech.text(f'packet.state.{row.state}')}{''.join(row.rest)}"
            subject = spaces.check_line * _printed_lines(row.subject, _SUBJECT_LETTERS)
            subject += _SMALL * _lines(row.tactic, _TACTIC_CELLS) if row.tactic else 0
            lines = max(_printed_lines(row.compared, _COMPARED_LETTERS), _lines(said, _STATE_CELLS))
            height += max(subject, spaces.check_line * lines) + spaces.check
    return height


def _record(view: PacketView, spaces: Spaces, full_notes: tuple[str, ...]) -> float:
    claim, head = view.claim, _HEAD - spaces.head
    height = _TITLE + _LEDE + 4 * head + 14  # of the headings, two have a line of column heads
    by = role_width(view)
    for event in view.events:
        said = sum(_lines(text, int((_BESIDE_ROLE - by) / 1.72)) for text in event.texts)
        height += _LINE * max(said, _lines(event.by, int((by - 3) / 1.58))) + spaces.event
    names = [taken.exhibit.upload or "" for taken in view.exhibits if taken.exhibit.upload]
    names += [*documents_of(view.of), "00-summary.pdf", "portal-sheet.html"]
    names += [f"{proof.evidence} {kept.place}" for proof, kept in view.kept_outside]
    height += sum(_LINE * _lines(name, _NAME_CELLS) + spaces.file for name in names)
    decided = len(money_rows(view))
    if claim.waivers or decided:
        height += head + 10 * (len(claim.waivers) + decided) + 14
    else:
        height += _LINE + spaces.event
    kept = kept_rows(view)
    height += head + 9 * len(kept) if kept else 0
    height += head if full_notes else 0
    height += sum(_LINE * _lines(note, _NOTE_CELLS) + _WIDE.event for note in full_notes)
    clock = _SMALL * _lines(view.speech.text("packet.record.no_clock"), _CLOCK_CELLS)
    return height + 2 * (3.9 + _LINE + spaces.field) + 3 + clock
