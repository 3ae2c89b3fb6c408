"""A claim's id is the name of its folder.

## What it checks
`id` of a claim equals the name of the folder that holds `claim.yaml`. A claim whose id is taken by another claim has
that finding instead.

## Why
People find a claim by its folder and the tool by its id; both must lead to the same place.

## Example
`claims/azure-seminar-goteborg/claim.yaml` with `id: azure-seminar-gothenburg`.

## How to fix
Rename the folder, or correct the id.

## Source
R113: the project's own file format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from poe_pack.findings import Severity
from poe_pack.rules.base import Hit, RepositoryContext

CODE = "POE902"
NAME = "id-differs-from-folder"
SEVERITY = Severity.ERROR
READS = ("/id",)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    claims = [context.claim for context in ctx.claims]
    uses = Counter(claim.id for claim in claims)
    for claim in claims:
        if claim.folder_name and claim.folder_name != claim.id and uses[claim.id] == 1:
            yield Hit("/id", {"id": claim.id, "folder": claim.folder_name}, file=claim.file)
