"""Where findings about a claim's `SHA256SUMS` point to (poe_pack.rules.integrity._sums)."""

from __future__ import annotations

from poe_pack.model.read_claim import read_claim
from poe_pack.rules.base import Place
from poe_pack.rules.integrity._sums import line_of_sums


def test_the_file_lies_beside_the_claim() -> None:
    assert line_of_sums(read_claim({}, "a", "more/a/claim.yaml", "more/a"), 3) == Place("more/a/SHA256SUMS", "", 3)


def test_a_claim_may_lie_at_the_top() -> None:
    assert line_of_sums(read_claim({}, "a", "claim.yaml", ""), 1) == Place("SHA256SUMS", "", 1)
