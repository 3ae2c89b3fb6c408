"""Papers in a language that the reviewers do not read come with a translation.

## What it checks
Where the rulebook names the languages that are read, an invoice or proof document whose `language` is another one has
a `translation`. Where no language is given, it is taken for one of them.

## Why
What a reviewer cannot read proves nothing.

## Example
An advertisement with `language: ja` and no translation.

## How to fix
Put a translation beside the paper and name it as `translation`.

## Source
Food Export, Branded Program documentation series: invoices (papers in a foreign language).
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.model import Claim, ThirdPartyInvoice
from poe_pack.rules.base import ClaimContext, Hit, When

CODE = "POE550"
NAME = "not-translated"
SEVERITY = Severity.ERROR
WHEN = When.SUBMISSION
READS = ("/date", "/third_party_invoices", "/proof_documents")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    value = ctx.value("languages")
    if value is None:
        return
    read = tuple(value.fields["accepted"])
    papers = [(f"/third_party_invoices/{i}", it.language, it.translation) for i, it in _numbered(claim)]
    papers += [(f"/proof_documents/{i}", it.language, it.translation) for i, it in enumerate(claim.proof_documents)]
    for path, language, translation in papers:
        if language is not None and language not in read and translation is None:
            values = {"language": language, "expected": read}
            yield Hit(f"{path}/language", values, judged_by=value.judged_by(ctx.judged_on))


def _numbered(claim: Claim) -> Iterator[tuple[int, ThirdPartyInvoice]]:
    """Invoices of which something is claimed; the others prove nothing that is asked for."""
    return ((i, invoice) for i, invoice in enumerate(claim.third_party_invoices) if invoice.claimed_here > 0)
