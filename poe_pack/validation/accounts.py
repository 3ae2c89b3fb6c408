"""Results per funds account: how the money of a usage period is spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

from poe_pack.model import Funds, Status
from poe_pack.rulebook import Calendar, UnknownValue
from poe_pack.rules.base import ClaimContext
from poe_pack.rules.funds._taking import draws_on, takes
from poe_pack.validation.loading import Loaded
from poe_pack.validation.result import FundsResult

_ZERO = Decimal(0)


def funds_results(
    loaded: Loaded, contexts: Sequence[ClaimContext], calendar: Calendar, today: date
) -> Iterator[FundsResult]:
    """One result for each account with known earnings, newest usage period first, then by program and location."""
    accounts = [funds for funds in loaded.funds if funds.available is not None]
    accounts.sort(key=lambda funds: (funds.program, funds.location))
    accounts.sort(key=lambda funds: funds.usage_period, reverse=True)
    for funds in accounts:
        folder = loaded.partner_folder(funds.file)
        claims = [
            context
            for context in contexts
            if loaded.partner_folder(context.claim.file) == folder and _draws_on(context, funds)
        ]
        yield _spread(funds, claims, calendar, today)


def _draws_on(context: ClaimContext, funds: Funds) -> bool:
    return draws_on(context) == funds.key and context.claim.currency == funds.currency


def _spread(funds: Funds, claims: Sequence[ClaimContext], calendar: Calendar, today: date) -> FundsResult:
    available = funds.available or _ZERO
    approved = sum((c.claim.counted_amount for c in claims if c.claim.status is Status.APPROVED), _ZERO)
    counted = sum((c.claim.counted_amount for c in claims), _ZERO)
    drafts = sum((takes(c) for c in claims if c.claim.status is Status.EDITING), _ZERO)
    rest = available - counted - drafts
    period = window = None
    with suppress(UnknownValue):
        period = calendar.period(funds.usage_period)
        if period is not None:
            window, _ = calendar.claim_window(period)
    closed = window is not None and today > window.last
    left = max(rest, _ZERO)
    return FundsResult(
        funds=funds,
        usage_period=period,
        claim_window=window,
        available=available,
        approved=approved,
        in_review=counted - approved,
        drafts=drafts,
        free=_ZERO if closed else left,
        lapsed=left if closed else _ZERO,
        over=max(-rest, _ZERO),
    )
