"""Digests that are kept: a file that did not change is not read again, and one that did always is."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from poe_pack.evidence import files
from poe_pack.evidence.facts import FileFacts
from poe_pack.validation import recall
from poe_pack.validation.digests import WORTH_KEEPING
from poe_pack.validation.judge import judge
from poe_pack.validation.options import Options
from poe_pack.validation.verdict import Verdict
from tests.rules.harness import AS_OF, OF_THE_DAY, build, pdf

LARGE = pdf("large") + b"%" * WORTH_KEEPING


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and no verdict recalled from it: what is asked here is how files are read."""
    folder = tmp_path_factory.mktemp("empty-cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setattr(recall.Memory, "recall", lambda self: None)
    return folder / "poe-pack"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read, as it happens."""
    names: list[str] = []
    really = files._read

    def spied(descriptor: int, path: str, max_bytes: int) -> FileFacts:
        names.append(path)
        return really(descriptor, path, max_bytes)

    monkeypatch.setattr(files, "_read", spied)
    return names


@pytest.fixture
def agenda(tmp_path: Path) -> Path:
    """A large file of a draft with a lock, written some time ago."""
    build({"lock": {"seminar": {"without": ["evidence/agenda.pdf"]}}}, tmp_path / "house")
    file = tmp_path / "house" / "seminar" / "evidence" / "agenda.pdf"
    file.write_bytes(LARGE)
    time.sleep(0.08)
    return file


def run(file: Path, *, remember: bool = True) -> Verdict:
    return judge(Options((file.parents[2],), AS_OF, ignore=OF_THE_DAY, remember=remember))


def test_a_large_file_is_read_once(agenda: Path, read: list[str]) -> None:
    first = run(agenda)
    assert read.count("evidence/agenda.pdf") == 1
    assert len(read) == len(set(read))
    read.clear()
    assert run(agenda) == first
    assert "evidence/agenda.pdf" not in read
    assert "evidence/room.png" in read, "small files are quicker read than looked up"


def test_without_the_cache_everything_is_read_and_nothing_kept(agenda: Path, read: list[str], cache: Path) -> None:
    run(agenda)
    read.clear()
    assert run(agenda, remember=False) == run(agenda, remember=False)
    assert read.count("evidence/agenda.pdf") == 2
    (cache / "documents" / "evidence.sqlite3").unlink()
    run(agenda, remember=False)
    assert not (cache / "documents" / "evidence.sqlite3").exists()


def test_the_same_size_and_time_hide_nothing(agenda: Path) -> None:
    before = agenda.stat()
    run(agenda)
    sums = agenda.parents[1] / "SHA256SUMS"
    changed = LARGE[:-1] + b"!"
    agenda.write_bytes(changed)
    os.utime(agenda, ns=(before.st_atime_ns, before.st_mtime_ns))
    sums.write_text(f"{sums.read_text()}{hashlib.sha256(LARGE).hexdigest()}  evidence/agenda.pdf\n")
    time.sleep(0.08)
    assert [finding.code for finding in run(agenda).findings] == ["POE918"]
    assert [finding.code for finding in run(agenda).findings] == ["POE918"]
    agenda.write_bytes(LARGE)
    assert not run(agenda).findings


def test_a_file_written_just_now_is_not_kept(agenda: Path, read: list[str]) -> None:
    agenda.touch()
    run(agenda)
    read.clear()
    run(agenda)
    assert "evidence/agenda.pdf" in read


def test_another_name_is_another_question(agenda: Path, read: list[str]) -> None:
    run(agenda)
    claim = agenda.parents[1] / "claim.yaml"
    claim.write_text(claim.read_text().replace("agenda.pdf", "programme.pdf"))
    agenda.rename(agenda.with_name("programme.pdf"))
    read.clear()
    run(agenda.with_name("programme.pdf"))
    assert "evidence/programme.pdf" in read


@pytest.mark.parametrize("kept", ["{}", "[]", '["no such kind", "0"]', "[null]", "[1, 2]", "nonsense"])
def test_what_somebody_else_wrote_is_not_believed(agenda: Path, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = run(agenda, remember=False)
    with monkeypatch.context() as patch:
        patch.setattr("poe_pack.validation.digests.json.dumps", lambda value: kept)
        run(agenda)
    assert run(agenda) == fresh


def test_a_damaged_table_is_begun_again(agenda: Path, cache: Path) -> None:
    fresh = run(agenda)
    (cache / "documents" / "evidence.sqlite3").write_bytes(b"no table")
    assert run(agenda) == fresh
    assert run(agenda) == fresh


def test_files_that_changed_while_they_were_read_are_not_kept(agenda: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = files._read

    def shorter(descriptor: int, path: str, max_bytes: int) -> FileFacts:
        facts = really(descriptor, path, max_bytes)
        return replace(facts, size=facts.size - 1, sha256="0" * 64) if path == "evidence/agenda.pdf" else facts

    with monkeypatch.context() as patch:
        patch.setattr(files, "_read", shorter)
        run(agenda)
    sums = agenda.parents[1] / "SHA256SUMS"
    sums.write_text(f"{sums.read_text()}{hashlib.sha256(LARGE).hexdigest()}  evidence/agenda.pdf\n")
    assert not run(agenda).findings
