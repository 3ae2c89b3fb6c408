"""The exit status that scripts rely on, and what is said on which stream."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.house import BAD_PLACE, House, start_git
from tests.cli.program import AS_OF, SCRIPT, Program, environment, run_command


def test_0_nothing_to_report(poe: Program, house: House) -> None:
    house.claim("good")
    ran = poe.validate("house")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("1 claim: 0 errors\n")


def test_0_what_a_draft_lacks_does_not_fail(poe: Program, house: House) -> None:
    house.draft("draft")
    ran = poe.validate("house")
    assert (ran.status, ran.err) == (0, "")
    assert "open POE520" in ran.out
    assert "0 errors, 1 open" in ran.out


def test_1_an_error(poe: Program, house: House) -> None:
    house.bad("bad")
    ran = poe.validate("house")
    assert (ran.status, ran.err) == (1, "")
    assert f"bad/claim.yaml:{BAD_PLACE}: error POE302" in ran.out


def test_1_for_submission_what_is_open_fails(poe: Program, house: House) -> None:
    house.draft("draft")
    ran = poe.validate("house", "--for", "submission")
    assert ran.status == 1
    assert "error POE520" in ran.out


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 0), ("info", 1)])
def test_fail_on_counts_from_that_severity(poe: Program, house: House, fail_on: str, status: int) -> None:
    house.claim("good")
    (house.root / "funds" / "hosting-fy27-h1.yaml").unlink()
    ran = poe.validate("house", "--fail-on", fail_on, "--select", "POE602", "-v")
    assert ran.status == status
    assert "info POE602" in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["validate", "--nosuch"], "--nosuch"),
        (["validate", "--format", "xml"], "'xml'"),
        (["validate", "--as-of", "21 November"], "'21 November' is not a date; write it as 2026-11-21"),
        (["validate", "--as-of", "2026-02-30"], "'2026-02-30' is not a date"),
        (["validate", "--for", "fun"], "'fun'"),
        (["validate", "--jobs", "0"], "0"),
        (["validate", "--select", "POE999", "house"], "there is no rule POE999"),
        (["validate", "--ignore", "nonsense", "house"], "there is no rule nonsense"),
        (["validate", "nowhere"], "there is no file or folder nowhere"),
        (["status", "nowhere"], "there is no file or folder nowhere"),
        (["report", "nowhere", "-o", "out"], "there is no file or folder nowhere"),
        (["validate", "empty"], "no poe.yaml in, above or below empty"),
        (["status", "empty"], "no poe.yaml"),
        (["packet", "house", "--paper", "A3", "-o", "out"], "'A3'"),
        (["packet", "house"], "-o"),
        (["report", "house"], "-o"),
        (["explain"], "CODE|CLAIM"),
        (["explain", "POE999"], "there is no rule POE999"),
        (["explain", "house/nobody"], "there is no claim 'house/nobody'"),
        (["schema", "nothing"], "there is no schema 'nothing'; there are: claim"),
        (["validated"], "there is no command 'validated'; did you mean 'validate'?"),
        (["statu", "house"], "did you mean 'status'?"),
        (["xyzzy"], "there is no command 'xyzzy'"),
        (["--nosuch"], "--nosuch"),
        ([], "Commands:"),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else "",
)
def test_2_usage(poe: Program, house: House, arguments: list[str], says: str) -> None:
    house.claim("good")
    (poe.folder / "empty").mkdir()
    ran = poe(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_2_leaves_no_output_file(poe: Program, house: House) -> None:
    ran = poe("validate", "house", "--select", "POE999", "--output", "out.txt")
    assert ran.status == 2
    assert sorted(path.name for path in poe.folder.iterdir()) == ["house"]


# Any fault of our own will do; none is known, so one is put in.
_FAULT = """
import sys
import poe_pack.validation.run as engine
from poe_pack.cli import main
def fail(*asked):
    raise RuntimeError("first line\\nsecond \\x1b[31mline")
engine.run_rules = fail
sys.argv = ["poe-pack", *sys.argv[1:]]
main()
"""


def test_3_internal_error_is_one_line(tmp_path: Path, house: House) -> None:
    ran = run_command([sys.executable, "-c", _FAULT, "validate", "house"], tmp_path, environment())
    assert (ran.status, ran.out) == (3, "")
    # Where it happened and what kind of error it was; its text may be a value of a document.
    said = r"poe-pack: internal error: RuntimeError at poe_pack/validation/judge.py:[0-9]+ \(--debug shows more\)\n"
    assert re.fullmatch(said, ran.err)


def test_3_debug_shows_the_traceback(tmp_path: Path, house: House) -> None:
    ran = run_command([sys.executable, "-c", _FAULT, "--debug", "validate", "house"], tmp_path, environment())
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.startswith("Traceback (most recent call last):")
    assert "in fail" in ran.err
    assert ran.err.endswith("RuntimeError (its text is not shown: it may hold values of a document)\n")
    assert "first line" not in ran.err


def test_debug_changes_nothing_else(poe: Program, house: House) -> None:
    house.bad("bad")
    assert poe("--debug", "validate", "--as-of", AS_OF, "house") == poe.validate("house")
    ran = poe("--debug", "validate", "nowhere")
    assert ran.status == 2
    assert "Traceback" not in ran.err


def _interrupt_once(started: Path, process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    deadline = time.monotonic() + 30
    while not started.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    return process.returncode, out, err


def test_130_interrupted(tmp_path: Path, house: House) -> None:
    """A git that never answers holds the program up, so that the interrupt always meets it at work."""
    house.claim("good")
    start_git(house.root)
    started = tmp_path / "started"
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(f"#!/bin/sh\ntouch '{started}'\nexec sleep 60\n")
    slow.chmod(0o755)
    process = subprocess.Popen(
        [str(SCRIPT), "validate", "--staged", "house"],
        cwd=tmp_path,
        env=environment(PATH=f"{slow.parent}:{os.environ['PATH']}"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    status, out, err = _interrupt_once(started, process)
    assert status == 130
    assert out == b""
    assert err.strip() == b""


# Holds up every worker in its first document, then tells that it did.
_SLOW_READER = """
import pathlib, sys, time
import poe_pack.validation.loading as loading
from poe_pack.cli import main
def read(base, file):
    pathlib.Path(sys.argv[0]).touch()
    time.sleep(60)
loading.read_document = read
sys.argv = [sys.argv[1], "validate", "--jobs", "2", "house"]
main()
"""


def test_130_interrupted_in_several_processes(tmp_path: Path, house: House) -> None:
    house.claim("good")
    started = tmp_path / "started"
    process = subprocess.Popen(
        [sys.executable, "-c", _SLOW_READER, str(started)],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    status, out, err = _interrupt_once(started, process)
    assert status == 130
    assert out == b""
    assert b"Traceback" not in err
