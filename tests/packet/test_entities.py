"""What a claim says beyond invoices and proof stands in its packet where somebody would look for it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from poe_pack.evidence.prober import Prober
from poe_pack.git import CommitStamp
from poe_pack.packet import build_packet
from poe_pack.validation.options import Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate
from tests.rules.harness import all_cases, build

EXAMPLE = Path(__file__).resolve().parents[2] / "claims"
CAMPAIGN, TRAVEL, RADIO = "copilot-autumn-campaign", "partner-days-travel", "surface-hub-radio"
AGAIN, TRAINING = "security-breakfast-again", "azure-training-days"

Pages = Mapping[str, str]
"""A packet's text by section ("Cost", "Record", an exhibit's title), blanks made single."""


def make(result: Result, id: str, out: Path, prober: Prober) -> Path:
    claim = result.claim(id)
    assert claim is not None
    return build_packet(result, claim, out, prober=prober, commit=CommitStamp(None, None)).folder


def pages_of(file: Path) -> Pages:
    """The text of a PDF by the first line of its pages; pages of one section come together."""
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True)
    found: dict[str, str] = {}
    for page in done.stdout.split("\f")[:-1]:
        first = re.split(r"\s{3,}", page.strip())[0]
        found[first] = " ".join(f"{found.get(first, '')} {page}".split())
    return found


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory, prober: Prober) -> Callable[[str], Path]:
    """The packet's folder of a claim of the worked example."""
    result, out = validate(Options((EXAMPLE,), as_of=date(2026, 11, 21), jobs=1)), tmp_path_factory.mktemp("packets")
    return cache(lambda id: make(result, id, out, prober))


@pytest.fixture(scope="module")
def pages(packet: Callable[[str], Path]) -> Callable[[str], Pages]:
    return cache(lambda id: pages_of(packet(id) / "packet.pdf"))


def test_tactics_stand_in_the_form_beside_the_cost_and_on_their_exhibits(pages: Callable[[str], Pages]) -> None:
    found = pages(CAMPAIGN)
    form, cost = found["Claim and declaration"], found["Cost"]
    for name in ("Digital advertising; Direct mail, email, and short message service (SMS); Partner website", "E-mail"):
        assert name in form
    tactics = cost[cost.index("By tactic") :]
    assert re.search("Digital advertising USD 3,216.32 Direct mail, .*USD 2,858.60 .*Partner .*USD 1,216.70", tactics)
    assert "Tactic Direct mail, email, and short message service (SMS)" in found["In-house work"]
    assert re.search("Advert screenshot .*Digital advertising", found["Requirements"])
    assert any(title.startswith("Advert screenshot: Digital advertising") for title in found)


def test_the_second_round_has_request_answer_and_what_it_was_about(pages: Callable[[str], Pages]) -> None:
    record = pages(CAMPAIGN)["Record"]
    assert "Action required: Please show the pages that line 3" in record
    assert "Answer of 19 Nov 2026: Screenshot of the" in record
    assert "Submitted again" in record


def test_the_summary_names_the_tactics_on_its_one_page(packet: Callable[[str], Path]) -> None:
    file = packet(CAMPAIGN) / "upload" / "00-summary.pdf"
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 1
    (text,) = pages_of(file).values()
    assert "Tactics Digital advertising; Direct mail" in text


def test_travel_names_event_people_and_what_each_of_them_costs(pages: Callable[[str], Pages]) -> None:
    found = pages(TRAVEL)
    assert "Microsoft, Copenhagen" in found["Claim and declaration"]
    cost = found["Cost"]
    assert re.search(r"Registration fee · Henrik Stål", cost)
    assert "Tax included" in cost
    assert "By person Henrik Stål USD 1,203.27 Sara Nyberg USD 1,106.83" in cost
    assert re.search("Paid on .*21 September 2026", cost)
    assert "Payment 17 November 2026 Sent, 500118273 USD 2,310.10" in found["Record"]


def test_the_pre_approval_stands_in_the_form_with_both_stages(pages: Callable[[str], Pages]) -> None:
    form = pages(RADIO)["Claim and declaration"]
    assert "Radio spot of 30 seconds for Surface Hub" in form
    for words in ("10 August 2026", "17 August 2026", "28 August 2026", "Microsoft co-op marketing review"):
        assert words in form


def test_a_dispute_and_what_came_of_it_stand_in_the_order_of_days(pages: Callable[[str], Pages]) -> None:
    record = pages(RADIO)["Record"]
    assert "Disputed PA-21077 had its final review" in record
    money = record[record.index("Approval and payment") :]
    rows = ("Disputed 5 October", "Dispute decided 9 October 2026 Approved", "Approved 9 October", "Payment 8 December")
    places = [money.index(row) for row in rows]
    assert places == sorted(places)
    assert "Upcoming" in money


def test_a_claim_filed_anew_says_in_whose_place(pages: Callable[[str], Pages], packet: Callable[[str], Path]) -> None:
    found = pages(AGAIN)
    assert "Security breakfast seminar, PC-7640977" in found["Claim and declaration"]
    assert "PC-7640977" in found["Nordanvind IT AB"]
    assert AGAIN in pages("security-breakfast-seminar")["Claim and declaration"]
    assert "Reduction 29 June 2026 38 of 45 guests came" in found["Record"]
    assert "PC-7640977" in "".join(pages_of(packet(AGAIN) / "upload" / "00-summary.pdf").values())


def test_a_share_is_said_with_its_basis_and_on_the_way_to_the_amount(pages: Callable[[str], Pages]) -> None:
    found = pages(TRAINING)
    assert "0.75: 9 of 12 agenda hours on Microsoft Azure, 3 on Linux backup" in found["Claim and declaration"]
    assert "Microsoft’s share 0.75" in found["Cost"]
    assert "75 % of the net" in found["Cost"]


def test_what_is_kept_outside_is_named_with_its_digest_and_is_nowhere_else(
    pages: Callable[[str], Pages], packet: Callable[[str], Path]
) -> None:
    found = pages(TRAINING)
    assert re.search("Attendee list Kept outside: Personnel", found["Requirements"])
    record = found["Record"]
    assert "Evidence that is not in this packet" in record
    assert "48,213 bytes" in record
    assert "7f1d6a0b9c2e4f58a3b7c1d2e6f90814253647586970a1b2c3d4e5f60718293a" in record
    assert not any("attendee" in file.name for file in (packet(TRAINING) / "upload").iterdir())
    sheet = (packet(TRAINING) / "portal-sheet.html").read_text(encoding="utf-8")
    assert "Not in the upload folder: Personnel archive Göteborg, Training 2026" in sheet
    assert "not entered yet" not in sheet  # nothing is lacking: what is not there is not needed


def test_signatures_stand_on_the_page_of_the_amount(packet: Callable[[str], Path]) -> None:
    for id in (CAMPAIGN, TRAVEL, RADIO, AGAIN, TRAINING, "azure-seminar-goteborg"):
        done = subprocess.run(
            ["pdftotext", "-layout", packet(id) / "packet.pdf", "-"], capture_output=True, check=True, text=True
        )
        (signed,) = [page for page in done.stdout.split("\f") if "Name and title, in capitals" in page]
        assert "Amount" in signed, id


@pytest.fixture
def held(tmp_path: Path) -> Callable[[str], Result]:
    """The result of a case in which personal data lies in the repository."""

    def make(id: str) -> Result:
        (case,) = [case for case in all_cases() if case.id == id]
        build(case.data, tmp_path / "claims")
        return validate(case.options(tmp_path / "claims"))

    return make


def everything(folder: Path) -> str:
    """The words of all that a packet's folder holds, with the names of its files and attachments."""
    with pikepdf.open(folder / "packet.pdf") as pdf:
        names = [*pdf.attachments, *(file.name for file in folder.rglob("*"))]
    parts = [" ".join(pages_of(file).values()) for file in (folder / "packet.pdf", folder / "upload/00-summary.pdf")]
    return " ".join(
        [*names, *parts, *((folder / name).read_text("utf-8") for name in ("manifest.json", "portal-sheet.html"))]
    )


def test_names_that_nobody_demands_are_left_out_and_it_is_said(
    held: Callable[[str], Result], tmp_path: Path, prober: Prober
) -> None:
    folder = make(held("POE544-bad-lies-in-the-repository"), "seminar", tmp_path / "out", prober)
    text = everything(folder)
    assert "list.pdf" not in text
    assert "attendee-list" not in text
    found = pages_of(folder / "packet.pdf")
    assert re.search("Attendee list Names people: kept out", found["Requirements"])
    assert "In the claim’s folder; it names people and was not asked for" in found["Record"]
    assert "Not in the upload folder: In the claim’s folder" in (folder / "portal-sheet.html").read_text("utf-8")


def test_names_that_a_reviewer_asked_for_go_along(
    held: Callable[[str], Result], tmp_path: Path, prober: Prober
) -> None:
    folder = make(held("POE544-good-a-reviewer-asked-for-it"), "seminar", tmp_path / "out", prober)
    assert any("attendee-list" in file.name for file in (folder / "upload").iterdir())


def test_of_a_list_that_nobody_demands_only_the_number_is_shown(
    held: Callable[[str], Result], tmp_path: Path, prober: Prober
) -> None:
    folder = make(held("POE544-bad-names-where-a-number-is-enough"), "seminar", tmp_path / "out", prober)
    text = everything(folder)
    assert "Anna Lind" not in text
    assert "2 entries, kept in the claim" in text
