"""Adds up what claims take of the rulebook's caps; rules say what goes beyond, the Result what is left.

A *pool* is what one cap adds up: the shares that claims of one partner and activity type take for the same of
everything that the cap is counted by. What was earned is known for an account; a cap that is a share of it adds up the
claims of an account or, where it is counted by program, those of all accounts of the program.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from poe_pack.findings import JudgedBy
from poe_pack.model import CapRate, Funds, InvoiceLine, Money, round_money
from poe_pack.rulebook import Cap, Limit, program_facts
from poe_pack.rulebook.programs import program_id
from poe_pack.rules._order import turn
from poe_pack.rules.base import ClaimContext
from poe_pack.rules.funds._taking import is_open_draft, takes

_ZERO = Decimal(0)


class Kind(StrEnum):
    """Kinds of caps, each judged by a rule of its own."""

    AMOUNT = "amount"
    SHARE = "share"
    PEOPLE = "people"
    PERSON = "person"
    GREATEST = "greatest"


Key = tuple[tuple[str, str], ...]
"""What a pool is counted by: pairs such as `("program", "hosting")`."""


class Share(Struct, frozen=True):
    """What a claim takes of a pool, `amount` in the claim's currency; `path` is where the claim says so.

    `person` is None where the cap does not ask who it was for.
    """

    context: ClaimContext
    cap: Cap
    limit: Limit
    amount: Decimal
    path: str
    person: str | None = None

    @property
    def judged_by(self) -> JudgedBy:
        source = self.cap.source
        return JudgedBy(self.context.judged_on, source.title, source.href)

    @property
    def is_firm(self) -> bool:
        """Whether going beyond is an error; elsewhere program or market may have other allowances."""
        return self.cap.is_firm(program_kinds(self.context), market(self.context))


class Pool(Struct, frozen=True):
    """Shares in the order in which claims count."""

    kind: Kind
    key: Key
    shares: list[Share] = field(default_factory=list)

    @property
    def scope(self) -> tuple[str, ...]:
        """What the cap is counted by, as the first claim writes it; never who was paid for."""
        return tuple(_written(name, self.shares[0].context) for name, _ in self.key if name != "person")


class Taken(Struct, frozen=True):
    """A share in the currency of its limit (None: no rate says), what may be taken and what came `before` it."""

    share: Share
    limit: Money
    amount: Money | None
    before: Money

    @property
    def left(self) -> Money:
        """What was left before this share, never below zero."""
        return Money(max(self.limit.amount - self.before.amount, _ZERO), self.limit.currency)

    @property
    def goes_beyond(self) -> bool:
        return self.amount is not None and self.amount.amount > max(self.limit.amount - self.before.amount, _ZERO)


def program_kinds(context: ClaimContext) -> frozenset[str]:
    """The claim's program as its id and groups; empty where the rulebook does not know it."""
    facts = program_facts(context.book, context.claim.program, context.judged_on)
    return frozenset() if facts is None else facts.kinds


def market(context: ClaimContext) -> str | None:
    """Country of the claim's location, or else the market of its partner."""
    location = context.partner.location(context.claim.location) if context.partner is not None else None
    if location is not None and location.country is not None:
        return location.country
    return None if context.partner is None else context.partner.market


def limits(context: ClaimContext) -> Iterator[tuple[Cap, Limit]]:
    """The caps that hold for a claim, each with its limit for the claim's program."""
    caps = context.needs.caps if context.needs is not None else None
    if not caps:
        return
    kinds = program_kinds(context)
    for cap in caps:
        limit = cap.limit_for(kinds)
        if limit is not None:
            yield cap, limit


def kind_of(cap: Cap, limit: Limit) -> Kind:
    """Which rule judges a cap."""
    if limit.people is not None:
        return Kind.PEOPLE
    if "person" in cap.per:
        return Kind.PERSON
    if limit.percents:
        return Kind.GREATEST if limit.amounts else Kind.SHARE
    return Kind.AMOUNT


def pools(contexts: Iterable[ClaimContext], kinds: Collection[Kind]) -> list[Pool]:
    """The pools of one partner's claims for caps of these kinds, drafts that take nothing yet included."""
    capped = [(context, cap, limit) for context in contexts for cap, limit in limits(context)]
    wanted = [(context, cap, limit) for context, cap, limit in capped if kind_of(cap, limit) in kinds]
    found: dict[tuple[object, ...], Pool] = {}
    for context, cap, limit in sorted(wanted, key=lambda entry: turn(entry[0])):
        kind = kind_of(cap, limit)
        for share in _shares(context, cap, limit, kind):
            key = _key(share)
            if key is not None:
                name = (context.claim.activity_type, kind, cap.per, cap.expenses, key)
                found.setdefault(name, Pool(kind, key)).shares.append(share)
    return list(found.values())


def tally(pool: Pool, accounts: Sequence[Funds] | None) -> Iterator[Taken]:
    """How a pool of money fills up, share by share; nothing for those whose limit is not known.

    `accounts` are all of the partner's, or None where one of them could not be read. Amounts in other currencies are
    exchanged by the rate that the claim or its account states, each rounded half up.
    """
    earned = _earned(pool, accounts)
    tops = [_top(share, earned) for share in pool.shares]
    totals = {top.currency: _ZERO for top in tops if top is not None}
    for share, top in zip(pool.shares, tops, strict=True):
        for currency, before in totals.items():
            amount = exchanged(Money(share.amount, share.context.claim.currency), currency, share.context)
            if top is not None and top.currency == currency:
                yield Taken(share, top, amount, Money(before, currency))
            totals[currency] += _ZERO if amount is None else amount.amount


def filled(pool: Pool, accounts: Sequence[Funds] | None) -> Iterator[tuple[Share, Money | None, Money | None]]:
    """For each share of a pool of money its limit and what all claims take together; None where it is not known."""
    earned = _earned(pool, accounts)
    tops = [_top(share, earned) for share in pool.shares]
    totals = {top.currency: _total(pool, top.currency) for top in tops if top is not None}
    for share, top in zip(pool.shares, tops, strict=True):
        yield share, top, None if top is None else totals[top.currency]


def _total(pool: Pool, currency: str) -> Money | None:
    total = _ZERO
    for share in pool.shares:
        amount = exchanged(Money(share.amount, share.context.claim.currency), currency, share.context)
        if amount is None:
            return None
        total += amount.amount
    return Money(total, currency)


def exchanged(money: Money, currency: str, context: ClaimContext) -> Money | None:
    """The amount in another currency by the rate for caps, rounded half up; None without a rate."""
    if money.currency == currency:
        return money
    rate = cap_rate(context, currency)
    if rate is None or rate.rate is None or money.currency != context.claim.currency:
        return None
    return Money(round_money(money.amount * rate.rate, currency), currency)


def cap_rate(context: ClaimContext, currency: str) -> CapRate | None:
    """What the claim, or else its account in the same currency, says its currency is worth in another."""
    funds = context.funds
    of_funds = funds.cap_exchange_rate if funds is not None and funds.currency == context.claim.currency else None
    rates = (context.claim.cap_exchange_rate, of_funds)
    return next((rate for rate in rates if rate is not None and rate.currency == currency), None)


def claimed_lines(context: ClaimContext, cap: Cap) -> Iterator[tuple[str, InvoiceLine, Decimal]]:
    """Invoice lines that a cap adds up: JSON pointer, line, claimed part in the claim's currency.

    Lines of a foreign invoice without a rate are left out: nobody knows what they are worth.
    """
    claim = context.claim
    for i, invoice in enumerate(claim.third_party_invoices):
        for n, line in enumerate(invoice.lines):
            amount = invoice.line_in(claim.currency, line)
            counts = cap.expenses is None or line.category in cap.expenses
            if counts and amount is not None and amount > 0:
                yield f"/third_party_invoices/{i}/lines/{n}", line, amount


def _shares(context: ClaimContext, cap: Cap, limit: Limit, kind: Kind) -> Iterator[Share]:
    whole = takes(context)
    if whole <= 0 and not is_open_draft(context):
        return
    if kind in (Kind.PEOPLE, Kind.PERSON):
        for path, line, amount in claimed_lines(context, cap):
            if line.person is None:
                continue
            if kind is Kind.PERSON:
                path += "/claimed" if line.claimed is not None else "/net"
            yield Share(context, cap, limit, min(amount, whole), path, _folded(line.person))
    elif cap.expenses is None:
        yield Share(context, cap, limit, whole, "/amount")
    else:
        amount = sum((amount for _, _, amount in claimed_lines(context, cap)), _in_house(context, cap.expenses))
        yield Share(context, cap, limit, min(amount, whole), "/amount")


def _in_house(context: ClaimContext, expenses: frozenset[str]) -> Decimal:
    """In-house cost in these categories, rounded half up line by line."""
    costs: list[Decimal | None] = []
    for report in context.claim.certification_service_reports:
        costs += [person.cost for person in report.people if person.category in expenses]
        costs += [material.cost for material in report.materials if material.category in expenses]
    return sum((round_money(cost, context.claim.currency) for cost in costs if cost is not None), _ZERO)


def _key(share: Share) -> Key | None:
    """What the share is counted by; None where the claim leaves some of that open."""
    names = share.cap.per
    if share.limit.percents:
        of_account = ("usage_period",) if "program" in names else ("usage_period", "program", "location")
        names = tuple(dict.fromkeys((*names, *of_account)))
    pairs = [(name, _counted_by(name, share)) for name in names]
    known = tuple((name, value) for name, value in pairs if value is not None)
    return known if len(known) == len(pairs) else None


def _counted_by(name: str, share: Share) -> str | None:
    context = share.context
    claim = context.claim
    if name == "usage_period":
        return None if context.usage_period is None else context.usage_period.label
    if name == "program":
        return _program(claim.program, context)
    if name == "location":
        return claim.location or ""
    if name == "person":
        return share.person
    if name == "conference" and claim.event is not None:
        return _folded(claim.event.name)
    return claim.file  # a conference without a name is one of its own


def _written(name: str, context: ClaimContext) -> str:
    """What a cap is counted by, as the claim writes it."""
    claim = context.claim
    if name == "usage_period" and context.usage_period is not None:
        return context.usage_period.label
    if name == "program":
        return claim.program
    if name == "location":
        return claim.location or "-"
    return claim.event.name if name == "conference" and claim.event is not None else claim.id


def _program(text: str, context: ClaimContext) -> str:
    return program_id(context.book, text) or _folded(text)


def _earned(pool: Pool, accounts: Sequence[Funds] | None) -> Money | None:
    """What was earned in the pool's accounts together; None where not all of that is known."""
    context = pool.shares[0].context
    if accounts is None or not pool.shares[0].limit.percents:
        return None
    wanted = dict(pool.key)
    found: dict[tuple[str, str], Funds] = {}
    for funds in accounts:
        program = _program(funds.program, context)
        has = (("usage_period", funds.usage_period), ("location", funds.location), ("program", program))
        if all(value == wanted.get(name, value) for name, value in has):
            found[program, funds.location] = funds
    drawn = {(_program(s.context.claim.program, s.context), s.context.claim.location or "") for s in pool.shares}
    earned = [funds.earned_in_all for funds in found.values()]
    known = [amount for amount in earned if amount is not None]
    currencies = {funds.currency for funds in found.values()}
    if not drawn <= found.keys() or len(known) < len(earned) or len(currencies) != 1:
        return None
    return Money(sum(known, _ZERO), currencies.pop())


def _top(share: Share, earned: Money | None) -> Money | None:
    """The most that may be taken: the greatest of the limit's amounts, in its own currency where it has one."""
    choices = share.limit.money(earned)
    if not choices:
        return None
    currency = choices[0].currency
    amounts = [exchanged(choice, currency, share.context) for choice in choices]
    known = [amount.amount for amount in amounts if amount is not None]
    return Money(round_money(max(*known, _ZERO), currency), currency) if len(known) == len(amounts) else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
