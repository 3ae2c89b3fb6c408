"""What one claim needs, has and lacks, who acts, what may still be claimed, and by when: for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from poe_pack.formats.words import message_of
from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.result import (
    CheckGroup,
    ChecklistItem,
    CheckState,
    ClaimResult,
    Deadline,
    Headroom,
    Result,
)
from poe_pack.validation.state import next_step, state_of, step_day, turn_of

_MARKS = {"checked": "[x]", "declared": "[o]", "waived": "[-]", "open": "[ ]", "missing": "[!]"}

_INK = "checklist.signatures"


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
    yield _turn(result, run, words)
    yield _sum(result, words)
    for group in CheckGroup:
        items = [item for item in result.checklist if item.group is group]
        yield from _part(f"explain.group.{group.value}", (_item(item, words) for item in items), words)
    yield from _part("explain.headroom", _headroom(result, words), words)
    yield from _part("explain.deadlines", (_deadline(deadline, run, words) for deadline in result.deadlines), words)
    findings = (f"{f.code} {f.severity.value}: {message_of(f, words)}" for f in result.findings)
    yield from _part("explain.findings", findings, words)
    yield from _part("explain.advice", map(words.say, result.advice), words)
    yield from _part("explain.unchecked", _unchecked(result, run, words), words)


def _part(heading: str, lines: Iterable[str], words: Catalogue) -> Iterator[str]:
    """Lines below their heading; nothing where there are none."""
    found = list(lines)
    if found:
        yield ""
        yield words.text(heading)
        yield from (f"  {line}" for line in found)


def _turn(result: ClaimResult, run: Result, words: Catalogue) -> str:
    """Who acts next, what is to be done, and until when."""
    state = state_of(result, run.as_of)
    turn, day, step = turn_of(state), step_day(result, state), next_step(result, state)
    who = "nobody" if turn is None else turn.value
    text = words.text(f"explain.turn.{who}", vendor=run.rulebooks[0].vendor, step=step)
    return text if day is None else words.text("explain.turn.until", turn=text, day=day)


def _sum(result: ClaimResult, words: Catalogue) -> str:
    """How many things it needs, has and lacks; signatures are ink on the printed form, of which nobody here knows."""
    counts = Counter(item.state for item in result.checklist if item.subject.key != _INK)
    values = {
        "needs": counts.total(),
        "has": counts[CheckState.CHECKED] + counts[CheckState.DECLARED],
        "lacks": counts[CheckState.OPEN] + counts[CheckState.MISSING],
        "waived": counts[CheckState.WAIVED],
    }
    return words.fill("explain.needs.waived" if values["waived"] else "explain.needs", values)


def _item(item: ChecklistItem, words: Catalogue) -> str:
    state = words.text(f"state.{item.state.value}")
    files = f" ({', '.join(item.files)})" if item.files else ""
    return f"{_MARKS[item.state.value]} {state:<9} {words.say(item.title)}: {words.say(item.compared)}{files}"


def _headroom(result: ClaimResult, words: Catalogue) -> Iterator[str]:
    """What the account and each cap still leave."""
    period = result.usage_period
    has_account = any(room.name.key.startswith("headroom.funds") for room in result.headroom)
    if period is not None and not has_account and not result.claim.is_closed:
        yield words.text("explain.headroom.unknown", program=result.claim.program, period=period.label)
    for room in result.headroom:
        source = f" · {room.judged_by.title}" if room.judged_by is not None else ""
        yield f"{_room(room, words)}{source}"


def _room(room: Headroom, words: Catalogue) -> str:
    if room.limit is None or room.taken is None or room.left is None:
        return words.text("explain.headroom.not_known", name=room.name)
    return words.text("explain.headroom.line", name=room.name, left=room.left, limit=room.limit, taken=room.taken)


def _unchecked(result: ClaimResult, run: Result, words: Catalogue) -> Iterator[str]:
    """What nobody looked at; of a claim that was handed in also whether it changed, where nothing tells that."""
    yield from map(words.say, result.unchecked)
    submissions = result.claim.submissions
    recorded = bool(submissions) and submissions[-1].claim_sha256 is not None
    if result.claim.is_closed and not recorded and run.history_not_checked is not None:
        yield words.text("explain.unchecked.digest")


def _deadline(deadline: Deadline, run: Result, words: Catalogue) -> str:
    days = (deadline.day - run.as_of).days
    key, count = ("explain.days_left", days) if days >= 0 else ("explain.days_ago", -days)
    source = f" · {deadline.judged_by.title}" if deadline.judged_by is not None else ""
    rule = f" · {deadline.rule}" if deadline.rule is not None else ""
    return f"{deadline.day}  {words.say(deadline.name)}, {words.text(key, count=count)}{rule}{source}"
