"""Every file that a claim names is kept in git together with the claim.

## What it checks
In a git repository, with `--deep`, `--for submission` and `packet`: the files of invoices, reports, proof documents
and the pre-approval are tracked by git. The hook (`validate --staged`) is stricter: there a claim cannot be committed
without its files.

## Why
A file that only lies on one disk is missing for everybody else, for the checks of a pull request, and for an auditor
years later. Often a line of `.gitignore` keeps it out without a word.

## Example
`*.pdf` in the `.gitignore` that came with the repository.

## How to fix
`git add` the file, with `--force` where it is ignored. What must not lie in the repository, such as a list of
guests, is kept elsewhere and named with `kept_outside`.

## Source
R104 and R114: records are kept; how is inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from poe_pack.evidence.facts import FileState
from poe_pack.findings import Severity
from poe_pack.model import Claim
from poe_pack.rules.base import ClaimContext, Hit

CODE = "POE519"
NAME = "untracked-file"
SEVERITY = Severity.WARNING
READS = ("/third_party_invoices", "/certification_service_reports", "/proof_documents", "/pre_approval", "/approval")


def check(claim: Claim, ctx: ClaimContext) -> Iterator[Hit]:
    for path, file in claim.files():
        if file in ctx.untracked and ctx.files[file].state is FileState.PRESENT:
            yield Hit(path, {"file": file})
