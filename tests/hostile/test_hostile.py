"""Whatever lies in a claim's folder: it gets its finding in time, nothing of it can act, and the others are packed.

The table that the tests print (`pytest -s`, or with a failure) says of each kind what was found, and what finding it
took.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from poe_pack.evidence import FileState, ProbeFacts, inspect_file
from poe_pack.evidence.prober import Prober
from tests.cli.house import House, make_house
from tests.cli.program import AS_OF, CHECKOUT, Ran, environment, run_command
from tests.hostile.make import Hostile, everything, place

KINDS = everything()
GOOD = ("good-1", "good-2", "good-3")
PAGES, MEGABYTES = 200, 25
SECONDS = 25.0
"""For one file: the limit on time and what starting the next child takes."""
CHILD_MEGABYTES = 1100
PARENT_MEGABYTES = 300

# The most memory that the program itself had at any time, said when it ends. What `getrusage` says of a process that
# was just started includes the memory of whoever started it.
_MEASURED = """
import atexit, sys
def tell():
    with open("/proc/self/status") as status:
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    with open(place, "w") as out:
        out.write(peak)
place, sys.argv = sys.argv[1], ["poe-pack", *sys.argv[2:]]
atexit.register(tell)
from poe_pack.cli import main
raise SystemExit(main())
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="peaks of memory are read from /proc")


@dataclass(frozen=True, slots=True)
class Measured:
    """What opening one file told, and the most that it took: seconds, and megabytes of the child."""

    facts: ProbeFacts | None
    state: FileState
    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Program:
    """A run of the program with the megabytes that its own process had at most."""

    ran: Ran
    megabytes: float
    seconds: float


@dataclass(frozen=True, slots=True)
class World:
    """A claims repository with one claim of each hostile kind, and three that are in order."""

    house: House
    places: dict[str, Path]

    def run(self, *arguments: str) -> Program:
        peak = self.house.root.parent / "peak"
        env = environment(XDG_CACHE_HOME=str(self.house.root.parent / "cache"), PYTHONPATH=str(CHECKOUT))
        command = [sys.executable, "-c", _MEASURED, str(peak), *arguments, "--as-of", AS_OF]
        started = time.monotonic()
        ran = run_command(command, self.house.root, env, timeout=400)
        assert "Traceback" not in ran.err, ran.err
        return Program(ran, int(peak.read_text()) / 1024, time.monotonic() - started)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    house = make_house(tmp_path_factory.mktemp("hostile") / "house")
    places = {}
    for kind in KINDS:
        house.claim(kind.name, ("file: evidence/invoice.pdf", f'file: "{kind.file}"'))
        places[kind.name] = place(kind, house.root / kind.name)
    for id in GOOD:
        house.claim(id)
    return World(house, places)


@pytest.fixture(scope="module")
def measured(world: World) -> dict[str, Measured]:
    """Every file that can be opened, opened by one prober."""
    found = {}
    with Prober() as prober:
        for kind in KINDS:
            folder = world.house.root / kind.name
            facts = inspect_file(folder, os.path.relpath(world.places[kind.name], folder), max_bytes=MEGABYTES * 10**6)
            started = time.monotonic()
            with _watched(prober) as peak:
                probe = None
                if facts.state is FileState.PRESENT:
                    probe = prober.probe(world.places[kind.name], facts.media_type, max_pages=PAGES)
            found[kind.name] = Measured(probe, facts.state, time.monotonic() - started, peak[0])
    return found


@contextmanager
def _watched(prober: Prober) -> Iterator[list[float]]:
    """The most memory, in megabytes, that the prober's child has meanwhile."""
    peak, done = [0.0], threading.Event()

    def look() -> None:
        child = prober._child
        if child is not None:
            peak[0] = max(peak[0], _highest(child._process.pid))

    def watch() -> None:
        while not done.wait(0.01):  # a child that meets a limit is gone before anybody else could ask
            look()

    if prober._child is not None:
        _forget_highest(prober._child._process.pid)
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
        look()
    finally:
        done.set()
        watcher.join()


def _highest(pid: int) -> float:
    """The most megabytes a process had since that was last forgotten; nothing where the system does not tell."""
    with contextlib.suppress(OSError, StopIteration), open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(next(line.split()[1] for line in status if line.startswith("VmHWM"))) / 1024
    return 0.0


def _forget_highest(pid: int) -> None:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/clear_refs", "w", encoding="ascii") as asked:
        asked.write("5")


@pytest.fixture(scope="module")
def validated(world: World) -> Program:
    return world.run("validate", "--deep", "--ignore", "POE451", "--format", "json", ".")


@pytest.fixture(scope="module")
def findings(validated: Program) -> dict[str, list[Any]]:
    """Findings by the name of the kind, without those that compare claims (all invoices here are alike)."""
    by_claim: dict[str, list[Any]] = {kind.name: [] for kind in KINDS} | {id: [] for id in GOOD}
    for finding in json.loads(validated.ran.out)["findings"]:
        by_claim[finding["document"]].append(finding)
    return by_claim


@pytest.fixture(scope="module")
def packed(world: World, validated: Program) -> Program:
    return world.run("packet", "-o", "out")


def test_there_are_many_kinds() -> None:
    assert len(KINDS) >= 100


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_its_findings_and_no_other(findings: dict[str, list[Any]], kind: Hostile) -> None:
    found = [(finding["code"], finding["message"]) for finding in findings[kind.name]]
    assert sorted(code for code, _ in found) == sorted(code for code, _ in kind.findings), found
    for code, says in kind.findings:
        assert any(code == other and says in message for other, message in found), found


def test_claims_in_order_have_none(findings: dict[str, list[Any]]) -> None:
    assert [findings[id] for id in GOOD] == [[], [], []]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_file_keeps_to_its_limits(measured: dict[str, Measured], kind: Hostile) -> None:
    assert measured[kind.name].seconds < SECONDS
    assert measured[kind.name].megabytes < CHILD_MEGABYTES


@linux
def test_the_program_itself_stays_small(validated: Program, packed: Program) -> None:
    assert 10 < validated.megabytes < PARENT_MEGABYTES
    assert 10 < packed.megabytes < PARENT_MEGABYTES


def test_what_is_in_order_or_only_odd_is_packed(world: World, findings: dict[str, list[Any]], packed: Program) -> None:
    refused = {name for name, of in findings.items() if any(finding["severity"] == "error" for finding in of)}
    fine = {kind.name for kind in KINDS} | set(GOOD)
    folders = {folder.name for folder in (world.house.root / "out").iterdir()}
    assert folders == fine - refused, packed.ran.err
    assert set(GOOD) < folders
    assert packed.ran.status == 1
    for name in refused:
        assert f"{name}: no packet" in packed.ran.err


_ACTS = frozenset(
    "/JavaScript /Launch /SubmitForm /ResetForm /ImportData /GoToR /GoToE /Rendition /Movie /Sound /Thread /Hide "
    "/SetOCGState /Trans /GoTo3DView /RichMediaExecute".split()
)
_ACTING = frozenset("/RichMedia /3D /Movie /Sound /Screen /FileAttachment /Widget /PS".split())
_KEYS = frozenset("/AA /JS /XFA /AcroForm /OpenAction /RichMediaContent /Ref /OPI /PieceInfo".split())


def _walk(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Dictionary]]:
    """Every dictionary and stream of a PDF, direct ones too, written anew here: the program's own walk is on trial."""
    seen: set[tuple[int, int]] = set()
    pending: list[Any] = [pdf.trailer]
    while pending:
        value = pending.pop()
        if isinstance(value, Array | Dictionary | Stream) and value.is_indirect:
            if value.objgen in seen:
                continue
            seen.add(value.objgen)
        if isinstance(value, Array):
            pending.extend(value)
        elif isinstance(value, Dictionary | Stream):
            entries = value.stream_dict if isinstance(value, Stream) else value
            yield value, entries
            pending.extend(entries.values())


def test_nothing_of_it_can_act_in_a_packet(world: World, packed: Program) -> None:
    packets = sorted((world.house.root / "out").glob("*/packet.pdf"))
    assert packets
    for packet in packets:
        with pikepdf.open(packet) as pdf:
            originals = {stream.objgen for spec in _specifications(pdf) for stream in spec.EF.values()}
            for value, entries in _walk(pdf):
                if isinstance(value, Stream) and value.objgen in originals:
                    continue
                kind, subtype = entries.get("/S"), entries.get("/Subtype")
                assert not (isinstance(kind, Name) and str(kind) in _ACTS), packet
                assert not (isinstance(subtype, Name) and str(subtype) in _ACTING), packet
                assert not (isinstance(value, Stream) and "/F" in entries), packet
                assert not (_KEYS & set(entries.keys()) and "/ProcSet" not in entries), (packet, entries.keys())
                if kind == Name.URI:
                    assert str(entries.URI).startswith("https://nordanvind.example/"), packet


def _specifications(pdf: pikepdf.Pdf) -> list[Any]:
    return [spec.obj for spec in pdf.attachments.values()]


def test_only_originals_are_attached_to_a_packet(world: World, packed: Program) -> None:
    for packet in sorted((world.house.root / "out").glob("*/packet.pdf")):
        uploaded = {file.name for file in (packet.parent / "upload").iterdir()} - {"00-summary.pdf"}
        with pikepdf.open(packet) as pdf:
            assert set(pdf.attachments) == uploaded | {"manifest.json"}


def test_a_page_says_what_was_left_out(world: World, packed: Program) -> None:
    import pypdfium2

    acting = [kind for kind in KINDS if kind.name.startswith("pdf-script") or kind.name == "pdf-rich-media"]
    for kind in acting:
        document = pypdfium2.PdfDocument(world.house.root / "out" / kind.name / "packet.pdf")
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        assert "left out here: " + ("RichMedia" if "rich" in kind.name else "JavaScript") in text, kind.name


def test_the_table(
    measured: dict[str, Measured], findings: dict[str, list[Any]], validated: Program, packed: Program
) -> None:
    """Not a check: what was found and what it took, for whoever reads the test's output."""
    lines = [f"{'kind':42} {'finding':58} {'s':>6} {'MB':>6}"]
    for kind in KINDS:
        said = "; ".join(f"{f['code']} {f['message']}" for f in findings[kind.name]) or "–"
        of = measured[kind.name]
        lines.append(f"{kind.name:42} {said[:58]:58} {of.seconds:6.2f} {of.megabytes:6.0f}")
    for name, run in (("validate --deep", validated), ("packet", packed)):
        lines.append(f"{name + ' (all of them; the parent)':101} {run.seconds:6.1f} {run.megabytes:6.0f}")
    print("\n" + "\n".join(lines))  # noqa: T201 - the table is what this test is for
    assert len(lines) == 3 + len(KINDS)
