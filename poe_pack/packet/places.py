"""Where each claim's packet lies below the output folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from poe_pack.validation.result import ClaimResult, Result


def place_of(result: Result, claim: ClaimResult) -> PurePosixPath:
    """The folder of a claim's packet: its id; where several partners claim, below the id of its partner.

    An id is one of its partner's: another partner may have the same.
    """
    if claim.partner is None or len(result.partners) < 2:
        return PurePosixPath(claim.claim.id)
    return PurePosixPath(claim.partner.id, claim.claim.id)


def taken_places(result: Result) -> Mapping[str, str]:
    """Claims whose place belongs to another claim, by document, with the document of that other one.

    Of claims with one id (POE901) the one in the folder of that name has the place, or else the first.
    """
    owners: dict[PurePosixPath, str] = {}
    taken = {}
    for result_of in sorted(result.claims, key=_order):
        file = result_of.claim.file
        owner = owners.setdefault(place_of(result, result_of), file)
        if owner != file:
            taken[file] = owner
    return taken


def _order(of: ClaimResult) -> tuple[bool, str]:
    return (of.claim.folder_name != of.claim.id, of.claim.file)
