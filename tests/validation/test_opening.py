"""Files are opened once; a file that nobody opened is said to be so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from poe_pack.evidence.facts import MediaType, ProbeFacts
from poe_pack.evidence.invoices.facts import InvoiceReading
from poe_pack.evidence.prober import Prober
from poe_pack.evidence.process import ChildProcess
from poe_pack.languages import catalogue
from poe_pack.validation.options import Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate
from tests.cli.house import House, make_house
from tests.invoices.drawing import Put, text_pdf

DAY = date(2026, 11, 21)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Names of the files that a child process opened, in a cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    names: list[str] = []
    probe = Prober.probe

    def counted(self: Prober, path: Path, kind: MediaType | None, *, max_pages: int) -> ProbeFacts:
        names.append(path.name)
        return probe(self, path, kind, max_pages=max_pages)

    monkeypatch.setattr(Prober, "probe", counted)
    return names


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = make_house(tmp_path / "house")
    made.claim("one")
    return made


def judged(house: House, *, deep: bool, reuse: bool) -> Result:
    return validate(Options((house.root,), as_of=DAY, deep=deep, reuse=reuse))


def unopened(result: Result) -> str:
    (claim,) = result.claims
    said = [catalogue().say(words) for words in claim.unchecked if words.key == "explain.unchecked.files"]
    return said[0] if said else ""


def test_an_answer_is_kept_until_the_file_changes(house: House, opened: list[str]) -> None:
    assert "2 files" in unopened(judged(house, deep=False, reuse=True))
    assert unopened(judged(house, deep=True, reuse=True)) == ""
    assert opened == ["invoice.pdf", "ad.png"]
    # The invoice holds no text to compare with.
    assert [finding.code for finding in judged(house, deep=True, reuse=True).findings] == ["POE451"]
    assert unopened(judged(house, deep=False, reuse=True)) == ""
    assert len(opened) == 2
    invoice = house.root / "one/evidence/invoice.pdf"
    invoice.write_bytes(invoice.read_bytes()[:120])
    assert "1 file " in unopened(judged(house, deep=False, reuse=True))
    assert [finding.code for finding in judged(house, deep=True, reuse=True).findings] == ["POE516"]
    assert opened[2:] == ["invoice.pdf"]
    assert [finding.code for finding in judged(house, deep=True, reuse=True).findings] == ["POE516"]
    assert len(opened) == 3


def test_without_the_cache_every_file_is_opened_again(house: House, opened: list[str]) -> None:
    for _ in range(2):
        judged(house, deep=True, reuse=False)
    assert len(opened) == 4
    assert "2 files" in unopened(judged(house, deep=False, reuse=True))


def test_an_answer_does_not_speak_for_bytes_that_came_meanwhile(
    house: House, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = house.root / "one/evidence/invoice.pdf"
    probe = Prober.probe

    def changed(self: Prober, path: Path, kind: MediaType | None, *, max_pages: int) -> ProbeFacts:
        facts = probe(self, path, kind, max_pages=max_pages)
        if path.name == invoice.name:
            path.write_bytes(path.read_bytes() + b"\n")
        return facts

    whole = invoice.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(Prober, "probe", changed)
        judged(house, deep=True, reuse=True)
    invoice.write_bytes(whole)
    assert "1 file " in unopened(judged(house, deep=False, reuse=True))


def test_what_is_recalled_only_concerns_what_was_asked_for(house: House, opened: list[str]) -> None:
    house.claim("two")
    judged(house, deep=True, reuse=True)
    result = validate(Options((house.root,), as_of=DAY, reuse=True, deep_ids=frozenset(["two"])))
    keys = {claim.claim.id: [words.key for words in claim.unchecked] for claim in result.claims}
    assert "explain.unchecked.files" in keys["one"]
    assert "explain.unchecked.files" not in keys["two"]


# --- invoices ------------------------------------------------------------------------------------------------


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, opened: list[str]) -> list[str]:
    """Names of the invoices that a child process read, and "child" for each that was started, in their order."""
    names: list[str] = []
    read_invoice, start = Prober.read_invoice, ChildProcess.__init__

    def counted(self: Prober, path: Path, kind: MediaType | None, *, max_pages: int) -> InvoiceReading:
        names.append(path.name)
        return read_invoice(self, path, kind, max_pages=max_pages)

    def started(self: ChildProcess, module: str, arguments: list[str], longest: int) -> None:
        names.append("child")
        start(self, module, arguments, longest)

    monkeypatch.setattr(Prober, "read_invoice", counted)
    monkeypatch.setattr(ChildProcess, "__init__", started)
    return names


def test_one_child_opens_files_and_reads_invoices_once(house: House, read: list[str]) -> None:
    first = judged(house, deep=True, reuse=True)
    assert read == ["child", "invoice.pdf"]
    again = judged(house, deep=True, reuse=True)
    assert read == ["child", "invoice.pdf"]
    assert again == first
    claim = house.root / "one/claim.yaml"
    claim.write_text(claim.read_text().replace('number: "NV-one"', 'number: "NV-1"'))
    judged(house, deep=True, reuse=True)  # what is compared is not what was
    assert read[2:] == ["invoice.pdf", "child"]
    judged(house, deep=True, reuse=False)
    assert read[4:] == ["child", "invoice.pdf"]


def test_what_differs_is_told_every_time(house: House, read: list[str]) -> None:
    claim = house.root / "one/claim.yaml"
    claim.write_text(claim.read_text().replace('number: "NV-one"', 'number: "NV-1042"'))
    page = [Put(40, 800, "Brightfjord Media Ltd"), Put(40, 780, "Invoice number"), Put(220, 780, "NV-1024")]
    house.write("one/evidence/invoice.pdf", text_pdf([page]))
    first = judged(house, deep=True, reuse=True)
    assert "POE450" in [finding.code for finding in first.findings]
    assert judged(house, deep=True, reuse=True) == first
    assert read.count("invoice.pdf") == 2


def test_a_comparison_does_not_speak_for_bytes_that_came_meanwhile(
    house: House, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = house.root / "one/evidence/invoice.pdf"
    whole, read_invoice = invoice.read_bytes(), Prober.read_invoice

    def changed(self: Prober, path: Path, kind: MediaType | None, *, max_pages: int) -> InvoiceReading:
        reading = read_invoice(self, path, kind, max_pages=max_pages)
        path.write_bytes(whole + b"\n")
        return reading

    with monkeypatch.context() as patched:
        patched.setattr(Prober, "read_invoice", changed)
        judged(house, deep=True, reuse=True)
    invoice.write_bytes(whole)
    judged(house, deep=True, reuse=True)
    assert read.count("invoice.pdf") == 2
