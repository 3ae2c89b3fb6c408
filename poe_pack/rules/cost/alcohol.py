"""Alcohol is never claimed.

## What it checks
No claimed line has the category `alcohol`. The description of no claimed line holds a word for it, whatever the
category, unless another word says that there was none.

## Why
Alcohol is excluded in so many words. One bottle of wine on the caterer's invoice puts the whole line in doubt.

## Example
`{description: Wine tasting, category: catering_no_alcohol, net: "4000.00"}`.

## How to fix
Set `claimed` to the part without alcohol, on a line of its own, or `claimed: "0.00"`; if there was none, say so in the
description.

## Source
R56: Microsoft, Core requirements (catering without alcohol); the words are the project's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit
from poe_pack.rules.cost._ineligible import ALCOHOL, ineligible
from poe_pack.rules.cost._lines import claimed_lines

CODE = "POE423"
NAME = "alcohol"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    alcohol = ineligible(ctx, ALCOHOL)
    if alcohol is None:
        return
    for path, line in claimed_lines(claim):
        word = alcohol.word_in(line)
        if line.category == alcohol.id:
            yield Hit(f"{path}/category", {"line": line.description}, judged_by=alcohol.source)
        elif word is not None:
            values = {"line": line.description, "word": word}
            yield Hit(f"{path}/description", values, "word", severity=Severity.WARNING, judged_by=alcohol.source)
