"""One folder in the place of another: at once, or not at all; and what killed runs leave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from poe_pack.packet import replacing as module
from poe_pack.packet.replacing import remove_leftovers, replacing
from tests.cli.program import CHECKOUT

_KILLED = """
import os, signal, sys
from pathlib import Path
from poe_pack.packet import replacing as module
target, stop = Path(sys.argv[1]), sys.argv[2]
if stop == "between":
    module._exchange = lambda one, other: False
    rename = os.rename
    def stopping(one, other):
        rename(one, other)
        os.kill(os.getpid(), signal.SIGKILL)
    os.rename = stopping
with module.replacing(target) as work:
    (work.folder / "new").write_text("new")
    (work.scratch / "copy").write_text("private")
    if stop == "inside":
        os.kill(os.getpid(), signal.SIGKILL)
    if stop == "live":
        print("ready", flush=True)
        sys.stdin.read()
"""


def killed(target: Path, stop: str) -> None:
    """A process that is killed while it makes `target`."""
    command = [sys.executable, "-c", _KILLED, str(target), stop]
    done = subprocess.run(command, cwd=CHECKOUT, check=False, env=os.environ | {"PYTHONPATH": str(CHECKOUT)})
    assert done.returncode == -signal.SIGKILL


def earlier(folder: Path) -> Path:
    target = folder / "claim"
    target.mkdir()
    (target / "old").write_text("old")
    return target


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("there", ["nothing", "folder", "empty", "file", "link"])
def test_the_new_folder_takes_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(module, "_exchange", lambda one, other: False)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("kept")
    target = tmp_path / "out" / "claim"
    target.parent.mkdir()
    if there == "folder":
        earlier(target.parent)
    elif there == "empty":
        target.mkdir()
    elif there == "file":
        target.write_text("a file")
    elif there == "link":
        target.symlink_to(tmp_path / "elsewhere")
    with replacing(target) as work:
        (work.folder / "new").write_text("new")
        (work.scratch / "copy").write_text("private")
    assert names(target.parent) == ["claim", "claim/new"]
    assert not target.is_symlink()
    assert (tmp_path / "elsewhere" / "kept").read_text() == "kept"


def test_the_system_of_the_tests_can_exchange(tmp_path: Path) -> None:
    """Else the test above would look at the second way twice."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert module._exchange(tmp_path / "one", tmp_path / "other")
    assert names(tmp_path) == ["one", "one/other", "other", "other/one"]


def test_after_an_error_everything_is_as_before(tmp_path: Path) -> None:
    target = earlier(tmp_path)

    def fail() -> None:
        with replacing(target) as work:
            (work.folder / "half").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(tmp_path) == ["claim", "claim/old"]


def test_a_killed_run_leaves_the_earlier_folder_and_the_next_one_clears_up(tmp_path: Path) -> None:
    target = earlier(tmp_path)
    killed(target, "inside")
    assert (target / "old").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
    remove_leftovers(tmp_path)
    assert names(tmp_path) == ["claim", "claim/old"]


def test_where_nothing_can_be_exchanged_the_earlier_folder_comes_back(tmp_path: Path) -> None:
    target = earlier(tmp_path)
    killed(target, "between")
    assert not target.exists()
    remove_leftovers(tmp_path)
    assert names(tmp_path) == ["claim", "claim/old"]


def test_the_work_of_a_run_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    target = earlier(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(target), "live"],
        cwd=CHECKOUT,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as live:
        assert live.stdout is not None
        assert live.stdout.readline() == b"ready\n"
        remove_leftovers(tmp_path)
        assert len(list(tmp_path.iterdir())) == 2
        live.communicate(b"", timeout=30)
    assert live.returncode == 0
    assert names(tmp_path) == ["claim", "claim/new"]


def test_only_our_own_leftovers_go(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    out = tmp_path / "out"
    out.mkdir()
    (out / ".claim.0123456789ab.part").symlink_to(outside)
    (out / ".claim.0123456789ac.part").write_text("a file")
    for name in (".claim.part", "claim.0123456789ab.part", ".claim.0123456789ab.old", ".git"):
        (out / name).mkdir()
    before = names(tmp_path)
    remove_leftovers(out)
    remove_leftovers(tmp_path / "nowhere")
    assert names(tmp_path) == before


def test_a_folder_that_is_taken_for_a_leftover_before_its_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another run may look in between: the folder is made again."""
    held, made = module._held, []

    def taken_once(part: Path, descriptor: int) -> bool:
        made.append(part)
        if len(made) == 1:
            remove_leftovers(tmp_path)
        return held(part, descriptor)

    monkeypatch.setattr(module, "_held", taken_once)
    with replacing(tmp_path / "claim") as work:
        (work.folder / "new").write_text("new")
    assert len(made) == 2
    assert names(tmp_path) == ["claim", "claim/new"]
