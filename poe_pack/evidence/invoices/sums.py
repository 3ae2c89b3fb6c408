"""What the foot of an invoice says: which amount is the net, which the tax, which the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from poe_pack.evidence.invoices.amounts import Amount, amounts_in
from poe_pack.evidence.invoices.facts import Cell, Row
from poe_pack.evidence.invoices.folding import plain
from poe_pack.evidence.invoices.labels import says_of
from poe_pack.evidence.invoices.lexicon import Say


class Role(StrEnum):
    """What a labelled amount is."""

    TOTAL = "total"
    """Of what is not said: with tax, or without, or of a part."""
    GROSS = "gross"
    DUE = "due"
    NET = "net"
    SUB = "sub"
    TAX = "tax"
    ALL_TAX = "all_tax"
    PAID = "paid"
    OTHER = "other"


class Found(Struct, frozen=True):
    """An amount on a page; `role` is None where no label says what it is. `from_head`: a column's head says it."""

    amount: Amount
    role: Role | None
    row: tuple[int, int]
    from_head: bool = False


class Sums(Struct, frozen=True):
    """All amounts of a text; `values` those of each role: of a row with several the one that is meant."""

    found: tuple[Found, ...]
    values: dict[Role, tuple[Decimal, ...]] = field(default_factory=dict)

    def of(self, *roles: Role) -> frozenset[Decimal]:
        """Distinct values of roles."""
        return frozenset(value for role in roles for value in self.values.get(role, ()))


def role_of(says: frozenset[Say]) -> Role | None:
    """What a label makes of the amount beside it; None where it could be either of two."""
    says -= {Say.FILLER}
    if Say.PAID in says:
        return Role.PAID
    if Say.OTHER in says:
        return Role.OTHER
    if Say.WITHOUT in says:
        return Role.NET if len(says) > 1 and Say.DUE not in says else None
    if Say.WITH in says and not says & {Say.TOTAL, Say.GROSS, Say.DUE}:
        return None  # "incl. 19 % VAT": the tax in it, or a total
    if Say.WITH in says:
        return Role.GROSS
    if Say.DUE in says:
        return None if Say.NET in says else Role.DUE
    if Say.NET in says:
        return None if says & {Say.TAX, Say.GROSS} else Role.NET
    if Say.TAX in says:
        if says & {Say.GROSS, Say.SUB}:
            return None
        return Role.ALL_TAX if Say.TOTAL in says else Role.TAX
    by_itself = {Say.SUB: Role.SUB, Say.GROSS: Role.GROSS, Say.TOTAL: Role.TOTAL}
    return next((role for say, role in by_itself.items() if say in says), None)


def read_sums(pages: Sequence[Sequence[Row]], currency: str) -> Sums:
    """What stands beside which label. Where a row says its amounts in several currencies, those in `currency` count."""
    found: list[Found] = []
    for number, page in enumerate(pages):
        for index, row in enumerate(page):
            found += _in_row(row, (number, index))
        found += _in_columns(page, number)
    return Sums(tuple(found), _values(found, currency))


def _in_row(row: Row, place: tuple[int, int]) -> Iterator[Found]:
    role: Role | None = None
    for cell in row:
        amounts = amounts_in(cell.text)
        says = says_of(plain(cell.text), [amount for amount in amounts if amount.is_money])
        if says is None:
            # "Total 97400": a whole number that only its label makes money.
            says = says_of(plain(cell.text), amounts)
            role = None if says is None else role_of(says)
        elif says - {Say.FILLER}:
            role = role_of(says)
        for amount in amounts:
            yield Found(amount, role, place)


def _in_columns(page: Sequence[Row], number: int) -> Iterator[Found]:
    """Amounts that stand alone under a label: "Net | Tax | Total" over one row of amounts."""
    for index, row in enumerate(page[:-1]):
        if any(_money(cell) for cell in row):
            continue
        for cell in row:
            says = says_of(plain(cell.text))
            role = None if says is None else role_of(says)
            below = _money_under(page[index + 1], cell)
            after = _money_under(page[index + 2], cell) if index + 2 < len(page) else []
            if role is not None and len(below) == 1 and not after:
                yield Found(below[0], role, (number, index + 1), from_head=True)


def _money(cell: Cell) -> list[Amount]:
    return [amount for amount in amounts_in(cell.text) if amount.is_money]


def _money_under(row: Row, label: Cell) -> list[Amount]:
    return [a for cell in row if cell.left < label.right and label.left < cell.right for a in _money(cell)]


def _values(found: Sequence[Found], currency: str) -> dict[Role, tuple[Decimal, ...]]:
    """Of each labelled row the amount that is meant; what column heads say counts only where no row says it."""
    rows: dict[tuple[Role, tuple[int, int], bool], list[Amount]] = {}
    for one in found:
        if one.role is not None:
            rows.setdefault((one.role, one.row, one.from_head), []).append(one.amount)
    values: dict[Role, list[Decimal]] = {}
    fallback: dict[Role, list[Decimal]] = {}
    for (role, _, from_head), amounts in rows.items():
        into = fallback if from_head else values
        for meant, value in _meant(role, _own(amounts, currency)):
            into.setdefault(meant, []).append(value)
    return {role: tuple(those) for role, those in (fallback | values).items()}


def _own(amounts: Sequence[Amount], currency: str) -> list[Amount]:
    money = [amount for amount in amounts if amount.is_money] or list(amounts)
    return [amount for amount in money if not amount.currencies or currency in amount.currencies]


def _meant(role: Role, amounts: Sequence[Amount]) -> Iterator[tuple[Role, Decimal]]:
    values = [amount.value for amount in amounts]
    if len(set(values)) == 1:
        yield role, values[0]
    elif role in (Role.TAX, Role.ALL_TAX) and values:
        yield role, min(values, key=abs)  # beside it stands what is taxed
    elif role in (Role.TOTAL, Role.GROSS, Role.DUE) and len(values) == 3:
        low, middle, high = sorted(values, key=abs)
        if low + middle == high:
            yield from ((Role.GROSS, high), (Role.NET, middle), (Role.ALL_TAX, low))
