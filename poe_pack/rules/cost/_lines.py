"""What rules about cost share: the lines that are claimed, and how much of a line may be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from poe_pack.model import Claim, InvoiceLine, ThirdPartyInvoice
from poe_pack.rules.base import ClaimContext


def claimed_invoices(claim: Claim) -> Iterator[tuple[str, ThirdPartyInvoice]]:
    """Invoices of which something is claimed here, with their JSON pointers."""
    for index, invoice in enumerate(claim.third_party_invoices):
        if any(line.claimed_here > 0 for line in invoice.lines):
            yield f"/third_party_invoices/{index}", invoice


def claimed_lines(claim: Claim) -> Iterator[tuple[str, InvoiceLine]]:
    """Lines of which something is claimed here, with their JSON pointers."""
    for path, invoice in claimed_invoices(claim):
        for number, line in enumerate(invoice.lines):
            if line.claimed_here > 0:
                yield f"{path}/lines/{number}", line


def taxed(ctx: ClaimContext) -> frozenset[str]:
    """Expense categories whose taxes are paid back on the claim's date, whatever the activity type."""
    value = ctx.value("tax_included")
    return frozenset() if value is None else frozenset(value.fields["expenses"])


def claimable(line: InvoiceLine, with_tax: frozenset[str]) -> Decimal | None:
    """The most that may be claimed of a line, in invoice currency; None where its net amount is not known."""
    if line.net is None or line.category not in with_tax:
        return line.net
    return line.net + (line.tax or Decimal(0))
