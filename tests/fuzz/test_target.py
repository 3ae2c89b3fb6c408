"""The fuzz target itself: it finds what is planted, makes it small, keeps it, and gives the same inputs again."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from fuzz import __main__ as program
from fuzz import document, keeping, running
from fuzz.broken import Broken, watched
from fuzz.peers import READERS, agree
from fuzz.running import Examiner, run_chunk
from fuzz.shown import harmless
from poe_pack.documents.fault import Fault
from poe_pack.documents.node import Tree
from poe_pack.documents.reader import read_tree
from poe_pack.findings import Position

Read = tuple[Tree | None, list[Fault]]


def broken(raw: bytes, folder: Path) -> str:
    with pytest.raises(Broken) as caught:
        Examiner(folder).check(raw, thorough=True)
    return caught.value.name


def plant(monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    """Let reading give something else, both times that a document is read."""

    def read(raw: bytes) -> Read:
        return change(raw, *read_tree(raw))  # type: ignore[no-any-return]

    monkeypatch.setattr(document, "read_tree", read)
    monkeypatch.setattr("poe_pack.documents.repository.read_tree", read)


def test_a_failure_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def change(raw: bytes, tree: Tree | None, faults: list[Fault]) -> Read:
        if b"!" in raw:
            raise ZeroDivisionError("planted")
        return tree, faults

    plant(monkeypatch, change)
    (failure,) = run_chunk("tests/planted", 150, tmp_path).failures
    assert failure.name.startswith("no exception: ZeroDivisionError at test_target.py:change")
    assert failure.input == b"!"


@pytest.mark.parametrize("place", [(1, 0, 1, 1), (1, 1, 1, 5), (1, 2, 1, 1), (2, 1, 2, 1), (0, 1, 1, 1)])
def test_a_place_outside_the_text(place: tuple[int, int, int, int], tmp_path: Path) -> None:
    with pytest.raises(Broken, match="a place"):
        document.Text(b"a\xf0\x9f\x8e\xaab").check(Position(*place), "it")
    document.Text(b"a\xf0\x9f\x8e\xaab").check(Position(1, 1, 1, 4), "it")


def test_data_that_no_reader_gives(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def change(raw: bytes, tree: Tree | None, faults: list[Fault]) -> Read:
        assert tree is not None
        tree.data["id"] = "other"
        return tree, faults

    plant(monkeypatch, change)
    assert broken(b"kind: claim\nid: one\n", tmp_path) == "the same data as libyaml (YAML 1.1)"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("1", "1"),
        (True, "1"),
        (1, "true"),
        ("null", "null"),
        ("a", "b"),
        ([], "{}"),
        ({"a": "b"}, "a: b\nc: d"),
        ({"1": "b"}, "1: b"),
        (["a"], "[a, b]"),
    ],
)
@pytest.mark.parametrize("reader", READERS)
def test_other_data_than_a_reader_gives(reader: str, data: object, text: str) -> None:
    with pytest.raises(Broken, match="the same data"):
        agree(data, text, (reader,))


def test_readers_of_both_versions() -> None:
    """A word that is text to one version alone."""
    agree("NO", "NO", ("ruamel.yaml (YAML 1.2)",))
    with pytest.raises(Broken, match=r"libyaml \(YAML 1.1\)"):
        agree("NO", "NO", tuple(READERS))


def test_a_fix_that_changes_the_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def change(raw: bytes, tree: Tree | None, faults: list[Fault]) -> Read:
        if tree is not None and b'"' in raw:
            tree.data["id"] = "other"
        return tree, faults

    plant(monkeypatch, change)
    assert broken(b"kind: claim\nid: NO\n", tmp_path) == "a fix keeps the data"


def test_a_finding_told_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plant(monkeypatch, lambda raw, tree, faults: (tree, [*faults, *faults]))
    assert broken(b"kind: claim\nid: NO\n", tmp_path) == "no finding twice"


def test_control_characters() -> None:
    harmless("it", "a\nb é 🎪")
    for text in ("\r", "\t", "\x1b[31m", "\x9b", "\u202e", "\u2028", "\ud800"):
        with pytest.raises(Broken, match="control characters"):
            harmless("it", text)


def test_what_takes_too_long() -> None:
    handlers = [signal.getsignal(number) for number in (signal.SIGVTALRM, signal.SIGALRM, signal.SIGPROF)]
    with pytest.raises(Broken, match="no hang"):
        _never_end()
    assert handlers == [signal.getsignal(number) for number in (signal.SIGVTALRM, signal.SIGALRM, signal.SIGPROF)]


@pytest.mark.parametrize("times", [1, 2])
def test_time_is_over_when_it_is_over_twice(times: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    left = [None] * times

    def check(value: keeping.Input, folder: Path, *, thorough: bool) -> frozenset[str]:
        if left:
            left.pop()
            _never_end()
        return frozenset({"read"})

    monkeypatch.setattr(running, "SECONDS", 0.05)
    monkeypatch.setattr(running, "check_document", check)
    tally = running.Tally()
    if times == 1:
        assert Examiner(tmp_path).check_patiently(b"", tally) == {"read"}
    else:
        with pytest.raises(Broken, match="no hang"):
            Examiner(tmp_path).check_patiently(b"", tally)
    assert tally.slow == 1


def _never_end() -> None:
    with watched(0.05):
        while True:
            time.monotonic()


def test_the_same_seed_gives_the_same_inputs(tmp_path: Path) -> None:
    one, other = (run_chunk("tests/again", 60, tmp_path) for _ in range(2))
    assert one.outcomes == other.outcomes
    assert one.outcomes != run_chunk("tests/other", 60, tmp_path).outcomes


@pytest.mark.parametrize("value", [b"\x00\xffa: b", {"a/claim.yaml": b"\xff", "poe.yaml": None, "\udcff": b"x: y\r\n"}])
def test_inputs_are_kept_as_they_are(value: keeping.Input, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "DOCUMENTS", tmp_path / "documents")
    monkeypatch.setattr(keeping, "REPOSITORIES", tmp_path / "repositories")
    file = keeping.keep(value, "no exception: KeyError at reader.py:read:12")
    assert file.name.startswith("no-exception-keyerror-")
    assert list(keeping.corpus()) == [(f"{file.parent.name}/{file.name}", value)]
    assert keeping.from_text(keeping.to_text(value)) == value


def test_a_process_that_ends_is_told_with_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As libyaml would end it by a fault of its own; the run goes on and says so."""
    run = running.Run("tests/end", 1, None, 1, 1)
    monkeypatch.setattr(running, "_work", _end)
    (failure,) = list(run.go())[-1].failures
    assert failure.name == "the process goes on (exit code 7)"
    assert failure.input == b"a: b"


def _end(sender: object, seed: str, count: int, folder: Path) -> None:
    (folder / running.NOTE).write_text(keeping.to_text(b"a: b"), encoding="utf-8")
    os._exit(7)


def test_the_program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert program.main(["--inputs", "40", "--seed", "tests", "--jobs", "2"]) == 0
    assert "\n40 inputs" in capsys.readouterr().out
    plant(monkeypatch, lambda raw, tree, faults: (None, []))
    assert program.main(["--inputs", "40"]) == 1  # the corpus alone breaks: nothing new is made
    assert "broken: " in capsys.readouterr().out
