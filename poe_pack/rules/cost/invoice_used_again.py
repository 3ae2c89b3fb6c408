"""One invoice is not used under two names, nor by two partners.

## What it checks
Over all claims that are not rejected: two invoices of a partner are not one paper, saved again under another number
or vendor (the same words on their pages; seen when files are opened, `--deep`). And an invoice of one partner is in
no claim of another partner of the same repository: not by number and vendor, not by its file, not by its words.

## Why
Claiming a cost twice is the fault that audits look for, and a file that was saved again has other bytes.

## Example
Invoice 10482, printed to a new PDF and claimed once more as 10482-B.

## How to fix
Claim the invoice once, in one partner's claim; where it is shared, give it the same number and vendor in both.

## Source
R49: inferred from general practice (double claiming).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from poe_pack.evidence.facts import FileState
from poe_pack.findings import Severity
from poe_pack.model import Claim, Status, ThirdPartyInvoice
from poe_pack.model.invoices import same_invoices
from poe_pack.rules._order import turn
from poe_pack.rules.base import ClaimContext, Hit, Place, RepositoryContext
from poe_pack.rules.integrity._alike import origins

CODE = "POE452"
NAME = "invoice-used-again"
SEVERITY = Severity.WARNING
READS = ("/third_party_invoices", "/status", "/replaces", "/history", "/submissions", "/date")
EVERYWHERE = True


class _Use(Struct, frozen=True):
    """An invoice in a claim; `same` is a number that all uses of one number and vendor share."""

    claim: Claim
    index: int
    invoice: ThirdPartyInvoice
    same: int
    bytes_sha256: str | None
    text_sha256: str | None

    @property
    def path(self) -> str:
        return f"/third_party_invoices/{self.index}"

    @property
    def place(self) -> Place:
        return Place(self.claim.file, f"{self.path}/number")


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    contexts = sorted([*ctx.claims, *ctx.elsewhere], key=lambda context: (turn(context), context.claim.file))
    own = {context.claim.file for context in ctx.claims}
    origin = origins({context.claim.id: context.claim for context in ctx.claims})
    # By what two of them may share: thousands of invoices are not compared with each other.
    earlier: dict[tuple[str, object], list[tuple[int, _Use]]] = defaultdict(list)
    for number, use in enumerate(_uses([c for c in contexts if c.claim.status is not Status.REJECTED])):
        if use.claim.file in own:
            sharing = {place: one for key in _keys(use) for place, one in earlier.get(key, ())}
            before = [sharing[place] for place in sorted(sharing)]
            yield from _hit(use, [one for one in before if one.claim.file in own and _is_copy(one, use, origin)], "")
            yield from _hit(use, [one for one in before if one.claim.file not in own], "partner")
        for key in _keys(use):
            earlier[key].append((number, use))


def _keys(use: _Use) -> Iterator[tuple[str, object]]:
    yield "same", use.same
    if use.bytes_sha256 is not None:
        yield "bytes", use.bytes_sha256
    if use.text_sha256 is not None:
        yield "text", use.text_sha256


def _hit(use: _Use, others: Sequence[_Use], variant: str) -> Iterator[Hit]:
    """One finding, however many there are before it."""
    for other in others[:1]:
        values = {"number": use.invoice.number, "other": other.invoice.number, "claim": other.claim.id}
        yield Hit(f"{use.path}/number", values, variant, file=use.claim.file, related=(other.place,))


def _is_copy(one: _Use, other: _Use, origin: dict[str, str]) -> bool:
    """Whether two invoices of a partner that share something pass for different ones, in different files.

    Then they have the same words. The same file is POE912's.
    """
    if one.same == other.same or one.bytes_sha256 == other.bytes_sha256:
        return False
    return one.claim is other.claim or origin[one.claim.id] != origin[other.claim.id]


def _uses(contexts: Sequence[ClaimContext]) -> Iterator[_Use]:
    places = [((c, index), invoice) for c in contexts for index, invoice in enumerate(c.claim.third_party_invoices)]
    groups = same_invoices(places)
    same = {(c.claim.file, index): number for number, group in enumerate(groups) for (c, index), _ in group}
    for (context, index), invoice in places:
        facts = context.files.get(invoice.file or "")
        comparison = context.comparisons.get(index)
        yield _Use(
            context.claim,
            index,
            invoice,
            same[context.claim.file, index],
            facts.sha256 if facts is not None and facts.state is FileState.PRESENT else None,
            None if comparison is None else comparison.text_sha256,
        )
