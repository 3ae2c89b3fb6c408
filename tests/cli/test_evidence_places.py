"""`poe-pack evidence add`: a file comes to the one place in the claim where it belongs, beside proof documents."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.cli.house import PDF, House
from tests.cli.program import AS_OF, Program
from tests.cli.test_evidence_add import add, state, talk
from tests.cli.test_evidence_lock import SUBMITTED

PAPER = PDF + b"% a paper\n"
OTHER = PDF + b"% another paper\n"

# What files can belong to, in lines and between brackets, with comments.
PARENTS = (
    (
        "third_party_invoices:\n",
        'pre_approval:  # by mail\n  approved_on: "2026-08-14"  # a Friday\n  # and no more\nthird_party_invoices:\n',
    ),
    (
        "proof_documents:\n",
        "certification_service_reports:\n  - {id: letters, description: Two letters}  # brief\n"
        "  - description: 'Banner, drawn'\n    people: []  # to come\n\n# what proves it\nproof_documents:\n",
    ),
    ("    file: evidence/invoice.pdf\n", ""),
)

# For each place its option, where it is, which line comes behind which, and what is said.
INVOICE = ("--invoice", "NV-ads")
PAYMENT = ("--payment-proof", "NV-ads")
REPORT = ("--report", "2")
BRIEF = ("--report", "1")
APPROVAL = ("--pre-approval",)
TRANSLATION = ("--translation-of", "evidence/ad.png")
TOTAL = f'    total: "{House.amount("ads")}"\n'
SHOWS = "    shows: [company_brand, contact_info, microsoft_content]\n"
PLACES = {
    INVOICE: (
        ("third_party_invoices", 0, "file"),
        (TOTAL, f"{TOTAL}    file: evidence/paper.pdf\n"),
        "the file of invoice NV-ads",
    ),
    PAYMENT: (
        ("third_party_invoices", 0, "payment_proof"),
        (TOTAL, f"{TOTAL}    payment_proof: evidence/paper.pdf\n"),
        "the proof of payment of invoice NV-ads",
    ),
    REPORT: (
        ("certification_service_reports", 1, "file"),
        ("[]  # to come\n", "[]  # to come\n    file: evidence/paper.pdf\n"),
        "the file of certification service report 2",
    ),
    BRIEF: (
        ("certification_service_reports", 0, "file"),
        ("Two letters}  # brief", "Two letters, file: evidence/paper.pdf}  # brief"),
        "the file of certification service report 1",
    ),
    APPROVAL: (
        ("pre_approval", "file"),
        ("  # a Friday\n", "  # a Friday\n  file: evidence/paper.pdf\n"),
        "the file of the pre-approval",
    ),
    TRANSLATION: (
        ("proof_documents", 0, "translation"),
        (SHOWS, f"{SHOWS}    translation: evidence/paper.pdf\n"),
        "the translation of evidence/ad.png",
    ),
}
every_place = pytest.mark.parametrize("options", PLACES, ids=" ".join)


@pytest.fixture
def ads(house: House) -> Path:
    """The folder of a draft with whatever a file can belong to, each with its place still empty."""
    return house.claim("ads", *PARENTS).parent


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A paper on the desk of whoever got it."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(PAPER)
    return file


def file_in(claim: Path, options: tuple[str, ...]) -> str | None:
    """The file that the claim has at a place."""
    data = yaml.safe_load(claim.read_bytes())
    path: tuple[str | int, ...] = PLACES[options][0]
    for part in path[:-1]:
        data = data[part]
    found: str | None = data.get(path[-1])
    return found


@every_place
@pytest.mark.parametrize("mark", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_file_comes_to_its_place(poe: Program, ads: Path, paper: Path, options: tuple[str, ...], mark: str) -> None:
    _, (old, new), name = PLACES[options]
    claim = ads / "claim.yaml"
    before = claim.read_text().replace("\n", mark)
    claim.write_bytes(before.encode())
    ran = add(poe, "ads", paper, *options)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[:2] == [f"ads: {paper} is now evidence/paper.pdf", f"ads: named as {name}"]
    assert "ads: nothing is wrong with it" in ran.out or options == INVOICE
    old, new = old.replace("\n", mark), new.replace("\n", mark)
    assert claim.read_bytes().decode() == before.replace(old, new, 1)
    assert file_in(claim, options) == "evidence/paper.pdf"
    assert (ads / "evidence" / "paper.pdf").read_bytes() == PAPER
    # Once more, from the desk and from where it is now.
    done = state(ads)
    for source in (paper, ads / "evidence" / "paper.pdf"):
        ran = add(poe, "ads", source, *options)
        assert (ran.status, ran.out) == (0, "ads: the claim names it already, nothing is to be done\n")
        assert state(ads) == done


@every_place
def test_a_place_that_has_another_file(poe: Program, ads: Path, paper: Path, options: tuple[str, ...]) -> None:
    assert add(poe, "ads", paper, *options).status == 0
    before = state(ads)
    paper.write_bytes(OTHER)
    ran = add(poe, "ads", paper, *options, "--as", "other.pdf")
    assert (ran.status, ran.out) == (2, "")
    *_, key = PLACES[options][0]
    first, second = ran.err.splitlines()
    assert first.endswith("already: evidence/paper.pdf")
    assert f"delete '{key}:' in ads/claim.yaml ({PLACES[options][0][0]}" in second
    assert state(ads) == before
    # Doing what was said mends it.
    claim = ads / "claim.yaml"
    old, new = PLACES[options][1]
    claim.write_text(claim.read_text().replace(new, old, 1))
    assert add(poe, "ads", paper, *options, "--as", "other.pdf").status == 0
    assert file_in(claim, options) == "evidence/other.pdf"


@every_place
def test_digests_get_their_line(poe: Program, ads: Path, paper: Path, options: tuple[str, ...]) -> None:
    poe("evidence", "lock", cwd=ads)
    before = (ads / "SHA256SUMS").read_text()
    ran = add(poe, "ads", paper, *options)
    assert "ads: SHA256SUMS has it" in ran.out
    line = f"{hashlib.sha256(PAPER).hexdigest()}  evidence/paper.pdf\n"
    assert sorted((ads / "SHA256SUMS").read_text().splitlines()) == sorted([*before.splitlines(), line.rstrip()])
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=ads, check=True)
    # The line that a run left out because it was stopped is written by the next one.
    (ads / "SHA256SUMS").write_text(before)
    ran = add(poe, "ads", paper, *options)
    assert (ran.status, ran.out) == (0, "ads: SHA256SUMS has it\n")
    assert line in (ads / "SHA256SUMS").read_text()


@every_place
def test_what_is_wrong_with_it_is_said(poe: Program, ads: Path, paper: Path, options: tuple[str, ...]) -> None:
    paper.write_bytes(PDF[:60])
    ran = add(poe, "ads", paper, *options)
    assert ran.status == 1
    assert "POE516 evidence/paper.pdf is damaged" in ran.out
    assert file_in(ads / "claim.yaml", options) == "evidence/paper.pdf"


@every_place
def test_a_claim_that_was_handed_in(poe: Program, house: House, paper: Path, options: tuple[str, ...]) -> None:
    ads = house.claim("ads", *PARENTS, SUBMITTED).parent
    before = state(ads)
    ran = add(poe, "ads", paper, *options)
    assert (ran.status, ran.out) == (2, "")
    assert "ads was handed in" in ran.err
    assert state(ads) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--payment-proof", "nosuch"), "there is no invoice nosuch in ads; there are: NV-ads"),
        (
            ("--report", "3"),
            "there is no certification service report 3 in ads; there are: 1 (letters), 2 (Banner, drawn)",
        ),
        (("--report", "0"), "0 is not in the range x>=1"),
        (("--report", "letters"), "'letters' is not a valid integer"),
        (
            ("--translation-of", "evidence/nosuch.png"),
            "no invoice or proof document of ads has the file evidence/nosuch.png; there are: evidence/ad.png",
        ),
        (("--translation-of", ""), "has the file ; there are: evidence/ad.png"),
        (("--payment-proof", "NV-ads", "--pre-approval"), "--payment-proof, --pre-approval exclude each other"),
        (("--invoice", "NV-ads", "--report", "1"), "--invoice, --report exclude each other"),
        (("--evidence", "ad_screenshot", *TRANSLATION), "--evidence, --translation-of exclude each other"),
        ((*PAYMENT, "--note", "x"), "--note belongs to --evidence; it does not go with --payment-proof"),
        ((*REPORT, "--tactic", "x"), "--tactic belongs to --evidence; it does not go with --report"),
        ((*APPROVAL, "second.pdf"), "--pre-approval goes with one FILE only"),
        ((), "with one of --invoice, --payment-proof, --report, --pre-approval, --translation-of"),
        ((*PAYMENT, "--as", "ad.png"), "there is another file evidence/ad.png already"),
    ],
)
def test_what_is_refused_changes_nothing(
    poe: Program, ads: Path, paper: Path, options: tuple[str, ...], said: str
) -> None:
    (poe.folder / "house" / "second.pdf").write_bytes(OTHER)
    before = state(ads)
    ran = add(poe, "ads", paper, *options)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert state(ads) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (PAYMENT, "ads has no invoice; write it under 'third_party_invoices:' in ads/claim.yaml first"),
        (
            REPORT,
            "ads has no certification service report; "
            "write it under 'certification_service_reports:' in ads/claim.yaml first",
        ),
        (APPROVAL, "write 'pre_approval:' with its days in ads/claim.yaml first"),
        (TRANSLATION, "no invoice or proof document of ads has a file that could be translated; add the original"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_claim_without_what_it_belongs_to(
    poe: Program, house: House, paper: Path, options: tuple[str, ...], said: str
) -> None:
    claim = house.claim("ads")
    text = claim.read_text()
    start, end = text.index("third_party_invoices:"), text.index("metrics:")
    claim.write_text(f"{text[:start]}pre_approval:\nthird_party_invoices: []\n{text[end:]}")
    before = state(claim.parent)
    ran = add(poe, "ads", paper, *options)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert state(claim.parent) == before


def test_a_key_without_a_value_is_filled(poe: Program, house: House, paper: Path) -> None:
    kept = "    file: evidence/invoice.pdf\n"
    claim = house.claim("ads", (kept, f"{kept}    payment_proof:   # when the bank has sent it\n"))
    assert add(poe, "ads", paper, "--payment-proof", " NV-ads ").status == 0
    assert "    payment_proof: evidence/paper.pdf   # when the bank has sent it\n" in claim.read_text()


def test_another_spelling_of_a_name_is_the_same_file(poe: Program, house: House, paper: Path) -> None:
    kept = "    file: evidence/invoice.pdf\n"
    claim = house.claim("ads", (kept, f"{kept}    payment_proof: ./evidence//paper.pdf\n"))
    paper.rename(claim.parent / "evidence" / "paper.pdf")
    before = state(claim.parent)
    ran = add(poe, "ads", claim.parent / "evidence" / "paper.pdf", *PAYMENT)
    assert (ran.status, ran.out) == (0, "ads: the claim names it already, nothing is to be done\n")
    assert state(claim.parent) == before


def test_a_text_that_cannot_be_edited_is_left_with_words_to_write(poe: Program, house: House, paper: Path) -> None:
    claim = house.claim("ads", ("third_party_invoices:\n", "pre_approval: {file: null}\nthird_party_invoices:\n"))
    before = state(claim.parent)
    ran = add(poe, "ads", paper, "--pre-approval")
    assert (ran.status, ran.out) == (2, "")
    assert "Copy the file to evidence/paper.pdf yourself" in ran.err
    assert ran.err.splitlines()[1:] == ["pre_approval:", "  file: evidence/paper.pdf"]
    assert state(claim.parent) == before


def test_two_invoices_of_one_number(poe: Program, house: House, paper: Path) -> None:
    claim = house.claim("ads")
    text = claim.read_text()
    start, end = text.index("  - number:"), text.index("proof_documents:")
    one = '  - {number: "7", vendor: {name: V}, date: "2026-11-16", currency: USD, lines: [], total: "1"'
    claim.write_text(f"{text[:start]}{one}}}\n{one}}}\n{text[end:]}")
    before = state(claim.parent)
    ran = add(poe, "ads", paper, "--payment-proof", "7")
    assert (ran.status, ran.out) == (2, "")
    assert "2 invoices are called 7 and have no proof of payment; write 'payment_proof:' under the right" in ran.err
    assert state(claim.parent) == before
    claim.write_text(f"{text[:start]}{one}, payment_proof: evidence/ad.png}}\n{one}}}\n{text[end:]}")
    assert add(poe, "ads", paper, "--payment-proof", "7").status == 0
    invoices = yaml.safe_load(claim.read_text())["third_party_invoices"]
    assert [invoice["payment_proof"] for invoice in invoices] == ["evidence/ad.png", "evidence/paper.pdf"]


def test_one_statement_shows_that_two_invoices_were_paid(poe: Program, house: House, paper: Path) -> None:
    second = '  - {number: "7", vendor: {name: V}, date: "2026-11-16", currency: USD, lines: []}\nproof_documents:\n'
    claim = house.claim("ads", ("proof_documents:\n", second))
    for number in ("7", "NV-ads"):
        assert "named as the proof of payment" in add(poe, "ads", paper, "--payment-proof", number).out
    invoices = yaml.safe_load(claim.read_text())["third_party_invoices"]
    assert {invoice["payment_proof"] for invoice in invoices} == {"evidence/paper.pdf"}
    assert sorted(file.name for file in (claim.parent / "evidence").iterdir()) == ["ad.png", "invoice.pdf", "paper.pdf"]


# --- translations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("original", ["ads/evidence/ad.png", "./evidence//ad.png", " evidence/ad.png"])
def test_an_original_is_known_by_its_name_and_where_it_lies(
    poe: Program, ads: Path, paper: Path, original: str
) -> None:
    assert add(poe, "ads", paper, "--translation-of", original).status == 0
    assert file_in(ads / "claim.yaml", TRANSLATION) == "evidence/paper.pdf"


def test_the_translation_of_an_invoice(poe: Program, house: House, paper: Path) -> None:
    claim = house.claim("ads")
    ran = add(poe, "ads", paper, "--translation-of", "evidence/invoice.pdf")
    assert ran.status == 0
    assert "ads: named as the translation of evidence/invoice.pdf" in ran.out
    assert yaml.safe_load(claim.read_text())["third_party_invoices"][0]["translation"] == "evidence/paper.pdf"


def test_nothing_is_its_own_translation(poe: Program, ads: Path, paper: Path) -> None:
    paper.write_bytes((ads / "evidence" / "ad.png").read_bytes())
    before = state(ads)
    for source in (paper, ads / "evidence" / "ad.png"):
        ran = add(poe, "ads", source, *TRANSLATION)
        assert (ran.status, ran.out) == (2, "")
        assert "evidence/ad.png is the original itself; its translation is another file" in ran.err
        assert state(ads) == before


def test_a_file_of_two_proof_documents(poe: Program, house: House, paper: Path) -> None:
    second = "  - {evidence: creative_copy, files: [evidence/ad.png], note: Copy}\nmetrics:"
    claim = house.claim("ads", ("metrics:", second))
    before = state(claim.parent)
    ran = add(poe, "ads", paper, *TRANSLATION)
    assert (ran.status, ran.out) == (2, "")
    assert "2 invoices or proof documents name evidence/ad.png and have no translation" in ran.err
    assert state(claim.parent) == before


# --- at a terminal -------------------------------------------------------------------------------------------


@every_place
def test_a_terminal_is_asked_nothing(ads: Path, paper: Path, options: tuple[str, ...]) -> None:
    status, said = talk(["evidence", "add", "--as-of", AS_OF, "ads", str(paper), *options], ads.parent, [])
    assert status == 0, said
    assert "Kind of evidence" not in said
    assert "reviewer" not in said
    assert file_in(ads / "claim.yaml", options) == "evidence/paper.pdf"
