"""Lines with what no claim gets back, by their category or by the words of their description."""

from __future__ import annotations

import re

from msgspec import Struct

from poe_pack.findings import JudgedBy
from poe_pack.model import InvoiceLine
from poe_pack.rules.base import ClaimContext

ALCOHOL = "alcohol"
HOTEL_EXTRAS = "hotel_extras"
EVENT_TRAVEL = "event_travel"
_SECTION = "ineligible_expenses"


class Ineligible(Struct, frozen=True):
    """What the rulebook says of an ineligible expense: where it hides, which words give it away."""

    id: str
    expenses: frozenset[str]
    except_in: tuple[str, ...]
    words: frozenset[str]
    denied_by: frozenset[str]
    source: JudgedBy

    def word_in(self, line: InvoiceLine) -> str | None:
        """The word of the description that gives it away; None also where another word denies it."""
        said = re.findall(r"[\w-]+", line.description.casefold())
        if not self.denied_by.isdisjoint(said):
            return None
        return next((word for word in said if word in self.words), None)


def ineligible(ctx: ClaimContext, id: str) -> Ineligible | None:
    """The rulebook's entry where it holds for this claim; None where it allows it or knows nothing of it."""
    value = ctx.value(_SECTION, id)
    if value is None or ctx.needs is None or id not in ctx.needs.ineligible:
        return None
    entry = ctx.book.entry(_SECTION, id) or {}
    return Ineligible(
        id=id,
        expenses=frozenset(value.fields.get("expenses", ())),
        except_in=tuple(value.fields.get("except_in", ())),
        words=frozenset(entry.get("words", ())),
        denied_by=frozenset(entry.get("denied_by", ())),
        source=value.judged_by(ctx.judged_on),
    )


def said_by_others(ctx: ClaimContext, line: InvoiceLine) -> bool:
    """Whether a rule of its own refuses this category here, so that no other one needs to."""
    travel = ineligible(ctx, EVENT_TRAVEL)
    outright = [id for id in (ALCOHOL, HOTEL_EXTRAS) if ineligible(ctx, id) is not None]
    return line.category in outright or (travel is not None and line.category in travel.expenses)
