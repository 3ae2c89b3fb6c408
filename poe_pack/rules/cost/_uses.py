"""One invoice in several places: which uses of it there are, the earlier ones first."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from poe_pack.model import Claim, Status, ThirdPartyInvoice
from poe_pack.model.invoices import same_invoices
from poe_pack.rules._order import turn
from poe_pack.rules.base import ClaimContext, Place, RepositoryContext


class Use(Struct, frozen=True):
    """One claim's use of an invoice."""

    context: ClaimContext
    index: int
    invoice: ThirdPartyInvoice

    @property
    def claim(self) -> Claim:
        return self.context.claim

    @property
    def path(self) -> str:
        return f"/third_party_invoices/{self.index}"

    @property
    def place(self) -> Place:
        return Place(self.claim.file, f"{self.path}/number")


def shared_invoices(ctx: RepositoryContext) -> Iterator[list[Use]]:
    """Invoices with several uses in claims that are not rejected; whoever handed in first comes first."""
    uses = [
        (Use(context, index, invoice), invoice)
        for context in sorted(ctx.claims, key=turn)
        if context.claim.status is not Status.REJECTED
        for index, invoice in enumerate(context.claim.third_party_invoices)
    ]
    for group in same_invoices(uses):
        if len(group) > 1:
            yield [use for use, _ in group]
