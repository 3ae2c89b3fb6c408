"""Invoices in many forms, each compared with a claim that copied it right and with claims that copied it wrong."""

from __future__ import annotations

from collections import Counter

import pytest

from poe_pack.evidence.facts import ProbeState
from poe_pack.evidence.invoices.compare import compare
from poe_pack.evidence.invoices.facts import Comparison, Field, InvoiceReading, Outcome, Source
from poe_pack.evidence.prober import Prober
from tests.invoices.generate import Made, invoices, write

MOST_PAGES = 50
SHORT = {Outcome.AGREES: "+", Outcome.DIFFERS: "x", Outcome.CANNOT_CHECK: "?"}
PLAIN = {"rows", "columns", "letter", "dense", "two pages"}
TEXT_FIELDS = [field for field in Field if field is not Field.TAX_ID]


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, InvoiceReading]:
    """What the child process reads of each invoice."""
    folder = tmp_path_factory.mktemp("invoices")
    write(folder)
    with Prober() as prober:
        return {
            made.name: prober.read_invoice(folder / made.name, made.media_type, max_pages=MOST_PAGES)
            for made in invoices()
        }


def all_invoices() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("made", invoices(), ids=lambda made: made.name)


def test_there_are_enough_of_all_kinds() -> None:
    assert len(invoices()) >= 30
    assert len({made.name for made in invoices()}) == len(invoices())
    drawn = {(made.layout, made.language) for made in invoices()}
    assert {(layout, language) for layout in PLAIN for language in ("en", "de", "fr", "sv", "zh")} <= drawn
    assert {"Factur-X", "ZUGFeRD 2", "XRechnung", "UBL", "scan"} <= {made.layout for made in invoices()}


@all_invoices()
def test_each_can_be_read(made: Made, readings: dict[str, InvoiceReading]) -> None:
    assert readings[made.name].state is ProbeState.OK, readings[made.name].detail


@all_invoices()
def test_what_was_copied_right_never_differs(made: Made, readings: dict[str, InvoiceReading]) -> None:
    compared = compare(made.right, readings[made.name])
    assert compared.those(Outcome.DIFFERS) == ()


@all_invoices()
def test_what_was_copied_wrong_never_agrees(made: Made, readings: dict[str, InvoiceReading]) -> None:
    for name, claimed in made.wrong:
        compared = compare(claimed, readings[made.name])
        assert compared.fields[Field(name)].outcome is not Outcome.AGREES, (name, getattr(claimed, name))


@all_invoices()
def test_a_fault_in_one_field_lets_no_other_differ(made: Made, readings: dict[str, InvoiceReading]) -> None:
    for name, claimed in made.wrong:
        others = set(compare(claimed, readings[made.name]).those(Outcome.DIFFERS)) - {Field(name)}
        assert not others, (name, getattr(claimed, name))


@all_invoices()
def test_e_invoices_are_compared_exactly_and_scans_not_at_all(made: Made, readings: dict[str, InvoiceReading]) -> None:
    compared = compare(made.right, readings[made.name])
    electronic = made.layout in ("Factur-X", "ZUGFeRD 2", "XRechnung", "UBL")
    if electronic:
        assert compared.source is Source.E_INVOICE
        assert compared.those(Outcome.AGREES) == tuple(Field)
        for name, claimed in made.wrong:
            outcome = compare(claimed, readings[made.name]).fields[Field(name)].outcome
            # A name that is wrong beside the right tax number may be a second name of the firm.
            assert outcome is (Outcome.CANNOT_CHECK if name == "vendor" else Outcome.DIFFERS)
    if made.layout == "scan":
        claims = [made.right, *(claimed for _, claimed in made.wrong)]
        outcomes = {one.outcome for claimed in claims for one in compare(claimed, readings[made.name]).fields.values()}
        assert outcomes == {Outcome.CANNOT_CHECK}


@pytest.mark.parametrize("layout", sorted(PLAIN))
def test_most_of_a_plain_invoice_is_found(layout: str, readings: dict[str, InvoiceReading]) -> None:
    """The comparison is of use: nine values in ten are found, and most faults are."""
    drawn = [made for made in invoices() if made.layout == layout]
    right = Counter(one.outcome for made in drawn for one in compare(made.right, readings[made.name]).fields.values())
    assert right[Outcome.AGREES] >= 0.9 * right.total()
    wrong = Counter(
        compare(claimed, readings[made.name]).fields[Field(name)].outcome
        for made in drawn
        for name, claimed in made.wrong
        if name != "vendor"
    )
    assert wrong[Outcome.DIFFERS] >= 0.5 * wrong.total()


def test_the_table(readings: dict[str, InvoiceReading], capsys: pytest.CaptureFixture[str]) -> None:
    """Prints what came of each invoice: + agrees, x differs, ? cannot be checked; and of the faults, how many."""
    heads = "  ".join(f"{field.value:<8}" for field in TEXT_FIELDS)
    lines = [f"{'invoice':<26}{'layout':<11}{'':<4}{heads}  faults: +   x   ?"]
    rights: Counter[Outcome] = Counter()
    wrongs: Counter[Outcome] = Counter()
    for made in invoices():
        right = compare(made.right, readings[made.name])
        wrong = Counter(
            compare(claimed, readings[made.name]).fields[Field(name)].outcome for name, claimed in made.wrong
        )
        rights.update(one.outcome for field, one in right.fields.items() if field in TEXT_FIELDS)
        wrongs.update(wrong)
        lines.append(_line(made, right, wrong))
    for name, counts in (("copied right", rights), ("copied wrong", wrongs)):
        told = ", ".join(f"{outcome.value} {counts[outcome]}" for outcome in Outcome)
        lines.append(f"{name}: {counts.total()} values, {told}")
    with capsys.disabled():
        print("", *lines, sep="\n")  # noqa: T201
    assert not rights[Outcome.DIFFERS]
    assert not wrongs[Outcome.AGREES]


def _line(made: Made, right: Comparison, wrong: Counter[Outcome]) -> str:
    marks = "  ".join(f"{SHORT[right.fields[field].outcome]:<8}" for field in TEXT_FIELDS)
    counts = " ".join(f"{wrong[outcome]:>3}" for outcome in Outcome)
    return f"{made.name:<26}{made.layout:<11}{made.language:<4}{marks}  {'':<6}{counts}"
