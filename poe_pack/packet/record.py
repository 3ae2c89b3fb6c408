"""The record page as values: rounds with requests and answers, approval and payment, what the packet is made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from msgspec import Struct

from poe_pack.languages.formats import LocaleFormat
from poe_pack.model import Claim, Funds, HistoryEntry, Request, Status, Submission
from poe_pack.packet.exhibits import Exhibit, Kind, name_of
from poe_pack.validation.result import ClaimResult, Result

_VERDICTS = (Status.APPROVED, Status.REJECTED, Status.DISPUTED)


class Event(Struct, frozen=True):
    """A row of the rounds: `round` is None for what the vendor did. `texts` are paragraphs."""

    round: int | None
    day: date | None
    by: str
    amount: Decimal | None
    texts: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]


class Digest(Struct, frozen=True):
    """A file with its size in bytes and its SHA-256 as 64 hex digits."""

    name: str
    size: int
    sha256: str
    exhibit: Exhibit | None = None


def round_of(claim: Claim) -> int:
    """The submission round a packet belongs to: the last one once handed in, else the one being prepared."""
    done = len(claim.submissions) or sum(1 for entry in claim.history if entry.status is Status.SUBMITTED)
    return max(1, done if claim.is_closed else done + 1)


def answered_request(claim: Claim) -> Request | None:
    """The reviewer's request that the current round answers, or None in the first round."""
    return claim.requests[-1] if claim.requests and round_of(claim) > 1 else None


def local_day(moment: datetime | None, result: Result) -> date | None:
    """The day of an instant in the repository's time zone."""
    return None if moment is None else moment.astimezone(ZoneInfo(result.settings.timezone)).date()


def events_of(
    result: Result, claim: ClaimResult, exhibits: Sequence[Exhibit], speech: LocaleFormat
) -> tuple[Event, ...]:
    """Submissions, requests and verdicts in the order in which they happened."""
    document = claim.claim
    made: list[tuple[datetime | None, Event]] = []
    for number, (moment, event) in enumerate(_submissions(result, claim, speech), 1):
        made.append((moment, _numbered(event, number)))
    for request in document.requests:
        made.append((request.at, _request(result, claim, request, exhibits, speech)))
    for entry in document.history:
        if entry.status in _VERDICTS:
            made.append((entry.at, _verdict(result, claim, entry, speech)))
    order = sorted(range(len(made)), key=lambda place: (made[place][0] is None, _stamp(made[place][0]), place))
    return tuple(made[place][1] for place in order)


def preparer_role(claim: Claim) -> str | None:
    """The role that began the claim."""
    return next((entry.role for entry in claim.history if entry.status is Status.EDITING), None)


def submitter_role(claim: Claim) -> str | None:
    """The role that handed the claim in last."""
    return next((e.role for e in reversed(claim.history) if e.status is Status.SUBMITTED), None)


def funds_of(result: Result, of: ClaimResult) -> Funds | None:
    """The account that the claim draws on, where the repository keeps it; the period may follow from the date."""
    period = of.usage_period.label if of.usage_period is not None else of.claim.usage_period
    key = (of.claim.program, of.claim.location, period)
    return next((entry.funds for entry in result.funds if entry.funds.key == key), None)


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment is not None else 0.0


def _numbered(event: Event, number: int) -> Event:
    return Event(number, event.day, event.by, event.amount, event.texts, event.exhibits)


def _submissions(result: Result, claim: ClaimResult, speech: LocaleFormat) -> Iterator[tuple[datetime | None, Event]]:
    """Recorded rounds; of claims kept before rounds were recorded, what the history tells."""
    document = claim.claim
    entries = [entry for entry in document.history if entry.status is Status.SUBMITTED]
    if document.submissions:
        for place, submission in enumerate(document.submissions):
            entry = next((entry for entry in entries if entry.at == submission.at), None)
            yield submission.at, _submission(result, claim, submission, entry, place, speech)
    else:
        for place, entry in enumerate(entries):
            yield entry.at, _submission(result, claim, None, entry, place, speech)


def _submission(
    result: Result,
    claim: ClaimResult,
    submission: Submission | None,
    entry: HistoryEntry | None,
    place: int,
    speech: LocaleFormat,
) -> Event:
    texts = [speech.text("packet.record.first" if place == 0 else "packet.record.again")]
    if entry is not None and entry.text:
        texts.append(entry.text)
    elif submission is not None and submission.final_comments:
        texts.append(speech.text("packet.record.comments", text=submission.final_comments))
    at = submission.at if submission is not None else entry.at if entry is not None else None
    return Event(
        round=None,
        day=local_day(at, result),
        by=name_of(claim, "role", entry.role, speech) if entry is not None else "",
        amount=submission.amount if submission is not None else None,
        texts=tuple(texts),
        exhibits=(),
    )


def _request(
    result: Result, claim: ClaimResult, request: Request, exhibits: Sequence[Exhibit], speech: LocaleFormat
) -> Event:
    texts = [speech.text("packet.record.asked", text=request.text)]
    if request.answer:
        if request.answered_on is None:
            texts.append(speech.text("packet.record.answer", text=request.answer))
        else:
            day = speech.short_date(request.answered_on)
            texts.append(speech.text("packet.record.answer_on", day=day, text=request.answer))
    about = tuple(exhibit for exhibit in exhibits if _concerns(claim.claim, request, exhibit))
    reviewer = name_of(claim, "role", "reviewer", speech)
    return Event(None, local_day(request.at, result), reviewer, None, tuple(texts), about)


def _verdict(result: Result, claim: ClaimResult, entry: HistoryEntry, speech: LocaleFormat) -> Event:
    said = speech.text(f"packet.record.{entry.status}")
    texts = (said, entry.text) if entry.text else (said,)
    by = name_of(claim, "role", entry.role, speech)
    return Event(None, local_day(entry.at, result), by, None, texts, ())


def _concerns(claim: Claim, request: Request, exhibit: Exhibit) -> bool:
    """Whether a request names this exhibit, by its file or by its kind of evidence."""
    names = {exhibit.source, exhibit.upload}
    if exhibit.source is not None:
        names.add(PurePosixPath(exhibit.source).name)
    if exhibit.kind is Kind.PROOF:
        names.add(claim.proof_documents[exhibit.index].evidence)
    return any(about in names for about in request.about)
