"""Where a line of a claim's `SHA256SUMS` stands."""

from __future__ import annotations

from poe_pack.documents.repository import SUMS_FILE
from poe_pack.model import Claim
from poe_pack.rules.base import Place


def line_of_sums(claim: Claim, line: int) -> Place:
    """A line, from 1, of the file beside the claim's document."""
    return Place(f"{claim.folder}/{SUMS_FILE}" if claim.folder else SUMS_FILE, "", line)
