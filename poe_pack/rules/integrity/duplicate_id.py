"""An id is used once.

## What it checks
Within a partner, no two claims, no two plans and no two funds documents share an `id`.

## Why
References, packets and reports find a document by its id.

## Example
A copied claim folder whose `claim.yaml` still has the id of the first.

## How to fix
Give the copy its own id, which is the name of its folder.

## Source
R113: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poe_pack.findings import Severity
from poe_pack.model import Claim, Funds, Plan
from poe_pack.rules.base import Hit, Place, RepositoryContext

CODE = "POE901"
NAME = "duplicate-id"
SEVERITY = Severity.ERROR
READS = ("/id",)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    for documents in ([context.claim for context in ctx.claims], ctx.plans, ctx.funds):
        yield from _twice(documents)


def _twice(documents: Sequence[Claim | Plan | Funds]) -> Iterator[Hit]:
    first: dict[str, Claim | Plan | Funds] = {}
    for document in sorted(documents, key=_order):
        other = first.setdefault(document.id, document)
        if other is not document:
            values = {"id": document.id, "first": other.file}
            yield Hit("/id", values, file=document.file, related=(Place(other.file, "/id"),))


def _order(document: Claim | Plan | Funds) -> tuple[bool, str]:
    """A claim in the folder of its name keeps the id; a copy of it elsewhere is at fault."""
    return (isinstance(document, Claim) and document.folder_name != document.id, document.file)
