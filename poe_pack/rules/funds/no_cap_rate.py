"""Where the programme states a cap or threshold in another currency, a rate says how to compare it.

## What it checks
A claim whose activity type has a cap in another currency than its own has a `cap_exchange_rate` into that currency, or
the funds document that it draws on has one; likewise funds in another currency than the programme's threshold. A rate
that is there says from which day it is and whose.

## Why
No official rate is published. Without a rate nobody can say whether the cap is kept, so the tool does not try; with one
that nobody can look up, a reviewer may come to another result.

## Example
A claim in SEK for syndicated content, which is capped in USD, without `cap_exchange_rate`.

## How to fix
Write `cap_exchange_rate` with `currency`, `rate`, `date` and `source`, into the funds document (it then holds for all
claims that draw on it) or into the claim.

## Source
R30: no official rate rule is published; a stated rate with its day is good practice (inferred).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import CapRate, Status
from poe_pack.rules.base import ClaimContext, Hit, RepositoryContext
from poe_pack.rules.funds._caps import cap_rate, limits
from poe_pack.rules.funds._taking import is_expired
from poe_pack.rules.funds._threshold import threshold

CODE = "POE604"
NAME = "no-cap-rate"
SEVERITY = Severity.WARNING
READS = ("/activity_type", "/currency", "/program", "/usage_period", "/date", "/status", "/cap_exchange_rate")

_PATH = "/cap_exchange_rate"


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    for context in ctx.claims:
        yield from _incomplete(context.claim.file, context.claim.cap_exchange_rate)
    for funds in ctx.funds:
        yield from _incomplete(funds.file, funds.cap_exchange_rate)
    said: set[tuple[str, str]] = set()
    for context in ctx.claims:
        claim = context.claim
        if claim.status is Status.REJECTED or is_expired(context):
            continue
        for currency in sorted(_currencies(context) - {claim.currency}):
            if cap_rate(context, currency) is not None:
                continue
            account = context.funds
            file = account.file if account is not None and account.currency == claim.currency else claim.file
            if (file, currency) not in said:
                said.add((file, currency))
                values = {"currency": currency, "own": claim.currency}
                yield Hit(_PATH, values, at_key=True, file=file)


def _currencies(context: ClaimContext) -> set[str]:
    """Currencies of the amounts that the claim or its account is compared with."""
    found = {amount.currency for _, limit in limits(context) for amount in limit.amounts}
    least = threshold(context)
    if least is not None and context.funds is not None and context.funds.currency == context.claim.currency:
        found.add(least.money.currency)
    return found


def _incomplete(file: str, rate: CapRate | None) -> Iterator[Hit]:
    if rate is not None:
        lacking = {"date": rate.date, "source": rate.source}
        missing = tuple(name for name, value in lacking.items() if value is None)
        if missing:
            yield Hit(_PATH, {"missing": missing}, "incomplete", at_key=True, file=file)
