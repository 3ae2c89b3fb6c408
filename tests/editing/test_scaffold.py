"""A new repository and new claims: they read without a fault, and nothing is overwritten."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from poe_pack.editing import AlreadyThere, NewClaim, init_repository, new_claim
from poe_pack.findings import Severity
from poe_pack.rulebook import Rulebook, UnknownValue, load_rulebook
from poe_pack.validation.options import ConfigurationError, Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate

DAY = date(2026, 10, 2)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    init_repository(tmp_path)
    return tmp_path


@pytest.fixture
def book(root: Path) -> Rulebook:
    return load_rulebook("microsoft-coop", root)


def check(root: Path) -> Result:
    return validate(Options(paths=(root,), as_of=date(2026, 11, 21)))


def test_a_new_repository_is_clean(root: Path) -> None:
    assert check(root).findings == ()


def test_editor_settings_name_schemas_that_are_there(root: Path) -> None:
    settings = json.loads((root / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"]
    assert all((root / schema).is_file() for schema in settings["yaml.schemas"])


@pytest.mark.parametrize("flow", ["co_op_management", "plan_management"])
@pytest.mark.parametrize("activity_type", ["digital_advertising", "customer_seminar_bootcamp", "direct_mail_email_sms"])
def test_a_new_claim_is_a_draft_with_open_items(root: Path, book: Rulebook, flow: str, activity_type: str) -> None:
    new_claim(check(root), book, NewClaim("first", activity_type, flow, DAY))
    found = {(finding.code, finding.severity) for finding in check(root).findings}
    unknown_plan = {("POE210", Severity.ERROR)} if flow == "plan_management" else set()
    assert {pair for pair in found if pair[1] is Severity.ERROR} == unknown_plan
    assert ("POE510", Severity.OPEN) in found


def test_a_new_claim_names_everything_that_is_needed(root: Path, book: Rulebook) -> None:
    file = new_claim(check(root), book, NewClaim("first", "customer_seminar_bootcamp", "co_op_management", DAY))
    text = file.read_text(encoding="utf-8")
    assert all(kind in text for kind in ("event_invitation", "event_agenda", "event_photo", "registered_guest_count"))


def written(root: Path, book: Rulebook, activity_type: str) -> str:
    file = new_claim(check(root), book, NewClaim("first", activity_type, "co_op_management", DAY))
    return file.read_text(encoding="utf-8")


def test_a_claim_of_tactics_names_them_and_what_each_needs(root: Path, book: Rulebook) -> None:
    text = written(root, book, "multi_touch_digital_campaign")
    tactics = "digital_advertising, direct_mail_email_sms, partner_website_seo, telemarketing"
    assert f"\n# tactics: [{tactics}]" in text
    assert "\n# channels: [mail, email, sms]" in text
    assert "#   - evidence: telesales_script\n#     tactic: telemarketing\n" in text


def test_a_claim_says_what_a_person_looks_at_where_there_are_logos(root: Path, book: Rulebook) -> None:
    text = written(root, book, "digital_advertising")
    assert "#   [current_names_and_logos, partner_logo_placed, no_other_brands]\n" in text
    assert "tactics" not in text
    assert "channels" not in text


def test_a_fee_has_no_logos(root: Path, book: Rulebook) -> None:
    assert "brand_check" not in written(root, book, "mpn_participation")


def test_nothing_is_overwritten(root: Path, book: Rulebook) -> None:
    with pytest.raises(AlreadyThere, match=r"poe\.yaml is already there"):
        init_repository(root)
    wanted = NewClaim("first", "digital_advertising", "co_op_management", DAY)
    before = new_claim(check(root), book, wanted).read_bytes()
    with pytest.raises(AlreadyThere):
        new_claim(check(root), book, wanted)
    assert (root / "first" / "claim.yaml").read_bytes() == before


def test_a_repository_in_part_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "partner.yaml").write_text("kind: partner\n", encoding="utf-8")
    with pytest.raises(AlreadyThere):
        init_repository(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["partner.yaml"]


def test_unknown_activity_type(root: Path, book: Rulebook) -> None:
    with pytest.raises(UnknownValue):
        new_claim(check(root), book, NewClaim("first", "sky_writing", "co_op_management", DAY))
    assert not (root / "first").exists()


def test_without_a_partner(root: Path, book: Rulebook) -> None:
    (root / "partner.yaml").unlink()
    with pytest.raises(ConfigurationError, match=r"partner\.yaml"):
        new_claim(check(root), book, NewClaim("first", "digital_advertising", "co_op_management", DAY))
