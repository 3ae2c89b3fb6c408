"""The files of a report: whole, and the same bytes for the same facts."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from poe_pack.report import write as writing
from poe_pack.report import write_report
from tests.report import samples

_TWICE = """
import sys
from pathlib import Path
from poe_pack.report import render_status, status_facts, write_report
from tests.report import samples
out = Path(sys.argv[1])
result = samples.agency(3)
write_report(result, out, commit="2e7d2c0", paper="letter")
(out / "terminal").write_text(render_status(status_facts(result, "2e7d2c0"), color=True, width=100))
"""


def test_four_files_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "report"
    paths = write_report(samples.whole(), out, commit=None)
    names = ["index.html", "status.pdf", "status.csv", "status.json"]
    assert [path.name for path in paths] == names
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    assert all(path.stat().st_size for path in paths)


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    running = []
    for seed, zone, later in (("1", "Pacific/Kiritimati", 0.0), ("77", "America/Los_Angeles", 1.1)):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", _TWICE, str(tmp_path / seed)]
        time.sleep(later)  # the clock must show another second
        running.append(subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2]))
    assert [process.wait() for process in running] == [0, 0]
    one, other = (
        {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (tmp_path / seed).iterdir()}
        for seed in ("1", "77")
    )
    assert one == other
    assert len(one) == 5


def test_a_failure_leaves_the_earlier_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.html").write_text("earlier")

    def fail(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        writing.write_report(samples.whole(), tmp_path, commit=None)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_text() == "earlier"


def test_an_unknown_paper_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no paper 'A5'"):
        write_report(samples.whole(), tmp_path / "out", commit=None, paper="A5")
    assert not (tmp_path / "out").exists()
