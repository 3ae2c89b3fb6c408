"""Which claims' evidence is opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from poe_pack.validation.options import Options
from poe_pack.validation.validate import validate
from tests.cli.house import make_house


@pytest.mark.parametrize(
    ("path", "ids", "opened"),
    [(".", (), {"one", "two"}), (".", ("one",), {"one"}), ("two", (), {"two"}), ("two", ("one",), {"one", "two"})],
)
def test_only_the_evidence_of_the_claims_asked_for(
    tmp_path: Path, path: str, ids: tuple[str, ...], opened: set[str]
) -> None:
    house = make_house(tmp_path)
    for name in ("one", "two"):
        house.claim(name)
        house.write(f"{name}/evidence/invoice.pdf", b"%PDF-1.7\ncut off")
    options = Options((tmp_path / path,), date(2026, 11, 21), deep=True, deep_ids=frozenset(ids))
    claims = validate(options).claims
    assert {c.claim.id for c in claims if any(finding.code == "POE516" for finding in c.findings)} == opened
