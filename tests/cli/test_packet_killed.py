"""`poe-pack packet` killed at fifty moments: what is there is whole, nothing lives on, and a rerun completes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from poe_pack.evidence.prober import Prober
from poe_pack.packet.verification import packets_at, verify
from poe_pack.packet.verified import Verdict
from tests.cli.house import make_house, start_git
from tests.cli.program import AS_OF, SCRIPT, environment
from tests.cli.test_packet import contents

IDS = ("ads", "fair", "web")
KILLS = 10  # in each of the five ways below
WAYS = {
    "first run": ("1", False, os.kill),
    "first run, two workers": ("2", False, os.kill),
    "first run, two workers, all of them killed": ("2", False, os.killpg),
    "over earlier packets": ("1", True, os.kill),
    "over earlier packets, two workers": ("2", True, os.kill),
}


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A repository, the packets that a run makes of it, and how long the run took with one and with two workers."""

    house: Path
    out: Path
    made: dict[str, bytes]
    seconds: dict[str, float]


def start(house: Path, out: Path, jobs: str) -> subprocess.Popen[bytes]:
    """A run in a process group of its own; its temporary files would lie in `tmp` beside `out`."""
    (out.parent / "tmp").mkdir(exist_ok=True)
    command = [str(SCRIPT), "packet", str(house), "-o", str(out), "--as-of", AS_OF, "--jobs", jobs, "--force"]
    env = environment(TMPDIR=str(out.parent / "tmp"))
    return subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    base = tmp_path_factory.mktemp("undisturbed")
    house = make_house(base / "house")
    for id in IDS:
        house.claim(id)
    start_git(house.root)
    seconds = {}
    for jobs in ("1", "1", "2"):  # the first one fills the caches
        begun = time.monotonic()
        assert start(house.root, base / "out", jobs).wait(timeout=120) == 0
        seconds[jobs] = time.monotonic() - begun
    return Undisturbed(house.root, base / "out", contents(base / "out"), seconds)


def killed(from_: Undisturbed, out: Path, jobs: str, share: float, kill: Callable[[int, int], None]) -> None:
    """A run that is killed after this share of its time; one that was done sooner is killed sooner the next time."""
    seconds = from_.seconds[jobs]
    for _ in range(8):
        begun = time.monotonic()
        run = start(from_.house, out, jobs)
        try:
            run.wait(timeout=share * seconds)
        except subprocess.TimeoutExpired:
            kill(run.pid, signal.SIGKILL)
            assert run.wait(timeout=30) == -signal.SIGKILL
            wait_for_end_of(run.pid)
            return
        seconds = time.monotonic() - begun
    pytest.fail("the run was always done before it could be killed")


def wait_for_end_of(group: int) -> None:
    """Workers end by themselves once their parent was killed."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("a worker lived on")


@pytest.mark.parametrize(("jobs", "over", "kill"), WAYS.values(), ids=WAYS)
def test_what_is_there_is_whole(
    undisturbed: Undisturbed, tmp_path: Path, jobs: str, over: bool, kill: Callable[[int, int], None]
) -> None:
    dice = random.Random(f"{jobs} {over} {kill.__name__}")
    out = tmp_path / "out"
    left = 0
    with Prober() as prober:
        for number in range(KILLS):
            if over:
                shutil.rmtree(out, ignore_errors=True)
                shutil.copytree(undisturbed.out, out)
            else:
                _forget_packets(out)
            killed(undisturbed, out, jobs, (number + dice.random()) / KILLS, kill)
            left += _look(undisturbed, out, over, prober)
    assert left > 0, "no run was killed while it made a packet"
    again = start(undisturbed.house, out, jobs)
    assert again.wait(timeout=120) == 0
    assert contents(out) == undisturbed.made
    assert sorted(path.name for path in out.iterdir()) == list(IDS)


def _forget_packets(out: Path) -> None:
    """Remove packets, but not what killed runs left: the next run has to cope with that."""
    for path in out.iterdir() if out.is_dir() else ():
        if not path.name.startswith("."):
            shutil.rmtree(path)


def _look(undisturbed: Undisturbed, out: Path, over: bool, prober: Prober) -> int:
    """Check what a killed run left; returns how many work folders it left behind."""
    entries = sorted(path.name for path in out.iterdir()) if out.is_dir() else []
    packets = [name for name in entries if not name.startswith(".")]
    assert set(packets) <= set(IDS)
    assert packets == list(IDS) or not over
    for name in packets:
        expected = {path: raw for path, raw in undisturbed.made.items() if path.startswith(f"{name}/")}
        assert {f"{name}/{path}": raw for path, raw in contents(out / name).items()} == expected
        (place,) = packets_at(out / name)
        assert verify(place, prober, undisturbed.house).verdict is Verdict.SAME
    hidden = [name for name in entries if name.startswith(".")]
    assert all(name.endswith(".part") for name in hidden)
    # WeasyPrint lays our fonts there; nothing of a claim may lie outside of the work folders.
    assert {path.name.partition("-")[0] for path in (out.parent / "tmp").iterdir()} <= {"weasyprint"}
    return len(hidden)
