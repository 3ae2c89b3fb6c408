"""The requirements page as values: checklist items by group, with the exhibits that meet them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from poe_pack.languages.formats import LocaleFormat
from poe_pack.languages.width import cells
from poe_pack.languages.words import Words
from poe_pack.packet.exhibits import Exhibit, name_of, tactic_of
from poe_pack.validation.result import CheckGroup, ChecklistItem, CheckState, ClaimResult, Section

_STATES = (CheckState.CHECKED, CheckState.DECLARED, CheckState.WAIVED, CheckState.OPEN, CheckState.MISSING)
_GROUPS = (CheckGroup.ACTIVITY, CheckGroup.COST, CheckGroup.DATES)
_LONG_NAME = 26
_SURE_LINE = 32
"""Columns of a state with its rest that stand on one line in any language."""
_SECTION_ANCHORS = {Section.FORM: "form", Section.COST: "cost", Section.RECORD: "record"}


class RequirementRow(Struct, frozen=True):
    """One requirement, and the tactic of a campaign of several that it is of, empty without one.

    `compared` and `rest`, who vouches for it and since or until when, are text; each part of `rest` stays on one line
    (`is_long`: all together may take more).
    `anchor` is where to look: the first exhibit, else a page of the packet, else None.
    """

    subject: str
    compared: str
    state: CheckState
    rest: tuple[str, ...]
    is_long: bool
    exhibits: tuple[Exhibit, ...]
    anchor: str | None
    tactic: str = ""


class RequirementsView(Struct, frozen=True):
    """Rows by group (empty groups are left out) and how many there are of each state that occurs."""

    groups: tuple[tuple[CheckGroup, tuple[RequirementRow, ...]], ...]
    counts: tuple[tuple[CheckState, int], ...]

    def count(self, state: str) -> int:
        return dict(self.counts).get(CheckState(state), 0)

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


def requirements_of(result: ClaimResult, exhibits: Sequence[Exhibit], speech: LocaleFormat) -> RequirementsView:
    """Lay out the checklist in its own order."""
    by_file = {exhibit.source: exhibit for exhibit in exhibits if exhibit.source is not None}
    addresses = _addresses(result, exhibits, speech)
    rows = []
    for item in result.checklist:
        met_by = [by_file[file] for file in item.files if file in by_file]
        if not item.files and item.state is CheckState.CHECKED:
            met_by = addresses.get(_what(item, speech), [])
        rows.append((item.group, _row(item, tuple(dict.fromkeys(met_by)), result, speech)))
    groups = ((group, tuple(row for own, row in rows if own is group)) for group in _GROUPS)
    counted = Counter(item.state for item in result.checklist)
    return RequirementsView(
        groups=tuple((group, members) for group, members in groups if members),
        counts=tuple((state, counted[state]) for state in _STATES if counted[state]),
    )


def _what(item: ChecklistItem, speech: LocaleFormat) -> tuple[str, str]:
    return speech.say(item.subject), speech.say(item.tactic) if item.tactic is not None else ""


def _addresses(
    result: ClaimResult, exhibits: Sequence[Exhibit], speech: LocaleFormat
) -> dict[tuple[str, str], list[Exhibit]]:
    """Evidence that is an address, by what it is and its tactic: a checklist names only files."""
    found: dict[tuple[str, str], list[Exhibit]] = {}
    for exhibit in exhibits:
        if exhibit.url is not None:
            tactic = tactic_of(result.claim, exhibit)
            key = exhibit.name, name_of(result, "activity", tactic, speech) if tactic else ""
            found.setdefault(key, []).append(exhibit)
    return found


def _row(
    item: ChecklistItem, exhibits: tuple[Exhibit, ...], result: ClaimResult, speech: LocaleFormat
) -> RequirementRow:
    subject, tactic = _what(item, speech)
    anchor = exhibits[0].anchor if exhibits else _SECTION_ANCHORS.get(item.section)
    rest = _rest(item, result, speech)
    return RequirementRow(
        subject=subject,
        compared=_compared(item.compared, speech),
        state=item.state,
        rest=rest,
        is_long=cells("".join((speech.text(f"packet.state.{item.state}"), *rest))) > _SURE_LINE,
        exhibits=exhibits,
        anchor=anchor,
        tactic=tactic,
    )


def _compared(words: Words, speech: LocaleFormat) -> str:
    """What was compared; a span of days as the language says one, with what both ends share said once."""
    first, last = words.values.get("start"), words.values.get("end")
    if isinstance(first, date) and isinstance(last, date):
        return speech.date_range(first, last)
    return speech.say(words)


def _rest(item: ChecklistItem, result: ClaimResult, speech: LocaleFormat) -> tuple[str, ...]:
    """What follows the state's word: who declared or waived it, and when or until when."""
    if item.state is CheckState.CHECKED:
        return (speech.text("packet.state.by_the_tool"),)
    parts = []
    if item.role:
        parts.append(name_of(result, "role", item.role, speech) if "@" not in item.role else item.role)
    if item.on is not None:
        parts.append(_day(item, item.on, result, speech))
    # A long name follows the day, where it has a line of its own.
    return tuple(reversed(parts)) if parts and cells(parts[0]) > _LONG_NAME else tuple(parts)


def _day(item: ChecklistItem, day: date, result: ClaimResult, speech: LocaleFormat) -> str:
    """The day of a declaration, without a year that is the activity's own; or the last day of a waiver."""
    if item.state is CheckState.WAIVED:
        return speech.text("packet.state.until", day=speech.short_date(day))
    dated = result.claim.date
    short = speech.short_day if dated is not None and dated.year == day.year else speech.short_date
    return speech.text("packet.state.on", day=short(day))
