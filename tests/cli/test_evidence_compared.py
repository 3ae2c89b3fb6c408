"""`poe-pack evidence add`: an invoice is compared with the claim, and evidence of a tactic joins that tactic."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.house import PDF, PNG, House
from tests.cli.program import AS_OF, Program
from tests.cli.test_evidence_add import add, state, talk
from tests.invoices.drawing import Put, text_pdf

# --- invoices ------------------------------------------------------------------------------------------------

# What stands in the file, and what is said of it.
HEAD = ["Brightfjord Media Ltd", "Invoice number | NV-1042", "Invoice date | 16 November 2026"]
SUM = House.amount("ads")
SUMS = [f"Total excl. VAT | {SUM}", "VAT 0 %, reverse charge | 0.00", f"Total incl. VAT USD | {SUM}"]
COMPARED = "ads: invoice NV-1042 compared with the text of evidence/bill.pdf"
ALL = "number, date, vendor, currency, net amount, tax, total"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([*HEAD, *SUMS], [COMPARED, f"  agrees: {ALL}", "ads: nothing is wrong with it"]),
        (
            [HEAD[0], "Invoice number | NV-1024", HEAD[2], *SUMS],
            [COMPARED, f"  agrees: {ALL.removeprefix('number, ')}", "  differs: number"],
        ),
        (
            [],
            [
                "ads: invoice NV-1042 has nothing in evidence/bill.pdf to be compared with",
                f"  cannot be checked: {ALL}",
            ],
        ),
    ],
    ids=["agrees", "differs", "cannot-check"],
)
def test_an_invoice_is_compared(poe: Program, house: House, tmp_path: Path, lines: list[str], said: list[str]) -> None:
    house.claim("ads", ("    file: evidence/invoice.pdf\n", ""), ('"NV-ads"', '"NV-1042"'))
    bill = tmp_path / "bill.pdf"
    bill.write_bytes(a_page(lines) if lines else PDF + b"% a scan\n")
    ran = add(poe, "ads", bill, "--invoice", "NV-1042")
    assert ran.status == 0
    assert ran.out.splitlines()[2 : 2 + len(said)] == said
    assert ("POE450" in ran.out) == any(line.startswith("  differs") for line in said)


def a_page(lines: list[str]) -> bytes:
    """A PDF of one page with these lines, in which " | " parts columns."""
    return text_pdf(
        [[Put(40 + 180 * x, 800 - 16 * y, t) for y, line in enumerate(lines) for x, t in enumerate(line.split(" | "))]]
    )


# --- tactics -------------------------------------------------------------------------------------------------

TACTICS = (
    ("activity_type: digital_advertising", "activity_type: multi_touch_digital_campaign"),
    ("estimated_impressions:", "tactics: [digital_advertising, partner_website_seo]\nestimated_impressions:"),
    ("  - evidence: ad_screenshot\n", "  - evidence: ad_screenshot\n    tactic: digital_advertising\n"),
)


def test_evidence_of_a_tactic(poe: Program, house: House, shot: Path, tmp_path: Path) -> None:
    claim = house.claim("ads", *TACTICS)
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot", "--tactic", "Digital advertising")
    assert ran.status == 0
    assert ran.out.splitlines()[1] == "ads: named as Advert screenshot of the tactic Digital advertising"
    assert ran.out.splitlines()[-1].endswith("Site address or screenshot (Partner website and search engine)")
    second, third = tmp_path / "second.png", tmp_path / "third.png"
    second.write_bytes(PNG + b"2")
    third.write_bytes(PNG + b"3")
    ran = add(poe, "ads", second, "--evidence", "ad_screenshot", "--tactic", "partner_website_seo", "--note", "Page")
    assert ran.status == 0
    proofs = yaml.safe_load(claim.read_text())["proof_documents"]
    assert proofs[0]["files"] == ["evidence/ad.png", "evidence/Screen-shot.png"]
    assert proofs[-1] == {
        "evidence": "ad_screenshot",
        "tactic": "partner_website_seo",
        "files": ["evidence/second.png"],
        "note": "Page",
    }
    before = state(claim.parent)
    ran = add(poe, "ads", third, "--evidence", "ad_screenshot")
    assert (ran.status, ran.out) == (2, "")
    assert "there is ad_screenshot of several tactics; say with --tactic" in ran.err
    assert state(claim.parent) == before
    # The same file may prove another tactic, too.
    assert add(poe, "ads", second, "--evidence", "ad_screenshot", "--tactic", "digital_advertising").status == 0
    assert yaml.safe_load(claim.read_text())["proof_documents"][0]["files"][-1] == "evidence/second.png"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tactic", "digital advertisin"], "has no tactic 'digital advertisin'; did you mean 'digital_advertising'?"),
        (["--tactic", "q"], "has no tactic 'q'\nIts tactics are: digital_advertising, partner_website_seo"),
        (["--tactic", "direct_mail_email_sms"], "has no tactic 'direct_mail_email_sms'"),
    ],
)
def test_a_tactic_that_the_claim_has_not(
    poe: Program, house: House, shot: Path, arguments: list[str], said: str
) -> None:
    folder = house.claim("ads", *TACTICS).parent
    before = state(folder)
    ran = add(poe, "ads", shot, "--evidence", "ad_screenshot", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert state(folder) == before


def test_a_terminal_is_asked_for_the_tactic(house: House, shot: Path) -> None:
    claim = house.claim("ads", *TACTICS)
    arguments = ["evidence", "add", "--as-of", AS_OF, "ads", str(shot), "--evidence", "creative_copy", "--note", "x"]
    status, said = talk(arguments, claim.parent, [("Which tactic", "nosuch"), ("Which tactic", "2")])
    assert status == 0, said
    assert "2  partner_website_seo: Partner website and search engine" in said
    assert "the claim has no tactic 'nosuch'" in said
    assert yaml.safe_load(claim.read_text())["proof_documents"][-1]["tactic"] == "partner_website_seo"
    shot.write_bytes(PNG + b"third")
    status, said = talk([*arguments, "--as", "3.png"], claim.parent, [("Which tactic", "")])
    assert status == 0, said
    assert yaml.safe_load(claim.read_text())["proof_documents"][-1]["files"][-1] == "evidence/3.png"
