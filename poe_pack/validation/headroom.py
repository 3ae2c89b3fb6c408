"""What may still be claimed: what is free in an account, and what is left of the rulebook's caps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from poe_pack.languages import Words
from poe_pack.model import Funds, Money, Status
from poe_pack.rules.base import ClaimContext
from poe_pack.rules.funds._caps import Kind, Pool, Share, filled, pools
from poe_pack.rules.funds._taking import draws_on
from poe_pack.validation.loading import Loaded
from poe_pack.validation.result import FundsResult, Headroom


def headrooms(
    loaded: Loaded, contexts: Sequence[ClaimContext], accounts: Sequence[FundsResult]
) -> Mapping[str, tuple[Headroom, ...]]:
    """Headroom by the file of the claim: the account first, then the caps."""
    found: dict[str, list[Headroom]] = defaultdict(list)
    by_key = {(loaded.partner_folder(a.funds.file), *a.funds.key): a for a in accounts}
    by_folder: dict[str | None, list[ClaimContext]] = defaultdict(list)
    for context in contexts:
        folder = loaded.partner_folder(context.claim.file)
        by_folder[folder].append(context)
        account = by_key.get((folder, *draws_on(context)))
        if account is not None and context.claim.status is not Status.REJECTED:
            found[context.claim.file] += _of_account(account, context)
    for folder, group in by_folder.items():
        funds = _sound(loaded, folder)
        for pool in pools(group, list(Kind)):
            for file, headroom in _of_people(pool) if pool.kind is Kind.PEOPLE else _of_money(pool, funds):
                found[file].append(headroom)
    return {file: tuple(_tightest(entries)) for file, entries in found.items()}


def _sound(loaded: Loaded, folder: str | None) -> list[Funds] | None:
    """The partner's accounts, or None where one of them has a fault: nothing can be said of what was earned."""
    if loaded.unreadable("funds"):
        return None
    mine = [funds for funds in loaded.funds if loaded.partner_folder(funds.file) == folder]
    return None if any(loaded.documents[funds.file].faults for funds in mine) else mine


def _of_account(account: FundsResult, context: ClaimContext) -> Iterator[Headroom]:
    currency = account.funds.currency
    if context.claim.currency != currency:
        return
    taken = account.approved + account.in_review + account.drafts
    named: dict[str, object] = {"program": account.funds.program, "period": account.funds.usage_period}
    name = Words("headroom.funds", named)
    if account.lapsed:
        name = Words("headroom.funds_lapsed", {**named, "lapsed": Money(account.lapsed, currency)})
    yield Headroom(
        name,
        Money(account.available, currency),
        Money(taken, currency),
        Money(account.free, currency),
        context.source("principles", "remaining_funds"),
    )


def _of_people(pool: Pool) -> Iterator[tuple[str, Headroom]]:
    taken = len({share.person for share in pool.shares})
    for share in _one_of_each_claim(pool):
        limit = share.limit.people or 0
        name = Words("headroom.people", {"activity": _activity(share), "scope": pool.scope})
        yield share.context.claim.file, Headroom(name, limit, taken, max(limit - taken, 0), share.judged_by)


def _of_money(pool: Pool, funds: Sequence[Funds] | None) -> Iterator[tuple[str, Headroom]]:
    one = {id(share) for share in _one_of_each_claim(pool)}
    key = "headroom.person" if pool.kind is Kind.PERSON else "headroom.cap"
    for share, limit, taken in filled(pool, funds):
        if id(share) not in one:
            continue
        left = None
        if limit is not None and taken is not None:
            left = Money(max(limit.amount - taken.amount, Decimal(0)), limit.currency)
        name = Words(key, {"activity": _activity(share), "scope": pool.scope})
        yield share.context.claim.file, Headroom(name, limit, taken, left, share.judged_by)


def _one_of_each_claim(pool: Pool) -> list[Share]:
    return list({share.context.claim.file: share for share in pool.shares}.values())


def _activity(share: Share) -> Words:
    context = share.context
    return context.book.name("activity_types", context.claim.activity_type, context.judged_on)


def _tightest(entries: Sequence[Headroom]) -> Iterator[Headroom]:
    """Of a cap for each person only the person of whom least is left: who that is, nobody need be told."""
    people = [entry for entry in entries if entry.name.key == "headroom.person"]
    least = min(people, key=_left, default=None)
    for entry in entries:
        if entry.name.key != "headroom.person" or entry is least:
            yield entry


def _left(entry: Headroom) -> tuple[bool, Decimal]:
    return (False, entry.left.amount) if isinstance(entry.left, Money) else (True, Decimal(0))
