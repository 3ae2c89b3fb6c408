"""A slice of `make fuzz`: some hundred inputs from a fixed seed, and everything in the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.keeping import Input, corpus
from fuzz.running import Examiner, run_chunk

CORPUS = list(corpus())


@pytest.mark.parametrize("number", range(3))
def test_nothing_breaks(number: int, tmp_path: Path) -> None:
    tally = run_chunk(f"tests/{number}", 200, tmp_path)
    assert tally.failures == []
    assert tally.documents > 150
    assert tally.repositories
    assert len(tally.outcomes) > 40


@pytest.mark.parametrize("value", [value for _, value in CORPUS], ids=[name for name, _ in CORPUS])
def test_what_was_kept(value: Input, tmp_path: Path) -> None:
    assert Examiner(tmp_path).check(value, thorough=True)
