"""A packet that would not change is not made again; whatever could change it makes it anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from poe_pack.evidence.prober import Prober
from poe_pack.model import Funds, Settings
from poe_pack.packet import basis as basis_module
from poe_pack.packet import build_packet
from poe_pack.packet.basis import UNSEEN, tool_digest
from poe_pack.packet.batch import Job, _there, build_all
from poe_pack.packet.inputs import shown_files
from poe_pack.resources import resource
from poe_pack.validation.result import ClaimResult, FundsResult, Headroom, Result
from poe_pack.validation.verdict import RuleSwitchedOff
from tests.packet.conftest import COMMIT, Built
from tests.packet.samples import FOLDER, PARTNER, PLAN, sample, words

SMALL: dict[str, Any] = {"proof_documents": (), "pre_approval": None}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Job]:
    """A repository and how its packet was made."""
    base = tmp_path_factory.mktemp("kept")
    result, claim = sample(base, **SMALL)
    job = Job(base / "out", "A4", "en", draft=False)
    assert [outcome.unchanged for outcome in build_all(result, [claim], job, 1)] == [False]
    return base, job


@pytest.fixture
def copy(kept: tuple[Path, Job], tmp_path: Path) -> tuple[Path, Job]:
    """The same for one test alone."""
    base, job = kept
    shutil.copytree(base, tmp_path / "copy")
    return tmp_path / "copy", replace(job, out=tmp_path / "copy" / "out")


def stays(copy: tuple[Path, Job], result: Result, claim: ClaimResult) -> bool:
    return _there(replace(result, base=copy[0]), claim, copy[1]) is not None


def test_nothing_changed(copy: tuple[Path, Job]) -> None:
    result, claim = sample(copy[0], **SMALL)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in _files(copy)}
    outcomes = list(build_all(result, [claim], copy[1], 1))
    assert [(outcome.unchanged, outcome.problem) for outcome in outcomes] == [(True, None)]
    assert outcomes[0].pages > 3
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in _files(copy)} == before
    forced = list(build_all(result, [claim], replace(copy[1], force=True), 1))
    assert [outcome.unchanged for outcome in forced] == [False]
    assert {path: path.read_bytes() for path in _files(copy)} == {path: was[0] for path, was in before.items()}
    assert {path.stat().st_ino for path in _files(copy)}.isdisjoint(was[2] for was in before.values())


def test_what_no_page_shows_does_not_count(copy: tuple[Path, Job]) -> None:
    result, claim = sample(copy[0], **SMALL)
    room = (Headroom(words("Fund"), None, None, None, None),)
    assert stays(copy, replace(result, as_of=date(2027, 1, 5)), replace(claim, headroom=room, advice=(words("x"),)))


def test_pages_are_made_without_what_does_not_count(tmp_path: Path, built: Built, prober: Prober) -> None:
    """Each of these would fail at the first look: then it would have to count."""
    blind = replace(built.claim, **dict.fromkeys(UNSEEN, object()))
    build_packet(built.result, blind, tmp_path / "out", prober=prober, commit=COMMIT)
    name = built.folder.name
    assert (tmp_path / "out" / name / "packet.pdf").read_bytes() == (built.folder / "packet.pdf").read_bytes()


DOCUMENTS = {"claim": f"{FOLDER}/claim.yaml", "partner": PARTNER.file, "plan": PLAN.file}


@pytest.mark.parametrize("file", DOCUMENTS.values(), ids=DOCUMENTS)
def test_another_document(copy: tuple[Path, Job], file: str) -> None:
    result, claim = sample(copy[0], **SMALL)
    assert stays(copy, result, claim)
    (copy[0] / file).write_text("# another comment\n")
    assert not stays(copy, result, claim)


def test_other_evidence(copy: tuple[Path, Job]) -> None:
    invoice = copy[0] / FOLDER / "evidence" / "invoice-10482.pdf"
    invoice.write_bytes(invoice.read_bytes() + b"% again\n")
    assert not stays(copy, *sample(copy[0], **SMALL))


JUDGED: dict[str, Callable[[Result, ClaimResult], tuple[Result, ClaimResult]]] = {
    "claim": lambda r, c: (r, replace(c, claim=replace(c.claim, final_comments="Other words"))),
    "partner": lambda r, c: (r, replace(c, partner=replace(PARTNER, name="Nordanvind AB"))),
    "no plan": lambda r, c: (r, replace(c, plan=None)),
    "checklist": lambda r, c: (r, replace(c, checklist=c.checklist[1:])),
    "share of another claim": lambda r, c: (r, replace(c, elsewhere={(0, 4): Decimal("37999.00")})),
    "rulebook": lambda r, c: (replace(r, rulebooks=(replace(r.rulebooks[0], sha256="1" * 64),)), c),
    "rule switched off": lambda r, c: (replace(r, rules_off=(RuleSwitchedOff("POE431", "why"),)), c),
    "time zone": lambda r, c: (replace(r, settings=Settings(timezone="Asia/Tokyo")), c),
    "labels": lambda r, c: (replace(r, settings=replace(r.settings, languages=("en", "sv"))), c),
}


@pytest.mark.parametrize("change", JUDGED.values(), ids=JUDGED)
def test_another_judgement(
    copy: tuple[Path, Job], change: Callable[[Result, ClaimResult], tuple[Result, ClaimResult]]
) -> None:
    result, claim = change(*sample(copy[0], **SMALL))
    assert not stays(copy, result, claim)


def test_other_funds(copy: tuple[Path, Job]) -> None:
    result, claim = sample(copy[0], **SMALL)
    values: dict[str, Any] = dict.fromkeys(Funds.__struct_fields__)
    key = dict(zip(("program", "location", "usage_period"), _key(claim), strict=True))
    funds = Funds(**values | key | {"currency": "USD", "earned": Decimal(1)})
    of = FundsResult(funds, None, None, *[Decimal(0)] * 7)
    assert not stays(copy, replace(result, funds=(of,)), claim)
    other = replace(of, funds=replace(funds, program="Surface"))
    assert stays(copy, replace(result, funds=(other,)), claim)


@pytest.mark.parametrize("change", [{"paper": "letter"}, {"draft": True}, {"language": "sv"}], ids=str)
def test_another_option(copy: tuple[Path, Job], change: dict[str, Any]) -> None:
    result, claim = sample(copy[0], **SMALL)
    assert not stays((copy[0], replace(copy[1], **change)), result, claim)


@pytest.mark.parametrize("what", ["version", "template", "library"])
def test_another_tool(copy: tuple[Path, Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    result, claim = sample(copy[0], **SMALL)
    assert stays(copy, result, claim)
    if what == "version":
        monkeypatch.setattr("poe_pack.__version__", "99.0")
    elif what == "template":
        shutil.copytree(resource("templates"), tmp_path / "templates")
        sheet = tmp_path / "templates" / "packet" / "packet.css"
        sheet.write_text(sheet.read_text() + "\n")
        monkeypatch.setattr(basis_module, "resource", lambda kind: tmp_path / kind)
    else:
        monkeypatch.setattr(basis_module, "_version", lambda library: "99.0")
    tool_digest.cache_clear()
    try:
        assert not stays(copy, result, claim)
    finally:
        monkeypatch.undo()
        tool_digest.cache_clear()
    assert stays(copy, result, claim)


def _damage(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        raw = bytearray((folder / name).read_bytes())
        raw[len(raw) // 2] ^= 1
        (folder / name).write_bytes(bytes(raw))

    return change


def _linked(folder: Path) -> None:
    (folder / "packet.pdf").rename(folder.parent / "moved.pdf")
    (folder / "packet.pdf").symlink_to(folder.parent / "moved.pdf")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a byte of the PDF": _damage("packet.pdf"),
    "a byte of the portal sheet": _damage("portal-sheet.html"),
    "a byte of the manifest": _damage("manifest.json"),
    "an uploaded file": _damage("upload/01-third-party-invoice-10482.pdf"),
    "no PDF": lambda folder: (folder / "packet.pdf").unlink(),
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "no upload": lambda folder: shutil.rmtree(folder / "upload"),
    "one more file": lambda folder: (folder / "upload" / "99-more.pdf").touch(),
    "a link": lambda folder: (folder / "more").symlink_to("upload"),
    "a link in place of the PDF": _linked,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_packet_that_is_not_whole_is_made_again(copy: tuple[Path, Job], damage: Callable[[Path], object]) -> None:
    result, claim = sample(copy[0], **SMALL)
    damage(copy[1].out / claim.claim.id)
    assert not stays(copy, result, claim)


def test_the_files_of_a_claim_are_those_of_its_exhibits(built: Built) -> None:
    """What `verify` takes for a file that was added would be an exhibit, and nothing else."""
    shown = list(shown_files(built.claim.claim))
    inputs = {path.name for path in (built.result.base / FOLDER / "evidence").iterdir()}
    assert {Path(file).name for file in shown} == inputs
    assert len(list((built.folder / "upload").iterdir())) == len(set(shown)) + 1


def _files(copy: tuple[Path, Job]) -> list[Path]:
    return sorted(path for path in copy[1].out.rglob("*") if path.is_file())


def _key(claim: ClaimResult) -> tuple[str, str | None, str | None]:
    period = claim.usage_period.label if claim.usage_period is not None else claim.claim.usage_period
    return (claim.claim.program, claim.claim.location, period)
