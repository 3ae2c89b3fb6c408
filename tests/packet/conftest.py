"""One packet built once for the tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from poe_pack.evidence.prober import Prober
from poe_pack.git import CommitStamp
from poe_pack.packet import build_packet
from poe_pack.validation.result import ClaimResult, Result
from tests.packet.samples import sample

COMMIT = CommitStamp("2e7d2c03a9504ae265ecf5b5356885a53393a202")


@dataclass(frozen=True, slots=True)
class Built:
    """A packet's folder with what it was made from."""

    folder: Path
    result: Result
    claim: ClaimResult

    @property
    def packet(self) -> Path:
        return self.folder / "packet.pdf"


@pytest.fixture(scope="session")
def prober() -> Iterator[Prober]:
    with Prober() as made:
        yield made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, prober: Prober) -> Built:
    """The sample's packet."""
    base = tmp_path_factory.mktemp("packet")
    result, claim = sample(base)
    made = build_packet(result, claim, base / "out", prober=prober, commit=COMMIT)
    return Built(made.folder, result, claim)
