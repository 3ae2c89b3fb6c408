"""Of an activity that was not about the vendor alone, no more than the vendor's share is claimed.

## What it checks
Where the activity type asks for nothing but Microsoft and the claim gives a `vendor_share` below 1, no line is claimed
with more than that share of its net, rounded to the cent. And no proof document shows at the same time that there was
nothing but Microsoft. Certification reports are not compared: their hours are that share already.

## Why
Training, floor days and champs are paid for the time and space that were Microsoft's alone.

## Example
Two of five training days were about another maker: `vendor_share: {share: "0.6"}`, and a room of 1000.00 is claimed
whole.

## How to fix
Claim the share: `claimed: "600.00"` in that line. Or correct the share.

## Source
R73: Microsoft, Core requirements (internal training and floor days; on-site champ).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from poe_pack.findings import JudgedBy, Severity
from poe_pack.model import Claim, Money, round_money
from poe_pack.rules.base import ClaimContext, Hit, Place, When

CODE = "POE542"
NAME = "claimed-beyond-share"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/vendor_share", "/third_party_invoices", "/proof_documents", "/activity_type", "/date")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    needs = ctx.needs
    if needs is None:
        return
    for element in needs.core or ():
        share = ctx.partial_share(element)
        if share is None:
            continue
        showing = [i for i, proof in enumerate(claim.proof_documents) if element in proof.shows]
        if showing:
            values = {"share": share, "element": ctx.book.name("core_elements", element)}
            related = (Place(claim.file, f"/proof_documents/{showing[0]}/shows"),)
            yield Hit("/vendor_share/share", values, "contradicts", severity=Severity.WARNING, related=related)
        else:
            yield from _lines(claim, share, needs.activity.judged_by(ctx.judged_on, "core"))


def _lines(claim: Claim, share: Decimal, source: JudgedBy) -> Iterator[Hit]:
    for i, invoice in enumerate(claim.third_party_invoices):
        for n, line in enumerate(invoice.lines):
            net = line.net or Decimal(0)
            most = round_money(net * share, invoice.currency)
            if most < line.claimed_here <= net:  # more than the net is another rule's finding
                values = {
                    "line": n + 1,
                    "claimed": Money(line.claimed_here, invoice.currency),
                    "most": Money(most, invoice.currency),
                    "share": share,
                }
                path = f"/third_party_invoices/{i}/lines/{n}/claimed"
                related = (Place(claim.file, "/vendor_share/share"),)
                yield Hit(path, values, at_key=True, related=related, judged_by=source)
