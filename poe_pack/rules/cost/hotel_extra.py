"""Of a hotel bill, room rate and taxes are claimed and nothing else.

## What it checks
No claimed line has the category `hotel_extras`. The description of no claimed line for a hotel room holds a word for
one, such as minibar, unless another word says that there was none.

## Why
What comes on top of the room is excluded in so many words.

## Example
`{description: Minibar, category: hotel_room, net: "18.00"}`.

## How to fix
Set `claimed: "0.00"` for the line; split a line that holds both.

## Source
R57: Microsoft, Core requirements (room rate and taxes only); the words are the project's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.cost._ineligible import HOTEL_EXTRAS, ineligible
from poe_pack.rules.cost._lines import claimed_lines

CODE = "POE424"
NAME = "hotel-extra"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    extras = ineligible(ctx, HOTEL_EXTRAS)
    if extras is None:
        return
    for path, line in claimed_lines(claim):
        word = extras.word_in(line) if line.category in extras.expenses else None
        if line.category == extras.id:
            yield Hit(f"{path}/category", {"line": line.description}, judged_by=extras.source)
        elif word is not None:
            values = {"line": line.description, "word": word}
            yield Hit(f"{path}/description", values, "word", severity=Severity.WARNING, judged_by=extras.source)
