"""An amount has no more decimals than its currency.

## What it checks
`amount` has at most two decimals, none in currencies such as JPY, three in those such as KWD.

## Why
The portal rounds or refuses what it cannot pay, and the sum then differs from the invoices.

## Example
`amount: "9141.123"` in USD.

## How to fix
Round the amount, half up, as the cost behind it is rounded.

## Source
R18; ISO 4217 minor units.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, fits_currency, minor_digits
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE304"
NAME = "excess-decimals"
SEVERITY = Severity.ERROR
READS = ("/amount", "/currency")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    if claim.amount is not None and not fits_currency(claim.amount, claim.currency):
        yield Hit("/amount", {"currency": claim.currency, "digits": minor_digits(claim.currency)})
