"""The examples of other programmes are sound, and so are their packets, portal sheets and reports."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from poe_pack.evidence.prober import Prober
from poe_pack.findings import Severity
from poe_pack.git import CommitStamp
from poe_pack.model import Flow
from poe_pack.packet.build import build_packet
from poe_pack.report.facts import status_facts
from poe_pack.report.page import render_page
from poe_pack.validation.options import Options
from poe_pack.validation.result import Readiness, Result
from poe_pack.validation.validate import validate

CHECKOUT = Path(__file__).resolve().parents[2]
EXAMPLES = CHECKOUT / "examples"
AS_OF = date(2026, 11, 21)
CLOSED = {"huawei-cloud-mdf": "johannesburg-workshop", "food-export-branded": "sao-paulo-trade-show"}
ALIEN = re.compile(r"microsoft|co-op|usage half|poe_", re.IGNORECASE)


@pytest.fixture(scope="module", params=sorted(CLOSED))
def result(request: pytest.FixtureRequest) -> Result:
    return validate(Options((EXAMPLES / request.param,), as_of=AS_OF, deep=True, jobs=1))


def test_nothing_is_wrong(result: Result) -> None:
    # Invoices that state a total and nothing else: net and tax cannot be compared with them.
    assert {(finding.code, finding.severity) for finding in result.findings} == {("POE451", Severity.INFO)}
    assert {finding.message for finding in result.findings} == {"POE451.part"}
    assert {claim.claim.flow for claim in result.claims} == {Flow.DIRECT}
    assert {claim.readiness for claim in result.claims} == {Readiness.READY, Readiness.HANDED_IN}


def test_a_ready_claim_can_be_handed_in(result: Result) -> None:
    root = (result.root,)
    assert not validate(Options(root, as_of=AS_OF, for_submission=True, jobs=1)).findings


def test_packet_and_portal_sheet_are_of_their_own_programme(result: Result, tmp_path: Path) -> None:
    stamp = result.rulebooks[0]
    claim = result.claim(CLOSED[stamp.id])
    assert claim is not None
    assert stamp.fund is not None
    with Prober() as prober:
        built = build_packet(result, claim, tmp_path, prober=prober, commit=CommitStamp(None, None))
    document = pypdfium2.PdfDocument(built.folder / "packet.pdf")
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert f"{stamp.fund} claim packet" in text
    assert not ALIEN.search(text)
    has_own_invoice = claim.claim.approval is not None and claim.claim.approval.tax_invoice is not None
    assert ("Tax invoice" in text) is has_own_invoice
    sheet = (built.folder / "portal-sheet.html").read_text(encoding="utf-8")
    body = sheet[sheet.index("<body") :]
    assert f"The screens of {stamp.vendor}’s portal are not known to this program" in body
    assert not ALIEN.search(re.sub(r"<script.*?</script>", "", body, flags=re.DOTALL))


def test_the_share_of_the_cost_is_printed() -> None:
    food = validate(Options((EXAMPLES / "food-export-branded",), as_of=AS_OF, jobs=1))
    assert [str(claim.reimbursement) for claim in food.claims] == ["50", "50"]


def test_the_report_is_headed_by_the_programmes_money(result: Result) -> None:
    stamp = result.rulebooks[0]
    page = render_page(status_facts(result, None))
    assert f"<h1>{stamp.fund} claims</h1>" in page
    assert not re.search(r"microsoft|co-op", re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL), re.IGNORECASE)


def test_the_evidence_is_what_the_script_makes(tmp_path: Path) -> None:
    for file in EXAMPLES.glob("*/*/claim.yaml"):
        copy = tmp_path / file.relative_to(CHECKOUT)
        copy.parent.mkdir(parents=True)
        shutil.copy(file, copy)
    script = CHECKOUT / "scripts" / "make_programme_examples.py"
    command = [sys.executable, str(script), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"TZ": "Pacific/Auckland"})
    kept = {name: EXAMPLES / name for example in CLOSED for name in names(EXAMPLES, example)}
    made = {name: tmp_path / "examples" / name for example in CLOSED for name in names(tmp_path / "examples", example)}
    assert kept.keys() == made.keys()
    for name, file in made.items():
        if file.suffix == ".pdf":
            assert text_of(file) == text_of(kept[name]), name


def names(root: Path, example: str) -> list[str]:
    return [file.relative_to(root).as_posix() for file in (root / example).glob("*/evidence/*")]


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text
