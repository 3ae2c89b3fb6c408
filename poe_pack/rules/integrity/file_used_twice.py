"""A file proves one thing.

## What it checks
No two places in the claims of a partner that are not rejected hold the same file, by its content. Allowed are an
invoice that several claims share, with its proof of payment; one bank statement for several payments; one
pre-approval for all claims that name its id; a proof document that shows several things at once, named by its one
path; and what a claim takes over from the one that it replaces.

## Why
The same photo for two events, or one report for two activities, is what audits look for.

## Example
`evidence/room.jpg` of the seminar in Göteborg, once more in the claim for Stockholm.

## How to fix
Use the file that belongs to each place. Where one really proves both, waive the finding and say why.

## Source
R50: inferred from general practice.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import chain

from msgspec import Struct

from poe_pack.evidence.facts import FileState
from poe_pack.findings import Severity
from poe_pack.model import Claim, Status, ThirdPartyInvoice
from poe_pack.model.invoices import same_invoices
from poe_pack.rules._order import turn
from poe_pack.rules.base import ClaimContext, Hit, Place, RepositoryContext
from poe_pack.rules.integrity._alike import likeness, origins

CODE = "POE912"
NAME = "file-used-twice"
SEVERITY = Severity.WARNING
READS = (
    "/third_party_invoices",
    "/certification_service_reports",
    "/proof_documents",
    "/pre_approval",
    "/pre_approval_id",
    "/approval",
    "/status",
    "/replaces",
    "/history",
    "/submissions",
    "/flow",
    "/plan",
    "/campaign",
    "/activity",
    "/activity_type",
    "/location",
    "/date",
    "/amount",
    "/currency",
)


class _Use(Struct, frozen=True):
    """A file at one place. Uses of a common `purpose` may share it."""

    claim: Claim
    path: str
    file: str
    purposes: frozenset[Hashable]

    @property
    def is_proof(self) -> bool:
        return self.path.startswith("/proof_documents/")

    @property
    def place(self) -> Place:
        return Place(self.claim.file, self.path)


def finish(ctx: RepositoryContext) -> Iterator[Hit]:
    contexts = [c for c in sorted(ctx.claims, key=turn) if c.claim.status is not Status.REJECTED]
    # Rejected claims count for the chain: what they had is taken over by the claim that replaces them.
    origin = origins({context.claim.id: context.claim for context in ctx.claims})
    invoices = _invoices(contexts)
    first: dict[str, list[_Use]] = {}
    for context in contexts:
        for path, file in context.claim.files():
            facts = context.files.get(file)
            if facts is None or facts.state is not FileState.PRESENT or facts.sha256 is None:
                continue
            use = _Use(context.claim, path, file, _purposes(context.claim, path, invoices))
            earlier = first.setdefault(facts.sha256, [])
            other = next((one for one in earlier if not _is_honest(one, use, origin)), None)
            earlier.append(use)
            if other is not None:
                yield _hit(use, other)


def _hit(use: _Use, other: _Use) -> Hit:
    values = {"file": use.file, "other": other.file, "claim": other.claim.id}
    variant = "" if use.claim is other.claim else "claims"
    return Hit(use.path, values, variant, file=use.claim.file, related=(other.place,))


def _is_honest(one: _Use, other: _Use, origin: dict[str, str]) -> bool:
    if not one.purposes.isdisjoint(other.purposes):
        return True
    if one.claim is other.claim:
        # An invitation with the agenda in it; the same picture under another name adds nothing.
        return one.file == other.file and (one.is_proof or other.is_proof)
    # One claim that follows the other, or that is the other written down twice: that has a finding of its own.
    like = likeness(one.claim)
    return origin[one.claim.id] == origin[other.claim.id] or (like is not None and like == likeness(other.claim))


def _purposes(claim: Claim, path: str, invoices: dict[tuple[str, str], int]) -> frozenset[Hashable]:
    """For what a file is used: two uses that have one of these in common are no fault."""
    _, section, index, *_ = [*path.split("/"), ""]
    if section == "third_party_invoices":
        of = ("invoice", invoices[claim.file, f"/{section}/{index}"])
        return frozenset([of, ("payment",)] if path.endswith("/payment_proof") else [of])
    if section == "pre_approval" and claim.pre_approval_id is not None:
        return frozenset([("pre_approval", claim.pre_approval_id)])
    return frozenset([(claim.file, path)])


def _invoices(contexts: list[ClaimContext]) -> dict[tuple[str, str], int]:
    """A number for each invoice, the same wherever it is used, by the claim's file and the path there."""
    uses: list[tuple[tuple[str, str], ThirdPartyInvoice]] = [
        ((context.claim.file, f"/third_party_invoices/{index}"), invoice)
        for context in contexts
        for index, invoice in enumerate(context.claim.third_party_invoices)
    ]
    groups = enumerate(same_invoices(uses))
    return dict(chain.from_iterable(((place, number) for place, _ in group) for number, group in groups))
