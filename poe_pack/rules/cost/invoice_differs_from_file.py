"""What a claim says of an invoice is what the invoice itself says.

## What it checks
When files are opened (`--deep`, `packet`): number, date, vendor, currency, net, tax and total of each invoice are
compared with its file. An e-invoice in the file (Factur-X, ZUGFeRD, XRechnung; CII or UBL) is compared exactly, with
the vendor's tax number, too: a difference is an error. Otherwise the text of the pages is searched, however its country
writes numbers and days: a difference is a warning, and is told only where a label or the sums of the page show another
value. Where most fields differ, the file is that of another invoice.

## Why
The reviewer has the invoice beside the form; a figure that was copied wrong is what they see first.

## Example
Invoice 10482 over 152,900.00 SEK, copied with a total of 159,200.00.

## How to fix
Copy the value from the invoice, or name the right file. Where the file says the same in a way that the tool does not
see, waive the finding.

## Source
R39: Microsoft, Prepare your proof of execution ("required invoice details"); that they must be those of the file is
inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from poe_pack.evidence.invoices.facts import Comparison, Field, Outcome, Source
from poe_pack.findings import Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, Money, ThirdPartyInvoice
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE450"
NAME = "invoice-differs-from-file"
SEVERITY = Severity.ERROR
READS = ("/third_party_invoices",)
CHECKLIST = "cost"

PLACES: Mapping[Field, str] = {
    Field.NUMBER: "/number",
    Field.DATE: "/date",
    Field.VENDOR: "/vendor/name",
    Field.TAX_ID: "/vendor/tax_id",
    Field.CURRENCY: "/currency",
    Field.NET: "/lines",
    Field.TAX: "/lines",
    Field.TOTAL: "/total",
}
"""Where a field stands in an invoice of a claim."""

REDACTED = frozenset({Field.TAX_ID})
"""Fields whose values the schema marks sensitive: a finding never says them."""

_PARTS = frozenset({Field.NET, Field.TAX})
_ANOTHER = 4  # fields that differ: no slip of the pen, but another paper


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for index, invoice in enumerate(claim.third_party_invoices):
        comparison = ctx.comparisons.get(index)
        if comparison is not None:
            yield from _hits(f"/third_party_invoices/{index}", invoice, comparison)


def _hits(path: str, invoice: ThirdPartyInvoice, comparison: Comparison) -> Iterator[Hit]:
    exact = comparison.source is Source.E_INVOICE
    severity = Severity.ERROR if exact else Severity.WARNING
    names = comparison.those(Outcome.DIFFERS)
    common = {"number": invoice.number, "file": invoice.file}
    if len(names) >= _ANOTHER:
        fields = tuple(Words(f"invoice.field.{name}") for name in names)
        yield Hit(f"{path}/file", common | {"fields": fields}, "another", severity=severity)
        return
    for name in names:
        if name in _PARTS and Field.TOTAL in names:
            continue  # whoever corrects the total corrects its lines
        values = common | {"field": Words(f"invoice.field.{name}")}
        found = comparison.fields[name].found
        if name in REDACTED:
            yield Hit(f"{path}{PLACES[name]}", values, "redacted", severity=severity)
            continue
        values["claimed"] = _shown(_claimed(invoice, name), invoice, comparison)
        variant = "not_found" if found is None else "e_invoice" if exact else ""
        if found is not None:
            values["found"] = _shown(found, invoice, comparison)
        yield Hit(f"{path}{PLACES[name]}", values, variant, severity=severity, at_key=PLACES[name] == "/lines")


def _claimed(invoice: ThirdPartyInvoice, name: Field) -> Any:
    return invoice.vendor_name if name is Field.VENDOR else getattr(invoice, name)


def _shown(value: Any, invoice: ThirdPartyInvoice, comparison: Comparison) -> Any:
    """Amounts with their currency, where that is not in doubt itself."""
    currency = comparison.fields.get(Field.CURRENCY)
    doubtful = currency is not None and currency.outcome is Outcome.DIFFERS
    return Money(value, invoice.currency) if isinstance(value, Decimal) and not doubtful else value


def compared(claim: Claim, ctx: ClaimContext) -> Words | None:
    outcomes = [one.outcome for comparison in ctx.comparisons.values() for one in comparison.fields.values()]
    agreed = outcomes.count(Outcome.AGREES)
    count = len(claim.third_party_invoices)
    return Words("POE450.compared", {"agreed": agreed, "of": len(outcomes), "count": count}) if agreed else None
