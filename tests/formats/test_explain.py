"""`explain CLAIM`: needs, has, lacks, who acts, what may still be claimed, by when, and what is no fault but wise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from poe_pack.findings import JudgedBy
from poe_pack.formats.explain_claim import explain_claim
from poe_pack.languages import Words
from poe_pack.model import Money
from poe_pack.validation.options import Options
from poe_pack.validation.result import ClaimResult, Headroom, Result
from poe_pack.validation.validate import validate
from tests.cli.house import start_git
from tests.rules.harness import AS_OF, build


def ads(old: str, new: str) -> dict[str, str]:
    return {"file": "ads/claim.yaml", "replace": old, "with": new}


def mailing(old: str, new: str) -> dict[str, str]:
    return {"file": "mailing/claim.yaml", "replace": old, "with": new}


def judged(root: Path, id: str, *edits: dict[str, Any], as_of: date = AS_OF, **how: Any) -> tuple[ClaimResult, Result]:
    data: dict[str, Any] = {"edits": list(edits), "remove": how.pop("remove", [])}
    build(data, root)
    result = validate(Options((root,), as_of, **how))
    one = result.claim(id)
    assert one is not None
    return one, result


def explained(root: Path, id: str, *edits: dict[str, Any], **how: Any) -> str:
    return explain_claim(*judged(root, id, *edits, **how))


def part(text: str, heading: str) -> list[str]:
    """Lines below a heading."""
    blocks = [block.splitlines() for block in text.split("\n\n")]
    return next(([line.strip() for line in lines[1:]] for lines in blocks if lines[0] == heading), [])


# --- who acts, and how much lacks ---------------------------------------------------------------------------


def test_whose_turn_it_is_what_is_to_be_done_and_until_when(tmp_path: Path) -> None:
    lines = explained(tmp_path, "mailing").splitlines()
    assert lines[0] == "mailing: Migration mailing"
    assert lines[2] == "Your turn: Submit, until 2027-02-15"


def test_of_a_claim_that_was_handed_in_it_is_the_vendors(tmp_path: Path) -> None:
    assert explained(tmp_path, "ads").splitlines()[2] == "Turn of Microsoft: Await review, until 2026-10-26"


def test_of_a_settled_one_nobodys(tmp_path: Path) -> None:
    text = "status: rejected\nhistory:"
    end = "role: incentives_admin, status: submitted}\n"
    more = "  - {at: '2026-10-26T08:00:00Z', by: Microsoft, role: reviewer, status: rejected, text: No}\n"
    lines = explained(tmp_path, "ads", ads("status: submitted\nhistory:", text), ads(end, end + more)).splitlines()
    assert lines[2] == "Nobody's turn: Dispute, or let it rest"


def test_how_many_things_it_needs_has_and_lacks(tmp_path: Path) -> None:
    whole = explained(tmp_path / "whole", "mailing").splitlines()
    assert whole[3].startswith("Needs ")
    count = int(whole[3].split()[1].rstrip(","))
    assert whole[3] == f"Needs {count}, has {count}, lacks 0"
    cut = {"file": "mailing/claim.yaml", "cut": ["  - evidence: distribution_proof", "metrics:"]}
    bare = explained(tmp_path / "bare", "mailing", cut, mailing("metrics: {estimated_reach: 1840}", "metrics: {}"))
    assert bare.splitlines()[3] == f"Needs {count}, has {count - 1}, lacks 1"
    assert "[ ] Open      Proof of distribution: Nothing given" in bare


def test_what_was_set_aside_is_counted_apart(tmp_path: Path) -> None:
    cut = {"file": "mailing/claim.yaml", "cut": ["  - evidence: distribution_proof", "metrics:"]}
    waiver = "waivers: [{rule: POE510, reason: Lost, approved_by: cfo@x.example, until: '2026-12-31'}]\nbrand_check:"
    text = explained(tmp_path, "mailing", cut, mailing("brand_check:", waiver))
    assert "lacks 0, 1 set aside" in text.splitlines()[3]


# --- what may still be claimed ------------------------------------------------------------------------------


def test_what_the_fund_leaves(tmp_path: Path) -> None:
    one, result = judged(tmp_path, "mailing")
    (account,) = result.funds
    line = part(explain_claim(one, result), "What you may still claim")[0]
    taken = account.approved + account.in_review + account.drafts
    assert account.free > 0
    assert line == (
        f"Funds of Hosting, FY27 H1: {account.free} USD left of {account.available} USD, {taken} USD taken"
        " · View your co-op funds"
    )


def test_what_lapsed_and_what_nobody_knows(tmp_path: Path) -> None:
    late = explained(tmp_path / "late", "mailing", as_of=date(2027, 2, 16))
    (line, *_) = part(late, "What you may still claim")
    assert line.startswith("Funds of Hosting, FY27 H1 (")
    assert " USD lapsed when the claim window closed): 0.00 USD left of 20000.00 USD" in line
    unknown = explained(tmp_path / "unknown", "mailing", remove=["funds/hosting-fy27-h1.yaml"])
    assert part(unknown, "What you may still claim") == ["No funds document says what was earned for Hosting, FY27 H1"]


def test_of_a_claim_that_was_handed_in_nobody_misses_a_fund(tmp_path: Path) -> None:
    text = explained(tmp_path, "ads", remove=["funds/hosting-fy27-h1.yaml"])
    assert part(text, "What you may still claim") == []


def test_what_caps_leave_in_money_and_in_people(tmp_path: Path) -> None:
    one, result = judged(tmp_path, "ads")
    limit, taken, left = (Money(Decimal(amount), "USD") for amount in ("18750.00", "3500.00", "15250.00"))
    source = JudgedBy(AS_OF, "Core requirements", None)
    rooms = (
        Headroom(Words(names={"en": "Syndicated content"}), limit, taken, left, source),
        Headroom(Words(names={"en": "People"}), 3, 3, 0, None),
    )
    assert part(explain_claim(replace(one, headroom=rooms), result), "What you may still claim") == [
        "Syndicated content: 15250.00 USD left of 18750.00 USD, 3500.00 USD taken · Core requirements",
        "People: 0 left of 3, 3 taken",
    ]


# --- by when ------------------------------------------------------------------------------------------------


def test_last_days_with_date_days_left_rule_and_source(tmp_path: Path) -> None:
    lines = part(explained(tmp_path, "mailing"), "By when")
    window = next(line for line in lines if "Claim window closes" in line)
    assert window.startswith("2027-02-15  Claim window closes, 86 days left · POE701 · ")
    plan = next(line for line in lines if "POE702" in line)
    assert "days left · POE702 · " in plan


def test_a_day_that_has_passed(tmp_path: Path) -> None:
    (line,) = part(explained(tmp_path, "ads"), "By when")
    assert line.startswith("2026-10-26  Microsoft reviews, 26 days ago")


# --- worth knowing ------------------------------------------------------------------------------------------


def advice(root: Path, id: str, *edits: dict[str, Any], **how: Any) -> list[str]:
    text = explained(root, id, *edits, **how)
    return [line.rpartition(" (")[2].rstrip(")") for line in part(text, "Worth knowing")]


APPROVED = "pre_approval_id: PA-1\nthird_party_invoices:"


def test_approval_beforehand_is_wise_where_none_is_demanded(tmp_path: Path) -> None:
    assert "R34" in advice(tmp_path / "draft", "mailing")
    assert "R34" not in advice(tmp_path / "given", "mailing", mailing("third_party_invoices:", APPROVED))
    assert "R34" not in advice(tmp_path / "closed", "ads")
    radio = [mailing("activity_type: direct_mail_email_sms", "activity_type: tv_radio")]
    assert "R34" not in advice(tmp_path / "demanded", "mailing", *radio)


def test_a_pre_approval_of_several_claims(tmp_path: Path) -> None:
    own, other = mailing("third_party_invoices:", APPROVED), ads("third_party_invoices:", APPROVED)
    assert "R36" not in advice(tmp_path / "one", "mailing", own)
    text = explained(tmp_path / "two", "mailing", own, other)
    assert "The pre-approval is used by ads, too" in text
    different = ads("third_party_invoices:", APPROVED.replace("PA-1", "PA-2"))
    assert "R36" not in advice(tmp_path / "different", "mailing", own, different)


def test_invoices_and_in_house_work_in_one_claim(tmp_path: Path) -> None:
    assert "R38" in advice(tmp_path / "both", "mailing")
    assert "R38" not in advice(tmp_path / "bought", "ads")


def test_invoices_that_nothing_shows_to_be_paid(tmp_path: Path) -> None:
    assert "Nothing shows that invoice NTM-88213 is paid" in explained(tmp_path / "open", "ads")
    paid = ads("    total: ", "    paid_on: '2026-10-21'\n    total: ")
    assert "R59" not in advice(tmp_path / "paid", "ads", paid)
    proof = ads("    total: ", "    payment_proof: evidence/transfer.pdf\n    total: ")
    assert "R59" not in advice(tmp_path / "proof", "ads", proof)


# --- not checked --------------------------------------------------------------------------------------------


def unchecked(root: Path, id: str, *edits: dict[str, Any], **how: Any) -> list[str]:
    return part(explained(root, id, *edits, **how), "Not checked")


def test_files_that_were_not_opened(tmp_path: Path) -> None:
    closed = unchecked(tmp_path / "closed", "mailing")
    assert closed == ["whether 4 files can be opened (validate --deep opens them)"]
    assert unchecked(tmp_path / "opened", "mailing", deep=True) == []


def test_rules_that_could_not_run_or_were_switched_off(tmp_path: Path) -> None:
    rules = "languages: [en]\nrules: {switched_off: [{rule: POE310, reason: A test}]}"
    off = {"file": "poe.yaml", "replace": "languages: [en]", "with": rules}
    lines = unchecked(tmp_path, "mailing", off, mailing("estimated_impressions: 1840", "estimated_impressions: many"))
    assert "POE310: switched off in poe.yaml" in lines
    (idle,) = (line for line in lines if "has a fault" in line)
    assert "POE520" in idle.partition(":")[0].split(", ")
    assert "POE310" not in idle


def test_what_no_source_says(tmp_path: Path) -> None:
    lines = unchecked(tmp_path, "mailing", mailing("direct_mail_email_sms", "social_media_marketing"))
    assert "evidence, metrics, core elements, expenses: no source says what this type of activity needs" in lines


@pytest.mark.parametrize(("digest", "said"), [("", True), ("    claim_sha256: " + "0" * 64 + "\n", False)])
def test_whether_it_is_still_as_it_was_handed_in(tmp_path: Path, digest: str, said: bool) -> None:
    lines = unchecked(tmp_path, "ads", ads('    amount: "3500.00"\n', f'    amount: "3500.00"\n{digest}'))
    assert any("no digest was recorded then" in line for line in lines) is said


def test_nothing_steers_the_terminal(tmp_path: Path) -> None:
    text = explained(tmp_path, "mailing", mailing('number: "30557"', 'number: "3\\u001b[2J\\u202e"'))
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_commit_shows_it_too(tmp_path: Path) -> None:
    build({}, tmp_path)
    start_git(tmp_path)
    result = validate(Options((tmp_path,), AS_OF))
    one = result.claim("ads")
    assert one is not None
    assert not any("no digest" in line for line in part(explain_claim(one, result), "Not checked"))
