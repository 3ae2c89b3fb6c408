"""Which invoices in several claims are one and the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from poe_pack.model.claim import ThirdPartyInvoice

_T = TypeVar("_T")


def same_invoices(uses: Sequence[tuple[_T, ThirdPartyInvoice]]) -> list[list[tuple[_T, ThirdPartyInvoice]]]:
    """Groups of uses of one invoice, in the order of their first use, each in the order given.

    Two are the same when number and vendor agree; the vendor by its tax id or, where one claim leaves that out, by
    its name. Letter case and spaces do not count.
    """
    taxed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, invoice in uses:
        if invoice.vendor_tax_id:
            taxed[folded(invoice.number), folded(invoice.vendor_tax_id)].add(folded(invoice.vendor_name))
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (number, tax_id), names in taxed.items():
        for name in names:
            by_name[number, name].append(tax_id)
    groups: dict[tuple[str, str, str], list[tuple[_T, ThirdPartyInvoice]]] = defaultdict(list)
    for use in uses:
        number, name = folded(use[1].number), folded(use[1].vendor_name)
        tax_id = folded(use[1].vendor_tax_id or "")
        known = by_name.get((number, name), [])
        # Two vendors of one name: without a tax id nobody can say whose invoice it is.
        tax_id = tax_id or (known[0] if len(known) == 1 else "")
        groups[number, tax_id, "" if tax_id else name].append(use)
    return list(groups.values())


def folded(text: str) -> str:
    """A name, number or tax id as it is compared: without letter case and blanks."""
    return "".join(text.casefold().split())
