"""One set of facts for all views of the status: figures are taken from the Result here, and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from msgspec import Struct

from poe_pack.findings import Finding, Severity
from poe_pack.languages import Words
from poe_pack.model import Money, Partner, Status
from poe_pack.validation.result import ClaimResult, FundsResult, Mix, MixShare, Result
from poe_pack.validation.state import (
    AT_RISK,
    State,
    Turn,
    advised_day,
    next_deadline,
    next_step,
    state_of,
    step_day,
    turn_of,
)
from poe_pack.validation.verdict import RulebookStamp, RuleSwitchedOff


class ClaimRow(Struct, frozen=True):
    """One claim. `amount` is what counts now: the approved amount once there is one, else `claimed`.

    `day` is the last day of the next step (for a settled claim: how long its files are kept); `deadline` is
    the last day of whoever's `turn` it is, None for a settled claim. `days` counts from the report's day to
    `deadline`; below zero it has passed.
    """

    id: str
    name: str
    file: str
    partner: str
    activity_type: Words
    program: str
    usage_period: str | None
    status: Status | None
    state: State
    turn: Turn | None
    next_step: Words
    day: date | None
    deadline: date | None
    deadline_kind: str | None
    deadline_name: Words | None
    days: int | None
    advised: date | None
    amount: Decimal | None
    claimed: Decimal | None
    currency: str
    errors: int
    warnings: int
    open: int
    waived: int


class Total(Struct, frozen=True):
    """A number of claims and the sum of those of their amounts that are known, in one currency."""

    count: int
    amount: Decimal


class Headline(Struct, frozen=True):
    """The figures of one currency.

    `remaining` is what is not yet claimed of the usage periods whose claim window is still open, drafts
    included; None where no funds document tells. `periods` names these usage periods, `until` is the first of
    their last days.
    """

    currency: str
    claimable: Total
    at_risk: Total
    remaining: Decimal | None
    periods: tuple[str, ...]
    until: date | None


class NextDeadline(Struct, frozen=True):
    """The first last day on which the partner must act; `days` until then, below zero when passed."""

    day: date
    days: int
    claims: tuple[str, ...]


class StateTotal(Struct, frozen=True):
    """How many claims are in a state, and their sums, one per currency."""

    state: State
    count: int
    sums: tuple[Money, ...]


class FundRow(Struct, frozen=True):
    """The co-op account of one program, location and usage period, in its currency.

    approved + in_review + drafts + free + lapsed = available + over. `closed`: its claim window has passed.
    """

    id: str
    partner: str
    program: str
    location: str
    usage_period: str
    currency: str
    earned: Decimal | None
    available: Decimal
    approved: Decimal
    in_review: Decimal
    drafts: Decimal
    free: Decimal
    lapsed: Decimal
    over: Decimal
    claim_by: date | None
    closed: bool

    @property
    def claimed(self) -> Decimal:
        return self.approved + self.in_review

    @property
    def remaining(self) -> Decimal:
        """What can still be claimed, drafts included: nothing once the window has closed."""
        return Decimal(0) if self.closed else max(self.drafts + self.free - self.over, Decimal(0))


class MixRow(Struct, frozen=True):
    """How the claims of a partner in a program and usage period divide, beside the guide named in `source`."""

    partner: str
    name: Words
    program: str
    usage_period: str
    currency: str
    total: Decimal
    shares: tuple[MixShare, ...]
    source: str


class PartnerName(Struct, frozen=True):
    name: str
    partner_id: str


class Counts(Struct, frozen=True):
    """Findings shown, by weight; waived findings; claim documents that could not be read."""

    errors: int
    warnings: int
    infos: int
    open: int
    waived: int
    unread: int


class StatusFacts(Struct, frozen=True):
    """What a status report says. `claims` are sorted by the next last day; settled claims come last."""

    as_of: date
    commit: str | None
    partners: tuple[PartnerName, ...]
    rulebooks: tuple[RulebookStamp, ...]
    headlines: tuple[Headline, ...]
    next_deadline: NextDeadline | None
    totals: tuple[StateTotal, ...]
    sums: tuple[Money, ...]
    funds: tuple[FundRow, ...]
    claims: tuple[ClaimRow, ...]
    findings: tuple[Finding, ...]
    counts: Counts
    rules_off: tuple[RuleSwitchedOff, ...]
    mixes: tuple[MixRow, ...] = ()

    @property
    def vendor(self) -> str:
        """Who decides and pays."""
        return ", ".join(dict.fromkeys(stamp.vendor for stamp in self.rulebooks))

    @property
    def fund(self) -> Words:
        """What the vendor calls its money; a rulebook that does not say is called by its title."""
        stamp = self.rulebooks[0]
        return stamp.fund or Words(names={"en": stamp.title})

    @property
    def has_several_partners(self) -> bool:
        return len(self.partners) > 1

    @property
    def currencies(self) -> tuple[str, ...]:
        """Currencies of claims and funds, sorted."""
        return tuple(headline.currency for headline in self.headlines)

    def on_turn(self, turn: Turn) -> tuple[ClaimRow, ...]:
        """Claims on which this side must act, by last day; those without one at the end."""
        return tuple(row for row in self.claims if row.turn is turn)


def status_facts(result: Result, commit: str | None) -> StatusFacts:
    """Gather what the status views show. `commit` is the revision the report speaks of, None outside git."""
    claims = tuple(sorted((_claim_row(claim, result.as_of) for claim in result.claims), key=_by_deadline))
    funds = tuple(sorted((_fund_row(funds, result) for funds in result.funds), key=_fund_order))
    currencies = sorted({row.currency for row in claims} | {row.currency for row in funds})
    return StatusFacts(
        as_of=result.as_of,
        commit=commit,
        partners=tuple(PartnerName(partner.name, partner.partner_id) for partner in result.partners),
        rulebooks=result.rulebooks,
        headlines=tuple(_headline(currency, claims, funds) for currency in currencies),
        next_deadline=_next_deadline(claims),
        totals=_totals(claims),
        sums=_sums(claims),
        funds=funds,
        claims=claims,
        findings=result.findings,
        counts=_counts(result),
        rules_off=result.rules_off,
        mixes=tuple(_mix_row(mix, result) for mix in result.mixes),
    )


def _claim_row(result: ClaimResult, as_of: date) -> ClaimRow:
    claim, state = result.claim, state_of(result, as_of)
    deadline = next_deadline(result, state)
    weights = Counter(finding.severity for finding in result.findings)
    approved = claim.approval.amount if claim.approval is not None else None
    counts_approved = claim.status is Status.APPROVED and approved is not None
    return ClaimRow(
        id=claim.id,
        name=claim.name,
        file=claim.file,
        partner=result.partner.name if result.partner is not None else "",
        activity_type=result.activity_type,
        program=claim.program,
        usage_period=result.usage_period.label if result.usage_period is not None else claim.usage_period,
        status=claim.status,
        state=state,
        turn=turn_of(state),
        next_step=next_step(result, state),
        day=step_day(result, state),
        deadline=deadline.day if deadline is not None else None,
        deadline_kind=deadline.kind if deadline is not None else None,
        deadline_name=deadline.name if deadline is not None else None,
        days=(deadline.day - as_of).days if deadline is not None else None,
        advised=advised_day(result, state, as_of),
        amount=approved if counts_approved else claim.amount,
        claimed=claim.amount,
        currency=claim.currency,
        errors=weights[Severity.ERROR],
        warnings=weights[Severity.WARNING],
        open=weights[Severity.OPEN],
        waived=len(result.waived),
    )


def _by_deadline(row: ClaimRow) -> tuple[bool, date, str, str]:
    """Claims that wait for somebody first, by last day (none known: at the end); then settled ones alike."""
    return (row.turn is None, row.day or date.max, row.id, row.file)


def _fund_row(result: FundsResult, whole: Result) -> FundRow:
    funds, window = result.funds, result.claim_window
    partner = _partner_above(funds.file, whole.partners)
    return FundRow(
        id=funds.id,
        partner=partner.name if partner is not None else "",
        program=funds.program,
        location=_location(funds.location, partner),
        usage_period=funds.usage_period,
        currency=funds.currency,
        earned=funds.earned,
        available=result.available,
        approved=result.approved,
        in_review=result.in_review,
        drafts=result.drafts,
        free=result.free,
        lapsed=result.lapsed,
        over=result.over,
        claim_by=window.last if window is not None else None,
        closed=window is not None and window.last < whole.as_of,
    )


def _mix_row(mix: Mix, whole: Result) -> MixRow:
    partner = _partner_above(mix.file, whole.partners)
    return MixRow(
        partner=partner.name if partner is not None else "",
        name=mix.name,
        program=mix.program,
        usage_period=mix.usage_period,
        currency=mix.currency,
        total=mix.total,
        shares=mix.shares,
        source=mix.judged_by.title,
    )


def _partner_above(file: str, partners: Iterable[Partner]) -> Partner | None:
    """The partner whose folder is the nearest above a file."""
    path = PurePosixPath(file)
    above = [partner for partner in partners if path.is_relative_to(partner.folder)]
    return max(above, key=lambda partner: len(PurePosixPath(partner.folder).parts), default=None)


def _location(id: str, partner: Partner | None) -> str:
    """The location's name, or its number where the partner's document does not name it."""
    location = partner.location(id) if partner is not None else None
    return location.name if location is not None else id


def _fund_order(row: FundRow) -> tuple[str, str, bool, date, Decimal, str, str]:
    """By currency and partner; there the ones that can still be claimed first, by last day and size."""
    day = row.claim_by or date.max
    return (row.currency, row.partner, row.closed, day, -row.available, row.program, row.id)


def _headline(currency: str, claims: Iterable[ClaimRow], funds: Iterable[FundRow]) -> Headline:
    mine = [row for row in claims if row.currency == currency]
    usable = [row for row in funds if row.currency == currency and row.claim_by is not None and not row.closed]
    ends = [row.claim_by for row in usable if row.claim_by is not None]
    return Headline(
        currency=currency,
        claimable=_total(row for row in mine if row.state is State.READY),
        at_risk=_total(row for row in mine if row.state in AT_RISK),
        remaining=sum((row.remaining for row in usable), Decimal(0)) if usable else None,
        periods=tuple(dict.fromkeys(row.usage_period for row in usable)),
        until=min(ends, default=None),
    )


def _total(rows: Iterable[ClaimRow]) -> Total:
    amounts = [row.amount or Decimal(0) for row in rows]
    return Total(len(amounts), sum(amounts, Decimal(0)))


def _next_deadline(claims: Iterable[ClaimRow]) -> NextDeadline | None:
    dated = [
        (row.deadline, row.days, row.id)
        for row in claims
        if row.turn is Turn.PARTNER and row.deadline is not None and row.days is not None
    ]
    if not dated:
        return None
    day, days, _ = min(dated)
    return NextDeadline(day, days, tuple(sorted(id for other, _, id in dated if other == day)))


def _sums(claims: Iterable[ClaimRow]) -> tuple[Money, ...]:
    """The known amounts added up, one sum per currency that occurs."""
    sums: dict[str, Decimal] = {}
    for row in claims:
        sums[row.currency] = sums.get(row.currency, Decimal(0)) + (row.amount or Decimal(0))
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))


def _totals(claims: tuple[ClaimRow, ...]) -> tuple[StateTotal, ...]:
    groups = [(state, [row for row in claims if row.state is state]) for state in State]
    return tuple(StateTotal(state, len(rows), _sums(rows)) for state, rows in groups if rows)


def _counts(result: Result) -> Counts:
    return Counts(
        errors=result.count(Severity.ERROR),
        warnings=result.count(Severity.WARNING),
        infos=result.count(Severity.INFO),
        open=result.count(Severity.OPEN),
        waived=len(result.waived),
        unread=result.unread,
    )
