"""Invoices in many forms, each compared with a claim that copied it right and with claims that copied it wrong."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pytest

from poe_pack.evidence.facts import ProbeState
from poe_pack.evidence.invoices.compare import compare
from poe_pack.evidence.invoices.facts import Claimed, Comparison, Field, InvoiceReading, Outcome, Source
from poe_pack.evidence.prober import Prober
from tests.invoices.generate import Made, invoices, write

MOST_PAGES = 50
SHORT = {Outcome.AGREES: "+", Outcome.DIFFERS: "x", Outcome.CANNOT_CHECK: "?"}
PLAIN = {"rows", "columns", "letter", "dense", "two pages"}
TEXT_FIELDS = [field for field in Field if field is not Field.TAX_ID]


class Judged(NamedTuple):
    """What came of one invoice: of the claim that copied it right, and of those that copied one field wrong."""

    made: Made
    reading: InvoiceReading
    right: Comparison
    wrong: tuple[tuple[Field, Claimed, Comparison], ...]

    def faults(self) -> Counter[Outcome]:
        """Outcomes of the fields that were copied wrong."""
        return Counter(compared.fields[name].outcome for name, _, compared in self.wrong)


def judged(made: Made, reading: InvoiceReading) -> Judged:
    wrong = tuple((Field(name), claimed, compare(claimed, reading)) for name, claimed in made.wrong)
    return Judged(made, reading, compare(made.right, reading), wrong)


@pytest.fixture(scope="module")
def all_judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    """What the child process reads of each invoice, compared with its claims."""
    folder = tmp_path_factory.mktemp("invoices")
    write(folder)
    with Prober() as prober:
        read = {
            made.name: prober.read_invoice(folder / made.name, made.media_type, max_pages=MOST_PAGES)
            for made in invoices()
        }
    return {made.name: judged(made, read[made.name]) for made in invoices()}


@pytest.fixture
def one(made: Made, all_judged: dict[str, Judged]) -> Judged:
    return all_judged[made.name]


def all_invoices() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("made", invoices(), ids=lambda made: made.name)


def test_there_are_enough_of_all_kinds() -> None:
    assert len(invoices()) >= 30
    assert len({made.name for made in invoices()}) == len(invoices())
    drawn = {(made.layout, made.language) for made in invoices()}
    assert {(layout, language) for layout in PLAIN for language in ("en", "de", "fr", "sv", "zh")} <= drawn
    assert {"Factur-X", "ZUGFeRD 2", "XRechnung", "UBL", "scan"} <= {made.layout for made in invoices()}


@all_invoices()
def test_each_can_be_read(one: Judged) -> None:
    assert one.reading.state is ProbeState.OK, one.reading.detail


@all_invoices()
def test_what_was_copied_right_never_differs(one: Judged) -> None:
    assert one.right.those(Outcome.DIFFERS) == ()


@all_invoices()
def test_what_was_copied_wrong_never_agrees(one: Judged) -> None:
    for name, claimed, compared in one.wrong:
        assert compared.fields[name].outcome is not Outcome.AGREES, (name, getattr(claimed, name))


@all_invoices()
def test_a_fault_in_one_field_lets_no_other_differ(one: Judged) -> None:
    for name, claimed, compared in one.wrong:
        assert set(compared.those(Outcome.DIFFERS)) <= {name}, (name, getattr(claimed, name))


@all_invoices()
def test_e_invoices_are_compared_exactly_and_scans_not_at_all(one: Judged) -> None:
    if one.made.layout in ("Factur-X", "ZUGFeRD 2", "XRechnung", "UBL"):
        assert one.right.source is Source.E_INVOICE
        assert one.right.those(Outcome.AGREES) == tuple(Field)
        for name, _, compared in one.wrong:
            # A name that is wrong beside the right tax number may be a second name of the firm.
            expected = Outcome.CANNOT_CHECK if name is Field.VENDOR else Outcome.DIFFERS
            assert compared.fields[name].outcome is expected
    if one.made.layout == "scan":
        comparisons = [one.right, *(compared for _, _, compared in one.wrong)]
        outcomes = {field.outcome for compared in comparisons for field in compared.fields.values()}
        assert outcomes == {Outcome.CANNOT_CHECK}


@pytest.mark.parametrize("layout", sorted(PLAIN))
def test_most_of_a_plain_invoice_is_found(layout: str, all_judged: dict[str, Judged]) -> None:
    """The comparison is of use: nine values in ten are found, and most faults are."""
    drawn = [one for one in all_judged.values() if one.made.layout == layout]
    right = Counter(field.outcome for one in drawn for field in one.right.fields.values())
    assert right[Outcome.AGREES] >= 0.9 * right.total()
    wrong = Counter(
        compared.fields[name].outcome for one in drawn for name, _, compared in one.wrong if name is not Field.VENDOR
    )
    assert wrong[Outcome.DIFFERS] >= 0.6 * wrong.total()


def test_the_table(all_judged: dict[str, Judged], capsys: pytest.CaptureFixture[str]) -> None:
    """Prints what came of each invoice: + agrees, x differs, ? cannot be checked; and of the faults, how many."""
    heads = "  ".join(f"{field.value:<8}" for field in TEXT_FIELDS)
    lines = [f"{'invoice':<26}{'layout':<11}{'':<4}{heads}  faults: +   x   ?"]
    rights: Counter[Outcome] = Counter()
    wrongs: Counter[Outcome] = Counter()
    for one in all_judged.values():
        rights.update(one.right.fields[field].outcome for field in TEXT_FIELDS)
        wrongs.update(one.faults())
        lines.append(_line(one))
    for name, counts in (("copied right", rights), ("copied wrong", wrongs)):
        told = ", ".join(f"{outcome.value} {counts[outcome]}" for outcome in Outcome)
        lines.append(f"{name}: {counts.total()} values, {told}")
    with capsys.disabled():
        print("", *lines, sep="\n")  # noqa: T201
    assert not rights[Outcome.DIFFERS]
    assert not wrongs[Outcome.AGREES]


def _line(one: Judged) -> str:
    made, faults = one.made, one.faults()
    marks = "  ".join(f"{SHORT[one.right.fields[field].outcome]:<8}" for field in TEXT_FIELDS)
    counts = " ".join(f"{faults[outcome]:>3}" for outcome in Outcome)
    return f"{made.name:<26}{made.layout:<11}{made.language:<4}{marks}  {'':<6}{counts}"
