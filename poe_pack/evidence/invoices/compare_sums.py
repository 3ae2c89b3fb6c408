"""Compares what a claim says of an invoice's net, tax and total with the amounts in a text.

A value agrees only where a label, or the sum of labelled amounts, says that it is this one: that the same digits stand
somewhere proves nothing. It differs only where a labelled amount is another one and the claimed one either stands
nowhere in the text or is refuted by net and tax that add up to the total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from poe_pack.evidence.invoices.facts import AGREES, CANNOT_CHECK, Claimed, Compared, Field, Row, differs
from poe_pack.evidence.invoices.folding import plain
from poe_pack.evidence.invoices.sums import Role, Sums

_ONE = Decimal(1)  # the most that a sum is rounded by
_ENOUGH = 3  # amounts in a text that is no fragment
_MOST_ROWS = 8
_LEAST_DIGITS = 3
_MOST_PIECES = 4
_NO_DIGIT = re.compile(r"[^0-9]+")


class _Foot(Struct, frozen=True):
    """What the foot of the invoice comes to: possible totals, nets and taxes, and whether they add up to one whole."""

    totals: frozenset[Decimal]
    nets: frozenset[Decimal]
    taxes: frozenset[Decimal]
    adds_up: bool


def compare_sums(claimed: Claimed, sums: Sums, pages: Sequence[Sequence[Row]], whole: bool) -> dict[Field, Compared]:
    """Outcomes of the three amounts, as far as the claim states them. `whole`: the text is all that the file says."""
    foot = _foot(sums)
    judge = _Judge(sums, _digits(pages), foot, whole)
    outcomes = {}
    for name, value, among in (
        (Field.NET, claimed.net, foot.nets),
        (Field.TAX, claimed.tax, foot.taxes),
        (Field.TOTAL, claimed.total, foot.totals),
    ):
        if value is not None:
            outcome = judge.judge(name, value, among)
            if outcome is not AGREES and claimed.is_credit:
                # A credit note may say what it gives back with or without a minus.
                outcome = AGREES if judge.judge(name, -value, among) is AGREES else CANNOT_CHECK
            outcomes[name] = outcome
    return outcomes


class _Judge:
    """Judges single amounts against one text."""

    def __init__(self, sums: Sums, digits: frozenset[str], foot: _Foot, whole: bool) -> None:
        self._sums = sums
        self._digits = digits
        self._foot = foot
        self._whole = whole
        self._anywhere = frozenset(value for found in sums.found for value in found.amount.readings)

    def judge(self, name: Field, value: Decimal, among: frozenset[Decimal]) -> Compared:
        if value in among:
            return AGREES if self._is_the_one(name, value, among) else CANNOT_CHECK
        if not among and name is Field.TOTAL:
            return self._without_label(value)
        if not among or not self._whole or self._may_be_meant(name, value):
            return CANNOT_CHECK
        if self._foot.adds_up or not self._occurs(value):
            return differs(next(iter(among)) if len(among) == 1 else None)
        return CANNOT_CHECK

    def _is_the_one(self, name: Field, value: Decimal, among: frozenset[Decimal]) -> bool:
        """Of several possible values: the total is the largest, the others must fit in with the rest."""
        if self._foot.adds_up or len(among) == 1:
            return True
        return name is Field.TOTAL and value == max(among, key=abs)

    def _without_label(self, value: Decimal) -> Compared:
        """No label says what the total is, perhaps for want of the language."""
        money = [found.amount for found in self._sums.found if found.amount.is_money]
        labelled_else = self._sums.of(Role.NET, Role.SUB, Role.TAX, Role.ALL_TAX, Role.PAID, Role.OTHER)
        if value > 0 and value not in labelled_else and money and value == max(amount.value for amount in money):
            return AGREES
        fragment = len({amount.value for amount in money}) < _ENOUGH
        if fragment or not self._whole or self._occurs(value) or self._may_be_meant(Field.TOTAL, value):
            return CANNOT_CHECK
        return differs()

    def _may_be_meant(self, name: Field, value: Decimal) -> bool:
        """Whether a label of another kind, or a sum of labelled amounts, may mean the same value."""
        sums, foot = self._sums, self._foot
        kin = {
            Field.TOTAL: (Role.TOTAL, Role.GROSS, Role.DUE),
            Field.NET: (Role.NET, Role.SUB),
            Field.TAX: (Role.TAX, Role.ALL_TAX),
        }[name]
        if value in sums.of(*kin) or value in _sums_of(sums.values.get(kin[0], ())):
            return True
        # Shipping, discount or rounding, which the claim may have among its lines or not.
        among = {Field.TOTAL: foot.totals, Field.NET: foot.nets, Field.TAX: foot.taxes}[name]
        others = [abs(other) for other in sums.of(Role.OTHER, Role.PAID) if other]
        steps = {step for part in _sums_of(others[:_MOST_ROWS]) for step in (part, -part)}
        return any(value - one in steps for one in among)

    def _occurs(self, value: Decimal) -> bool:
        """Whether the amount may stand anywhere in the text, in however odd a form."""
        if value in self._anywhere or -value in self._anywhere:
            return True
        cents = f"{abs(value):.2f}".replace(".", "")
        units = cents.removesuffix("00")
        return len(units) >= _LEAST_DIGITS and not self._digits.isdisjoint({units, cents})


def _foot(sums: Sums) -> _Foot:
    """Put labelled amounts together. A bare "total" may be before or after tax: the sums decide."""
    taxes = _taxes(sums)
    bases = sums.of(Role.NET, Role.SUB, Role.TOTAL) | _sums_of(sums.values.get(Role.NET, ())[:_MOST_ROWS])
    ends = sums.of(Role.GROSS, Role.DUE, Role.TOTAL)
    triples = {
        (base, tax, end)
        for base in bases
        for tax in taxes
        for end in ends
        if base + tax == end and (tax or base == end)
    }
    best = {triple for triple in triples if triple[1]} or triples
    if len(best) == 1:
        (base, tax, end), *_ = best
        firm = not sums.of(Role.GROSS) - {end} and not (sums.of(Role.NET) and base not in _nets(sums))
        if firm:
            return _Foot(frozenset({end}), frozenset({base}), frozenset({tax}), True)
    totals = sums.of(Role.GROSS) or _likely_totals(sums, taxes) or sums.of(Role.DUE)
    if best:  # several ways to add up: whatever one of them says may be so, and nothing is refuted
        return _Foot(totals, frozenset(b for b, _, _ in best), frozenset(t for _, t, _ in best), False)
    nets = _nets(sums)
    if not nets and len(totals) == 1 and len(taxes) == 1:
        nets = frozenset({next(iter(totals)) - next(iter(taxes))})
    elif not taxes and len(totals) == 1 and len(nets) == 1:
        taxes = _rest(sums, next(iter(totals)), next(iter(nets)))
    elif nets and taxes and totals:
        # They do not add up: something that has no label here, such as a discount, lies between them.
        close = _close(nets, taxes, totals)
        return _Foot(totals, nets if close else frozenset(), taxes if close else frozenset(), False)
    return _Foot(totals, nets, taxes, False)


def _rest(sums: Sums, total: Decimal, net: Decimal) -> frozenset[Decimal]:
    """The tax that lies between net and total; none of it only where no larger amount may be the total with it."""
    largest = max(found.amount.value for found in sums.found)
    return frozenset({total - net}) if total > net or total == net == largest else frozenset()


def _likely_totals(sums: Sums, taxes: frozenset[Decimal]) -> frozenset[Decimal]:
    """Amounts called a total, unless another amount of the text is that total with the tax."""
    anywhere = {found.amount.value for found in sums.found}
    return frozenset(v for v in sums.of(Role.TOTAL) if not any(tax and v + tax in anywhere for tax in taxes))


def _nets(sums: Sums) -> frozenset[Decimal]:
    """The net amount: one that is called so, or the sum of those of several rates."""
    rows = sums.values.get(Role.NET, ())
    return frozenset(rows) if len(set(rows)) == 1 else frozenset(_whole_sums(rows))


def _taxes(sums: Sums) -> frozenset[Decimal]:
    rows = sums.values.get(Role.TAX, ())
    if sums.of(Role.ALL_TAX):
        return sums.of(Role.ALL_TAX)
    return frozenset(rows) if len(set(rows)) == 1 else frozenset(_whole_sums(rows))


def _whole_sums(rows: Sequence[Decimal]) -> Iterator[Decimal]:
    """The sum of all rows, and of those that are not repeated, as on a second page."""
    if rows:
        yield sum(rows, Decimal(0))
        yield sum(dict.fromkeys(rows), Decimal(0))


def _sums_of(rows: Sequence[Decimal]) -> frozenset[Decimal]:
    """Sums of any of some rows."""
    some = rows[:_MOST_ROWS]
    return frozenset(
        sum(chosen, Decimal(0)) for count in range(1, len(some) + 1) for chosen in combinations(some, count)
    )


def _close(nets: frozenset[Decimal], taxes: frozenset[Decimal], totals: frozenset[Decimal]) -> bool:
    return any(abs(net + tax - total) < _ONE for net in nets for tax in taxes for total in totals)


def _digits(pages: Sequence[Sequence[Row]]) -> frozenset[str]:
    """Numbers without their signs, and neighbours in a row put together: "1 234" in one column and "50" in the next."""
    found: set[str] = set()
    for page in pages:
        for row in page:
            pieces = [_NO_DIGIT.sub("", piece) for cell in row for piece in plain(cell.text).split()]
            for first in range(len(pieces)):
                for count in range(1, _MOST_PIECES + 1):
                    found.add("".join(pieces[first : first + count]).lstrip("0"))
    return frozenset(found)
