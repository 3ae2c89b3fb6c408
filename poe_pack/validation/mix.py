"""How claims divide by category or solution area, where the rulebook has a guide for their program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from poe_pack.languages import Words
from poe_pack.rulebook import Dated, Rulebook, UnknownValue
from poe_pack.rulebook.programs import program_id
from poe_pack.rules.base import ClaimContext
from poe_pack.rules.funds._caps import program_kinds
from poe_pack.rules.funds._taking import takes
from poe_pack.validation.loading import Loaded
from poe_pack.validation.result import Mix, MixShare

_OTHER = Words("mix.unnamed")
_PERCENT = Decimal("0.01")


def mixes(loaded: Loaded, contexts: Sequence[ClaimContext]) -> Iterator[Mix]:
    """One mix for each guide of a partner's program, usage period and currency in which something is claimed."""
    groups: dict[tuple[str, str, str, str], list[ClaimContext]] = defaultdict(list)
    for context in contexts:
        claim, period = context.claim, context.usage_period
        program = program_id(context.book, claim.program)
        if period is not None and program is not None and takes(context) > 0:
            folder = loaded.partner_folder(claim.file) or ""
            groups[folder, period.first.isoformat(), program, claim.currency].append(context)
    for _, group in sorted(groups.items()):
        for id, guide in _guides(group[0]):
            yield _mix(id, guide, group)


def _guides(context: ClaimContext) -> Iterator[tuple[str, Dated]]:
    """Ids and values of the guides in force when the usage period began."""
    book, period = context.book, context.usage_period
    for id in book.ids("parameters") if period is not None else ():
        try:
            value = book.value(period.first, "parameters", id) if period is not None else None
        except UnknownValue:
            continue
        if value is None or "shares" not in value.fields:
            continue
        programs = value.fields.get("programs")
        if programs is None or not program_kinds(context).isdisjoint(programs):
            yield id, value


def _mix(id: str, guide: Dated, group: Sequence[ClaimContext]) -> Mix:
    first = group[0]
    book, period = first.book, first.usage_period
    shares = guide.fields["shares"]
    section = "categories" if set(shares) <= set(book.ids("categories")) else "solution_areas"
    sums = dict.fromkeys([*shares, ""], Decimal(0))
    for context in group:
        part = _part(context, section)
        sums[part if part in shares else ""] += takes(context)
    total = sum(sums.values(), Decimal(0))
    return Mix(
        name=book.name("parameters", id),
        file=first.claim.file,
        program=first.claim.program,
        usage_period=period.label if period is not None else "",
        currency=first.claim.currency,
        total=total,
        shares=tuple(
            MixShare(_name(book, section, part, first), amount, amount / total, _guide(shares, part))
            for part, amount in sums.items()
            if part or amount
        ),
        judged_by=guide.judged_by(first.judged_on, "shares"),
    )


def _part(context: ClaimContext, section: str) -> str:
    if section == "solution_areas":
        return context.claim.solution_area or ""
    category = context.needs.activity.fields.get("category") if context.needs is not None else None
    return category or ""


def _name(book: Rulebook, section: str, part: str, context: ClaimContext) -> Words:
    return book.name(section, part, context.judged_on) if part else _OTHER


def _guide(shares: dict[str, str], part: str) -> Decimal | None:
    return Decimal(shares[part]) * _PERCENT if part else None
