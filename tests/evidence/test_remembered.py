"""What opening a file told is kept by its digest, and nothing of what the file says."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from poe_pack.evidence import MediaType, Page, ProbeFacts, ProbeState
from poe_pack.evidence.facts import Told
from poe_pack.evidence.invoices.facts import AGREES, CANNOT_CHECK, Claimed, Comparison, Field, Source, differs
from poe_pack.evidence.remembered import ComparisonMemory, ProbeMemory

SHA = "a" * 64
FACTS = ProbeFacts(ProbeState.OK, pages=(Page(200, 300),), has_text=True, active_content=("Launch",), embedded=1)


@pytest.fixture
def memory(tmp_path: Path) -> ProbeMemory:
    return ProbeMemory(tmp_path, "0.1.0")


def test_an_answer_holds_for_the_same_bytes_kind_limit_and_program(tmp_path: Path, memory: ProbeMemory) -> None:
    assert memory.recall(SHA, MediaType.PDF, 50) is None
    memory.keep(SHA, MediaType.PDF, 50, FACTS)
    assert memory.recall(SHA, MediaType.PDF, 50) == FACTS
    assert memory.recall("b" * 64, MediaType.PDF, 50) is None
    assert memory.recall(SHA, MediaType.PNG, 50) is None
    assert memory.recall(SHA, MediaType.PDF, 51) is None
    assert ProbeMemory(tmp_path, "0.1.1").recall(SHA, MediaType.PDF, 50) is None
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("state", ProbeState)
def test_what_may_go_well_another_day_is_asked_again(memory: ProbeMemory, state: ProbeState) -> None:
    facts = ProbeFacts(state, "why")
    memory.keep(SHA, MediaType.PDF, 50, facts)
    passing = {ProbeState.TIME_LIMIT, ProbeState.MEMORY_LIMIT, ProbeState.CRASHED}
    assert memory.recall(SHA, MediaType.PDF, 50) == (None if state in passing else facts)


def test_what_a_file_says_of_itself_is_not_kept(tmp_path: Path, memory: ProbeMemory) -> None:
    told = ProbeFacts(ProbeState.UNSUPPORTED, told=((Told.TEXT, "private words"),))
    memory.keep(SHA, MediaType.EML, 50, told)
    assert memory.recall(SHA, MediaType.EML, 50) == replace(told, told=())
    assert b"private" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_what_makes_no_sense_or_cannot_be_kept_is_asked_again(tmp_path: Path, memory: ProbeMemory) -> None:
    memory.keep(SHA, MediaType.PDF, 50, FACTS)
    (kept,) = tmp_path.iterdir()
    for nonsense in (b"", b"{}", b"\xff", b'{"state": "ok"}'):
        kept.write_bytes(nonsense)
        assert memory.recall(SHA, MediaType.PDF, 50) is None
    lost = ProbeMemory(tmp_path / "not-there", "0.1.0")
    lost.keep(SHA, MediaType.PDF, 50, FACTS)
    assert lost.recall(SHA, MediaType.PDF, 50) is None
    kept.unlink()
    kept.mkdir()
    memory.keep(SHA, MediaType.PDF, 50, FACTS)
    assert os.listdir(tmp_path) == [kept.name]


# --- comparisons of invoices ---------------------------------------------------------------------------------

CLAIMED = Claimed(
    number="4711",
    date=dt.date(2026, 10, 1),
    vendor="Brightfjord Media Ltd",
    tax_id=None,
    bill_to=None,
    currency="USD",
    net=Decimal("600.00"),
    tax=None,
    total=Decimal("600.00"),
)
FOUND = Comparison(Source.TEXT, ProbeState.OK, {Field.NUMBER: AGREES, Field.TOTAL: CANNOT_CHECK}, "b" * 64)


@pytest.fixture
def comparisons(tmp_path: Path) -> ComparisonMemory:
    return ComparisonMemory(tmp_path, "0.1.0")


def test_a_comparison_holds_for_the_same_bytes_and_the_same_claim(
    tmp_path: Path, comparisons: ComparisonMemory
) -> None:
    key = SHA, MediaType.PDF, 50, CLAIMED
    assert comparisons.recall(*key) is None
    comparisons.keep(*key, FOUND)
    assert comparisons.recall(*key) == FOUND
    assert comparisons.recall("b" * 64, *key[1:]) is None
    assert comparisons.recall(SHA, MediaType.XML, 50, CLAIMED) is None
    assert comparisons.recall(SHA, MediaType.PDF, 51, CLAIMED) is None
    for name in CLAIMED.__struct_fields__:
        assert comparisons.recall(SHA, MediaType.PDF, 50, replace(CLAIMED, **{name: "other"})) is None, name
    assert ComparisonMemory(tmp_path, "0.1.1").recall(*key) is None
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_no_word_of_an_invoice_is_kept(tmp_path: Path, comparisons: ComparisonMemory) -> None:
    for found in ("4712", dt.date(2026, 10, 2), Decimal("700.00"), None):
        differing = replace(FOUND, fields={Field.NUMBER: differs(found)})
        comparisons.keep(SHA, MediaType.PDF, 50, CLAIMED, differing)
    assert os.listdir(tmp_path) == []
    comparisons.keep(SHA, MediaType.PDF, 50, CLAIMED, FOUND)
    assert b"4711" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize("state", ProbeState)
def test_an_invoice_that_may_be_read_another_day_is_read_again(
    comparisons: ComparisonMemory, state: ProbeState
) -> None:
    found = Comparison(Source.NOTHING, state, {Field.NUMBER: CANNOT_CHECK})
    comparisons.keep(SHA, MediaType.PDF, 50, CLAIMED, found)
    passing = {ProbeState.TIME_LIMIT, ProbeState.MEMORY_LIMIT, ProbeState.CRASHED}
    assert comparisons.recall(SHA, MediaType.PDF, 50, CLAIMED) == (None if state in passing else found)


def test_a_comparison_that_makes_no_sense_is_made_again(tmp_path: Path, comparisons: ComparisonMemory) -> None:
    comparisons.keep(SHA, MediaType.PDF, 50, CLAIMED, FOUND)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    broken = (
        b"",
        b"{}",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        whole.replace(b"total", b"sum"),
        whole.replace(b"ok", b"fine"),
    )
    for nonsense in (*broken, whole.replace(b'"' + b"b" * 64 + b'"', b"7"), whole.replace(b"agrees", b"nods")):
        assert nonsense != whole
        kept.write_bytes(nonsense)
        assert comparisons.recall(SHA, MediaType.PDF, 50, CLAIMED) is None
