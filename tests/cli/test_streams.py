"""Where output goes, in which colours, and what happens when nobody reads it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.house import House
from tests.cli.program import AS_OF, CHECKOUT, SCRIPT, Program, environment

ESC = b"\x1b["
VALIDATE = ("validate", "--as-of", AS_OF, "house")


def _into_closed_pipe(folder: Path, *arguments: str) -> tuple[int, bytes]:
    """Run with a standard output that nobody reads any more; returns status and standard error."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [str(SCRIPT), *arguments],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writer)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        VALIDATE,
        ("status", "house", "--as-of", AS_OF),
        ("explain", "house/bad", "--as-of", AS_OF),
        ("rules",),
        ("doctor",),
        ("--help",),
        ("validate", "--help"),
    ],
    ids=" ".join,
)
def test_closed_pipe_is_silent_and_no_failure(poe: Program, house: House, arguments: tuple[str, ...]) -> None:
    house.bad("bad")
    assert _into_closed_pipe(poe.folder, *arguments) == (0, b"")


def test_shell_pipe_into_head(poe: Program, house: House) -> None:
    for number in range(12):
        house.bad(f"bad-{number}")
    script = f'"{SCRIPT}" validate --as-of {AS_OF} house | head -0; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", script], cwd=poe.folder, env=environment(), capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"0\n", b"")


def test_no_stdout_at_all(poe: Program, house: House) -> None:
    house.bad("bad")
    script = f'"{SCRIPT}" validate --as-of {AS_OF} house >&-'
    done = subprocess.run(["bash", "-c", script], cwd=poe.folder, env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_closed_stderr_keeps_the_status(poe: Program) -> None:
    script = f'"{SCRIPT}" validate nowhere 2>&-'
    done = subprocess.run(["bash", "-c", script], cwd=poe.folder, env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")


def _on_terminal(folder: Path, *arguments: str, **variables: str) -> tuple[int, bytes]:
    """Run on a terminal of 100 columns; returns status and what it showed."""
    own, theirs = pty.openpty()
    process = subprocess.Popen(
        [str(SCRIPT), *arguments],
        cwd=folder,
        env=environment(TERM="xterm-256color", **variables),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = bytearray()
    while True:
        try:
            part = os.read(own, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(own)
    return process.wait(timeout=60), bytes(shown)


def test_colour_on_a_terminal_unless_told_otherwise(poe: Program, house: House) -> None:
    house.bad("bad")
    status, shown = _on_terminal(poe.folder, *VALIDATE)
    assert status == 1
    assert b"\x1b[31;1merror\x1b[0m" in shown
    for variables, options in (({"NO_COLOR": "1"}, ()), ({}, ("--color", "never"))):
        _, shown = _on_terminal(poe.folder, *VALIDATE, *options, **variables)
        assert b"error POE302" in shown
        assert ESC not in shown


@pytest.mark.parametrize(
    ("options", "variables", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--format", "json", "--color", "always"), {}, False),
        (("--output", "out.txt", "--color", "always"), {}, False),
    ],
)
def test_colour_in_a_pipe(
    poe: Program, house: House, options: tuple[str, ...], variables: dict[str, str], coloured: bool
) -> None:
    house.bad("bad")
    ran = poe(*VALIDATE, *options, env=variables)
    assert ran.status == 1
    written = poe.folder / "out.txt"
    raw = written.read_bytes() if written.exists() else ran.raw
    assert b"POE302" in raw
    assert (ESC in raw) is coloured


@pytest.mark.parametrize("variables", [{}, {"FORCE_COLOR": "1"}])
def test_colour_changes_nothing_but_colour(poe: Program, house: House, variables: dict[str, str]) -> None:
    house.bad("bad")
    status = poe("status", "house", "--as-of", AS_OF, env=variables)
    assert status.status == 0
    assert (ESC in status.raw) is bool(variables)


def test_verbose_shows_infos_which_are_always_counted(poe: Program, house: House) -> None:
    house.claim("good")
    (house.root / "funds" / "hosting-fy27-h1.yaml").unlink()
    quiet, verbose = poe.validate("house"), poe.validate("house", "-v")
    assert "POE602" not in quiet.out
    assert "info POE602" in verbose.out
    assert quiet.out.splitlines()[-2:] == verbose.out.splitlines()[-2:]
    assert "1 info" in quiet.out
    assert poe.validate("house", "--verbose") == verbose


def test_output_goes_whole_into_the_file(poe: Program, house: House) -> None:
    house.bad("bad")
    shown = poe.validate("house", "--format", "json")
    ran = poe.validate("house", "--format", "json", "--output", "result.json")
    assert (ran.status, ran.out, ran.err) == (1, "", "")
    assert (poe.folder / "result.json").read_bytes() == shown.raw
    assert sorted(path.name for path in poe.folder.iterdir()) == ["house", "result.json"]


def test_output_replaces_an_older_file(poe: Program, house: House) -> None:
    house.claim("good")
    (poe.folder / "out.txt").write_text("x" * 100_000)
    assert poe.validate("house", "--output", "out.txt").status == 0
    assert (poe.folder / "out.txt").read_text().startswith("1 claim: 0 errors")


@pytest.mark.parametrize("target", ["missing/out.txt", "file/out.txt", "folder", "x" * 252])
def test_output_that_cannot_be_written_leaves_nothing(poe: Program, house: House, target: str) -> None:
    house.claim("good")
    (poe.folder / "file").write_text("kept")
    (poe.folder / "folder").mkdir()
    ran = poe.validate("house", "--output", target)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"poe-pack: cannot write {target}: ")
    assert ran.err.count("\n") == 1
    assert sorted(path.name for path in poe.folder.iterdir()) == ["file", "folder", "house"]
    assert list((poe.folder / "folder").iterdir()) == []
    assert (poe.folder / "file").read_text() == "kept"


def test_nothing_written_where_the_run_fails_midway(poe: Program, house: House) -> None:
    (house.root / "poe.yaml").write_text("kind: repository\nrulebook: nosuch\n")
    assert poe.validate("house", "--output", "out.txt").status == 2
    assert sorted(path.name for path in poe.folder.iterdir()) == ["house"]


@pytest.mark.parametrize("variables", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}])
def test_utf8_whatever_the_locale(poe: Program, example: Path, variables: dict[str, str]) -> None:
    for arguments in (("explain", "azure-seminar-goteborg"), ("validate", "--format", "json", "-v")):
        plain = poe(*arguments, "--as-of", AS_OF, cwd=example)
        assert plain.err == ""
        assert poe(*arguments, "--as-of", AS_OF, cwd=example, env={"PYTHONUTF8": "0", **variables}) == plain


def test_the_working_folder_holds_no_modules_for_us(poe: Program, house: House) -> None:
    """A claims repository under review cannot bring code along."""
    house.claim("good")
    for name in ("yaml", "click", "json", "jsonschema", "poe_pack", "sitecustomize"):
        house.write(f"{name}.py", "raise SystemExit('code of the repository was run')\n")
    ran = poe.validate(".", cwd=house.root)
    assert (ran.status, ran.err) == (0, "")
    deep = poe.validate(".", "--deep", "--jobs", "2", cwd=house.root)
    assert "code of the repository" not in deep.err + deep.out


def test_json_on_the_broken_example_is_one_object(poe: Program) -> None:
    ran = poe.validate(CHECKOUT / "examples" / "broken", "--format", "json")
    assert ran.status == 1
    assert ran.raw.endswith(b"}\n")
    assert json.loads(ran.raw)["summary"]["errors"] > 5
