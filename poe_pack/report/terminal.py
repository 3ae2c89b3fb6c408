"""The status as a table for a terminal. Loads nothing heavy: dates are ISO dates, amounts plain English."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.languages.width import cells
from poe_pack.model import Money
from poe_pack.report.facts import ClaimRow, StatusFacts
from poe_pack.report.table import BOLD, DIM, GREEN, RED, Column, styled, table
from poe_pack.report.text import plain_amount, shorten
from poe_pack.validation.state import State

_NARROWEST = 40
_NONE = "–"
_STYLES = {
    State.ACTION_REQUIRED: BOLD + RED,
    State.FAULTY: RED,
    State.READY: GREEN,
    State.PAID: DIM,
    State.REJECTED: DIM,
    State.EXPIRED: DIM,
}


def render_status(facts: StatusFacts, *, color: bool, width: int, language: str = "en") -> str:
    """Headline figures, one line per claim by next last day, sums per status, and what to do next.

    Lines are at most `width` columns wide (at least 40) unless ids, dates and amounts need more. Colour says
    nothing that is not said in words. Ends with a line break.
    """
    words, width = catalogue(language), max(width, _NARROWEST)
    blocks = [
        _head(facts, words, width, color),
        _figures(facts, words, width),
        _claims(facts, words, width, color),
        _totals(facts, words, width, color),
        _notes(facts, words, width),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(facts: StatusFacts, words: Catalogue, width: int, color: bool) -> list[str]:
    names, fund = [visible(partner.name) for partner in facts.partners], words.say(facts.fund)
    if len(names) == 1:
        title = words.text("report.terminal.title_of", fund=fund, partner=names[0])
    else:
        key = "report.terminal.title" if names else "report.title"
        title = words.text(key, fund=fund, count=len(names))
    day = words.text("report.as_of", day=facts.as_of)
    return [styled(shorten(title, width - cells(day) - 2), BOLD, color) + f", {day[:1].lower()}{day[1:]}"]


def _figures(facts: StatusFacts, words: Catalogue, width: int) -> list[str]:
    rows: list[tuple[str, str, str]] = []
    for line in facts.headlines:
        claimable, at_risk = line.claimable, line.at_risk
        rows += [
            (
                words.text("report.claimable"),
                _money(claimable.amount, line.currency),
                words.text("report.nothing_missing", count=claimable.count),
            ),
            (
                words.text("report.at_risk"),
                _money(at_risk.amount, line.currency),
                words.text("report.lacking", count=at_risk.count),
            ),
        ]
        if line.remaining is not None and line.until is not None:
            until = words.text("report.until", day=line.until)
            rows.append(
                (
                    words.text("report.remaining"),
                    _money(line.remaining, line.currency),
                    f"{', '.join(map(visible, line.periods))}, {until}",
                )
            )
    rows.append(_next_figure(facts, words))
    columns = [
        Column("", tuple(row[0] for row in rows)),
        Column("", tuple(row[1] for row in rows), right=True),
        Column("", tuple(row[2] for row in rows), least=12),
    ]
    return list(table(columns, width, color=False, head=False))


def _next_figure(facts: StatusFacts, words: Catalogue) -> tuple[str, str, str]:
    title, deadline = words.text("report.next_deadline"), facts.next_deadline
    if deadline is None:
        return (title, _NONE, words.text("report.no_deadline"))
    return (
        title,
        deadline.day.isoformat(),
        f"{days_text(words, deadline.days)}: {_some(deadline.claims, words)}",
    )


def _some(ids: Sequence[str], words: Catalogue) -> str:
    first = visible(ids[0])
    return first if len(ids) == 1 else words.text("report.and_more", what=first, count=len(ids) - 1)


def days_text(words: Catalogue, days: int) -> str:
    """In 2 days, today, 3 days late."""
    if days == 0:
        return words.text("report.today")
    return words.text("report.days_left" if days > 0 else "report.days_late", count=abs(days))


def _claims(facts: StatusFacts, words: Catalogue, width: int, color: bool) -> list[str]:
    rows = facts.claims
    if not rows:
        return [words.text("report.no_claims")]
    one = visible(facts.currencies[0]) if len(facts.currencies) == 1 else None

    def column(key: str, cell: Callable[[ClaimRow], str]) -> Column:
        return Column(words.text(f"report.column.{key}"), tuple(visible(cell(row)) for row in rows))

    status = column("status", lambda row: words.text(f"report.state.{row.state}"))
    columns = [
        column("date", lambda row: _day(row.day)),
        replace(column("claim", lambda row: row.id), least=22),
        replace(column("partner", lambda row: row.partner), least=16),
        replace(column("period", lambda row: row.usage_period or _NONE), rank=2),
        replace(status, styles=tuple(_STYLES.get(row.state, "") for row in rows)),
        replace(column("next", lambda row: words.say(row.next_step)), least=14, rank=1),
        replace(column("errors", lambda row: _number(row.errors)), right=True, rank=3),
        replace(column("warnings", lambda row: _number(row.warnings)), right=True, rank=3),
        replace(column("open", lambda row: _number(row.open)), right=True, rank=3),
        Column(one or words.text("report.amount"), tuple(_row_amount(row, one) for row in rows), right=True),
    ]
    if not facts.has_several_partners:
        del columns[2]
    return list(table(columns, width, color))


def _totals(facts: StatusFacts, words: Catalogue, width: int, color: bool) -> list[str]:
    if not facts.totals:
        return []
    names = tuple(words.text(f"report.state.{total.state}") for total in facts.totals)
    counts = tuple(str(total.count) for total in facts.totals)
    columns = [
        Column(words.text("report.column.status"), (*names, words.text("report.all"))),
        Column(words.text("report.column.claims"), (*counts, str(len(facts.claims))), right=True),
    ]
    for sum_ in facts.sums:
        sums = (*(total.sums for total in facts.totals), facts.sums)
        columns.append(
            Column(visible(sum_.currency), tuple(_sum_in(sums_, sum_.currency) for sums_ in sums), right=True)
        )
    return list(table(columns, width, color))


def _sum_in(sums: Sequence[Money], currency: str) -> str:
    found = next((money for money in sums if money.currency == currency), None)
    return _NONE if found is None else _amount(found.amount, currency)


def _notes(facts: StatusFacts, words: Catalogue, width: int) -> list[str]:
    """What stands behind the figures, and what to do next."""
    counts = facts.counts
    parts = [
        words.text(f"report.count.{name}", count=number)
        for name, number in (
            ("errors", counts.errors),
            ("warnings", counts.warnings),
            ("infos", counts.infos),
            ("open", counts.open),
            ("waived", counts.waived),
            ("unread", counts.unread),
            ("rules_off", len(facts.rules_off)),
        )
        if number
    ]
    lines = [
        ", ".join(parts) or words.text("report.no_findings"),
        *_origin(facts, words),
        to_do(facts, words),
    ]
    return [shorten(line, width) for line in lines]


def _origin(facts: StatusFacts, words: Catalogue) -> list[str]:
    stamps = [f"{stamp.id} {stamp.version}" for stamp in facts.rulebooks]
    if not stamps:
        return []
    text = words.text("report.rulebook", what=", ".join(map(visible, stamps)))
    if facts.commit is not None:
        text += f", {words.text('report.terminal.commit', commit=visible(facts.commit[:7]))}"
    return [text]


def to_do(facts: StatusFacts, words: Catalogue) -> str:
    """One line: the most urgent thing that the partner can do."""
    row = next((row for row in facts.claims if row.turn == "partner"), None)
    if row is None:
        return words.text("report.nothing_to_do")
    step = visible(words.say(row.next_step))
    if row.deadline is None or row.days is None:
        return words.text("report.to_do", claim=visible(row.id), step=step)
    left = days_text(words, row.days)
    return words.text("report.to_do_by", claim=visible(row.id), step=step, day=row.deadline, left=left)


def _day(day: date | None) -> str:
    return _NONE if day is None else day.isoformat()


def _number(number: int) -> str:
    return str(number) if number else _NONE


def _amount(amount: Decimal, currency: str) -> str:
    return plain_amount(amount, currency, grouped=True)


def _money(amount: Decimal, currency: str) -> str:
    return f"{_amount(amount, currency)} {visible(currency)}"


def _row_amount(row: ClaimRow, one: str | None) -> str:
    if row.amount is None:
        return _NONE
    return _amount(row.amount, row.currency) if one else _money(row.amount, row.currency)
