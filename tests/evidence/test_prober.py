"""The child process: its limits, its life, and that the parent outlives whatever it meets."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, Stream
from PIL import Image

from poe_pack.evidence import MediaType, Page, ProbeFacts, ProbeState, wire
from poe_pack.evidence import prober as prober_module
from poe_pack.evidence.facts import Told
from poe_pack.evidence.prober import DESCRIBED_KINDS, OPENED_KINDS, Prober, ProbingUnavailable
from poe_pack.evidence.wire import decode
from tests.evidence.samples import MakePdf, flate_bomb

PDF = MediaType.PDF
MEGABYTE = 1024 * 1024


def bomb(make: MakePdf, name: str = "bomb.pdf", *, pages: int = 1, megabytes: int = 100) -> Path:
    """Pages that share one content, which stays below the limit for a page."""
    pdf = make.new(pages)
    content = pdf.make_indirect(Stream(pdf, flate_bomb(megabytes), Filter=Name.FlateDecode))
    for page in pdf.pages:
        page.obj["/Contents"] = content
    return make.save(pdf, name, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def child_of(prober: Prober) -> int:
    assert prober._child is not None
    return prober._child._process.pid


def test_one_child_serves_many_files(make: MakePdf) -> None:
    paths = [make.save(make.new(1 + number % 3), f"{number}.pdf") for number in range(20)]
    with Prober() as prober:
        found = [prober.probe(path, PDF, max_pages=5) for path in paths]
        first = child_of(prober)
        again = [prober.prepare(path, PDF, path.with_suffix(".out"), max_pages=5) for path in paths]
        assert child_of(prober) == first
    assert found == again
    assert [len(facts.pages) for facts in found] == [1 + number % 3 for number in range(20)]


def test_a_child_that_was_started_early_opens_the_first_file(make: MakePdf) -> None:
    path = make.save(make.new(1), "1.pdf")
    with Prober() as prober:
        prober.start()
        early = child_of(prober)
        prober.start()
        assert prober.probe(path, PDF, max_pages=5).state is ProbeState.OK
        assert child_of(prober) == early
        prober.close()
        prober.start()
        assert child_of(prober) != early
        assert prober.probe(path, PDF, max_pages=5).state is ProbeState.OK


def test_the_child_is_recycled_and_ends_with_the_prober(make: MakePdf) -> None:
    path = make.page()
    with Prober(files_per_child=2) as prober:
        assert prober._child is None
        prober.probe(path, PDF, max_pages=5)
        first = child_of(prober)
        prober.probe(path, PDF, max_pages=5)
        assert prober._child is None
        prober.probe(path, PDF, max_pages=5)
        second = child_of(prober)
        assert second != first
    for pid in (first, second):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_memory_limit(make: MakePdf) -> None:
    path = bomb(make, megabytes=120)
    with Prober(memory_bytes=220 * MEGABYTE) as prober:
        facts = prober.probe(path, PDF, max_pages=5)
        assert facts.state is ProbeState.MEMORY_LIMIT
        assert prober.probe(make.page(), PDF, max_pages=5).state is ProbeState.OK


def test_cpu_limit(make: MakePdf) -> None:
    path = bomb(make, pages=200, megabytes=60)
    with Prober(cpu_seconds=1) as prober:
        started = time.monotonic()
        out = path.with_name("out.pdf")
        facts = prober.prepare(path, PDF, out, max_pages=500)
        assert facts == ProbeFacts(ProbeState.TIME_LIMIT, "not done within 1 s of work")
        assert time.monotonic() - started < 10
        assert not out.exists()
        assert prober.probe(make.page(), PDF, max_pages=5).state is ProbeState.OK


def test_cpu_seconds_are_counted_anew_for_each_file(make: MakePdf) -> None:
    path = bomb(make)
    with Prober(cpu_seconds=1) as prober:
        first = None
        for _ in range(6):
            assert prober.probe(path, PDF, max_pages=5).state is ProbeState.OK
            first = first or child_of(prober)
        assert child_of(prober) == first


def test_wall_limit(make: MakePdf) -> None:
    hanging, fine = bomb(make, pages=100), make.page()
    with Prober() as prober:
        prober.probe(fine, PDF, max_pages=5)
        first = child_of(prober)
        prober._wall_seconds = 0.1
        facts = prober.probe(hanging, PDF, max_pages=500)
        assert facts == ProbeFacts(ProbeState.TIME_LIMIT, "not done within 0.1 s")
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
        prober._wall_seconds = 30
        assert prober.probe(fine, PDF, max_pages=5).state is ProbeState.OK


def end(child: int, sent: signal.Signals) -> None:
    """Send a stopped process a deadly signal, and wake it so that it dies of it."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, sent)
        os.kill(child, signal.SIGCONT)


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        (signal.SIGSEGV, ProbeState.CRASHED),
        (signal.SIGABRT, ProbeState.CRASHED),
        (signal.SIGKILL, ProbeState.MEMORY_LIMIT),
    ],
)
def test_a_child_that_dies_at_work(make: MakePdf, sent: signal.Signals, state: ProbeState) -> None:
    path = make.page()
    with Prober() as prober:
        prober.probe(path, PDF, max_pages=5)
        child = child_of(prober)
        os.kill(child, signal.SIGSTOP)  # it takes the question and does not answer before it dies
        death = threading.Timer(0.3, lambda: end(child, sent))
        death.start()
        facts = prober._ask({}, decode)
        death.join()
        assert facts.state is state
        assert prober.probe(path, PDF, max_pages=5).state is ProbeState.OK


def test_a_child_that_died_between_files_is_replaced(make: MakePdf) -> None:
    path = make.page()
    with Prober() as prober:
        prober.probe(path, PDF, max_pages=5)
        os.kill(child_of(prober), signal.SIGKILL)
        os.waitid(os.P_PID, child_of(prober), os.WEXITED | os.WNOWAIT)
        assert prober.probe(path, PDF, max_pages=5).state is ProbeState.OK


def test_an_interrupt_leaves_no_answer_behind(make: MakePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    three, one = make.save(make.new(3), "three.pdf"), make.page("one.pdf")

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    with Prober() as prober:
        prober.probe(one, PDF, max_pages=5)
        with monkeypatch.context() as patch:
            patch.setattr("poe_pack.evidence.process.ChildProcess._line", interrupted)
            with pytest.raises(KeyboardInterrupt):
                prober.probe(three, PDF, max_pages=5)
        assert len(prober.probe(one, PDF, max_pages=5).pages) == 1


def test_a_child_that_cannot_start(make: MakePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prober_module, "_CHILD", "no_such_module")
    with Prober() as prober, pytest.raises(ProbingUnavailable):
        prober.probe(make.page(), PDF, max_pages=5)


def test_kinds_that_are_not_opened_need_no_child(tmp_path: Path) -> None:
    with Prober() as prober:
        for kind in (None, *MediaType):
            if kind not in OPENED_KINDS | DESCRIBED_KINDS:
                facts = prober.probe(tmp_path / "x", kind, max_pages=5)
                assert facts == ProbeFacts(ProbeState.UNSUPPORTED, "files of this kind are not opened")
                assert prober.prepare(tmp_path / "x", kind, tmp_path / "y", max_pages=5) == facts
        assert prober._child is None
    assert list(tmp_path.iterdir()) == []


def test_out_appears_whole_or_stays_as_it_was(make: MakePdf, tmp_path: Path) -> None:
    out = tmp_path / "made" / "x.pdf"
    out.parent.mkdir()
    out.write_bytes(b"before")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    with Prober() as prober:
        assert prober.prepare(broken, PDF, out, max_pages=5).state is ProbeState.DAMAGED
        assert out.read_bytes() == b"before"
        assert prober.prepare(make.page(), PDF, out, max_pages=5).state is ProbeState.OK
        assert out.read_bytes().startswith(b"%PDF-1.7")
        with pytest.raises(FileNotFoundError):
            prober.prepare(make.page(), PDF, tmp_path / "none" / "x.pdf", max_pages=5)
    assert [path.name for path in out.parent.iterdir()] == ["x.pdf"]


def test_odd_names_reach_the_child(make: MakePdf, tmp_path: Path) -> None:
    with Prober() as prober:
        for name in ("räkning 1.pdf", "请求.pdf", "a\nb.pdf", os.fsdecode(b"caf\xe9.pdf"), "-x.pdf"):
            path = make.save(make.new()).rename(tmp_path / name)
            assert prober.probe(path, PDF, max_pages=5).state is ProbeState.OK


def test_the_child_ends_when_its_input_does() -> None:
    command = [sys.executable, "-m", "poe_pack.evidence.child", str(1024 * MEGABYTE), "5"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=True)
    assert done.stdout == b"ready\n"


def test_the_child_knows_nothing_and_loads_nothing_from_where_it_is_started(
    make: MakePdf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pikepdf.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    path = make.page()
    with Prober() as prober:
        assert prober.probe(path, PDF, max_pages=5).state is ProbeState.OK
        if sys.platform == "linux":
            pid = child_of(prober)
            assert b"hunter2" not in Path(f"/proc/{pid}/environ").read_bytes()
            assert os.getsid(pid) == pid
            assert os.readlink(f"/proc/{pid}/cwd") == "/"


def test_importing_the_parent_loads_no_reader() -> None:
    program = (
        "import sys, poe_pack.evidence, poe_pack.evidence.prober;"
        "print([name for name in ('pikepdf', 'PIL', 'img2pdf', 'puremagic', 'defusedxml', 'email.parser') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


DAY = date(2026, 9, 17)
FACTS = ProbeFacts(
    ProbeState.OK, "fine", (Page(1.5, 2),), (3, 4), False, ("Launch",), 2, DAY, DAY, ((Told.TEXT, "a\nb"),)
)


def test_facts_survive_the_way_through_the_pipe() -> None:
    assert wire.decode(wire.encode(FACTS)) == FACTS
    assert wire.encode(FACTS).count(b"\n") == 1


def test_what_a_child_says_is_made_safe() -> None:
    answer = json.loads(wire.encode(FACTS))
    answer["detail"] = "a\x1b[31m\n\u202eb" + "x" * 1000
    answer["active_content"] = ["\x07bell"] * 1000
    facts = wire.decode(json.dumps(answer).encode())
    assert facts.detail == "a[31mb" + "x" * 191
    assert facts.active_content == ("bell",) * 50
    answer["told"] = [["text", "a\x1b[31m\r\nb\u202e\tc\n" + "x" * 90_000]]
    ((_, text),) = wire.decode(json.dumps(answer).encode()).told
    assert text == "a[31m\nb    c\n" + "x" * (wire.MAX_TOLD - len("a[31m\nb    c\n"))


@pytest.mark.parametrize(
    "change",
    [
        {"state": "fine"},
        {"detail": 5},
        {"pages": [[0, 1]]},
        {"pages": [[1]]},
        {"pages": [["1", 2]]},
        {"pages": [[1e999, 2]]},
        {"pages": None},
        {"pixels": [0, 4]},
        {"pixels": [1.5, 4]},
        {"has_text": "no"},
        {"active_content": None},
        {"embedded": -1},
        {"embedded": True},
        {"created": "today"},
        {"taken": 20260917},
        {"told": [["password", "x"]]},
        {"told": [["text", 5]]},
        {"told": {"text": "x"}},
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    answer = json.loads(wire.encode(FACTS)) | change
    with pytest.raises(ValueError, match=r".+"):
        wire.decode(json.dumps(answer).encode())


@pytest.mark.parametrize("line", [b"", b"\n", b"[]", b"nonsense\n", b"[" * 100_000, b"{}", b"\xff\n"])
def test_a_line_that_is_no_answer_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        wire.decode(line)


def test_a_child_that_talks_nonsense_or_without_end(
    make: MakePdf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "talker.py").write_text(
        "import sys\n"
        "print('ready', flush=True)\n"
        "for line in sys.stdin:\n"
        "    while 'short' not in line:\n"
        "        print('x' * 1_000_000, end='', flush=True)\n"
        "    print('nonsense', flush=True)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(prober_module, "_CHILD", "talker")
    with Prober() as prober:
        facts = prober.probe(Path("/short"), PDF, max_pages=5)
        assert facts == ProbeFacts(ProbeState.CRASHED, "the reader's answer made no sense")
        assert prober.probe(Path("/other"), PDF, max_pages=5).state is ProbeState.TIME_LIMIT
        assert prober._child is None


def test_pages_that_there_is_no_room_for(tmp_path: Path) -> None:
    """The disk is at fault, not the file."""
    noise = Image.frombytes("RGB", (300, 300), random.Random(1).randbytes(300 * 300 * 3))
    noise.save(tmp_path / "noise.png")
    with Prober() as prober:
        assert prober.probe(tmp_path / "noise.png", MediaType.PNG, max_pages=5).state is ProbeState.OK
        resource.prlimit(child_of(prober), resource.RLIMIT_FSIZE, (100_000, 100_000))
        for _ in range(2):
            with pytest.raises(OSError, match="File too large"):
                prober.prepare(tmp_path / "noise.png", MediaType.PNG, tmp_path / "out.pdf", max_pages=5)
            prober.start()
            resource.prlimit(child_of(prober), resource.RLIMIT_FSIZE, (100_000, 100_000))
        assert [path.name for path in tmp_path.iterdir()] == ["noise.png"]
