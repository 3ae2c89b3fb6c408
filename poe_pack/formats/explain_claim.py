"""What one claim needs, has and lacks, and by when: for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.formats.words import message_of
from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.result import CheckGroup, ChecklistItem, ClaimResult, Result

_MARKS = {"checked": "[x]", "declared": "[o]", "waived": "[-]", "open": "[ ]", "missing": "[!]"}


def explain_claim(claim: ClaimResult, result: Result, language: str = "en") -> str:
    """Text that ends in a line feed; every mark stands beside its word."""
    words = catalogue(language)
    return "\n".join(visible(line) for line in _lines(claim, result, words)) + "\n"


def _lines(result: ClaimResult, run: Result, words: Catalogue) -> Iterator[str]:
    claim = result.claim
    yield f"{claim.id}: {claim.name}"
    status = words.text(f"status.{claim.status.value}") if claim.status is not None else "?"
    amount = claim.money or ""
    yield f"{words.say(result.activity_type)} · {claim.date or '?'} · {amount} · {status}"
    for group in CheckGroup:
        items = [item for item in result.checklist if item.group is group]
        if items:
            yield ""
            yield words.text(f"explain.group.{group.value}")
            yield from (_item(item, words) for item in items)
    if result.deadlines:
        yield ""
        yield words.text("explain.deadlines")
        for deadline in result.deadlines:
            days = (deadline.day - run.as_of).days
            left = (
                words.text("explain.days_left", count=days)
                if days >= 0
                else words.text("explain.days_ago", count=-days)
            )
            source = f" · {deadline.judged_by.title}" if deadline.judged_by is not None else ""
            yield f"  {deadline.day}  {words.say(deadline.name)}, {left}{source}"
    if result.findings:
        yield ""
        yield words.text("explain.findings")
        for finding in result.findings:
            yield f"  {finding.code} {finding.severity.value}: {message_of(finding, words)}"


def _item(item: ChecklistItem, words: Catalogue) -> str:
    state = words.text(f"state.{item.state.value}")
    files = f" ({', '.join(item.files)})" if item.files else ""
    return f"  {_MARKS[item.state.value]} {state:<9} {words.say(item.subject)}: {words.say(item.compared)}{files}"
