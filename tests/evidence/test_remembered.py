"""What opening a file told is kept by its digest, and nothing of what the file says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from poe_pack.evidence import MediaType, Page, ProbeFacts, ProbeState
from poe_pack.evidence.facts import Told
from poe_pack.evidence.remembered import ProbeMemory

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
