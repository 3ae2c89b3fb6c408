"""A new repository and new claims: they read without a fault, and nothing is overwritten."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from poe_pack.editing import AlreadyThere, NewClaim, init_repository, new_claim, usual_flow
from poe_pack.findings import Severity
from poe_pack.rulebook import Rulebook, RulebookError, UnknownValue, load_rulebook
from poe_pack.rulebook.shipped import shipped
from poe_pack.validation.options import ConfigurationError, Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate

DAY = date(2026, 10, 2)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    init_repository(tmp_path, "microsoft-coop", DAY)
    return tmp_path


@pytest.fixture
def book(root: Path) -> Rulebook:
    return load_rulebook("microsoft-coop", root)


def check(root: Path) -> Result:
    return validate(Options(paths=(root,), as_of=date(2026, 11, 21)))


def test_a_new_repository_is_clean(root: Path) -> None:
    assert check(root).findings == ()


@pytest.mark.parametrize("name", shipped())
def test_every_program_can_be_begun_with_every_activity_type(name: str, tmp_path: Path) -> None:
    init_repository(tmp_path, name, DAY)
    assert check(tmp_path).findings == ()
    book = load_rulebook(name, tmp_path)
    (program,) = {funds.funds.program for funds in check(tmp_path).funds}
    begun = []
    for type in book.ids("activity_types"):
        try:
            new_claim(check(tmp_path), book, NewClaim(type.replace("_", "-"), type, usual_flow(book), DAY))
        except UnknownValue:  # not in the program on that day
            continue
        begun.append(type)
    found = check(tmp_path)
    assert len(found.claims) == len(begun) > 0
    assert {result.claim.program for result in found.claims} == {program}
    # A draft is young: nothing in it is wrong. Only radio is not for the first program of its rulebook.
    wrong = [(f.code, f.document) for f in found.findings if f.severity is Severity.ERROR]
    assert wrong == ([("POE322", "tv-radio")] if "tv_radio" in begun else [])


def test_the_usual_flow_is_that_of_the_portal(tmp_path: Path) -> None:
    flows = {name: usual_flow(load_rulebook(name, tmp_path)) for name in shipped()}
    assert flows.pop("microsoft-coop") == "co_op_management"
    assert set(flows.values()) == {"direct"}


def test_a_name_that_no_rulebook_has(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="microsoft-coop"):
        init_repository(tmp_path / "new", "nobody", DAY)
    assert not (tmp_path / "new").exists()


def test_a_claim_that_needs_approval_beforehand_says_so(root: Path, book: Rulebook) -> None:
    assert "# pre_approval_id: …          # needed beforehand: pre approval, final review\n" in written(
        root, book, "tv_radio"
    )


def test_travel_asks_for_event_and_person(root: Path, book: Rulebook) -> None:
    text = written(root, book, "microsoft_hosted_conference")
    assert "# event: {name: …, host: …, place: …}" in text
    assert 'tax: "0.00", person: …}' in text


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
        init_repository(root, "microsoft-coop", DAY)
    wanted = NewClaim("first", "digital_advertising", "co_op_management", DAY)
    before = new_claim(check(root), book, wanted).read_bytes()
    with pytest.raises(AlreadyThere):
        new_claim(check(root), book, wanted)
    assert (root / "first" / "claim.yaml").read_bytes() == before


def test_a_repository_in_part_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "partner.yaml").write_text("kind: partner\n", encoding="utf-8")
    with pytest.raises(AlreadyThere):
        init_repository(tmp_path, "microsoft-coop", DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["partner.yaml"]


def test_unknown_activity_type(root: Path, book: Rulebook) -> None:
    with pytest.raises(UnknownValue):
        new_claim(check(root), book, NewClaim("first", "sky_writing", "co_op_management", DAY))
    assert not (root / "first").exists()


def test_without_a_partner(root: Path, book: Rulebook) -> None:
    (root / "partner.yaml").unlink()
    with pytest.raises(ConfigurationError, match=r"partner\.yaml"):
        new_claim(check(root), book, NewClaim("first", "digital_advertising", "co_op_management", DAY))
