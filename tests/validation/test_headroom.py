"""What may still be claimed: accounts and caps as `explain` shows them, in step with the rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from poe_pack.languages import catalogue
from poe_pack.model import Money
from poe_pack.validation.options import Options
from poe_pack.validation.result import Headroom
from poe_pack.validation.validate import validate
from tests.rules.harness import AS_OF, FOLDER, build


def case(name: str) -> dict[str, object]:
    data: dict[str, object] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def headroom(data: Mapping[str, object], root: Path, as_of: date = AS_OF) -> dict[str, dict[str, Headroom]]:
    """Headroom by claim and by what it is called."""
    build(data, root)
    words = catalogue()
    claims = validate(Options((root,), as_of)).claims
    return {claim.claim.id: {words.say(room.name): room for room in claim.headroom} for claim in claims}


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def figures(room: Headroom) -> tuple[object, object, object]:
    return room.limit, room.taken, room.left


def test_the_account_comes_first(tmp_path: Path) -> None:
    found = headroom({}, tmp_path)
    assert list(found["seminar"]) == ["Funds of Hosting, FY27 H1"]
    for claim in found.values():
        (room,) = claim.values()
        assert figures(room) == (usd("20000.00"), usd("13767.60"), usd("6232.40"))
        assert room.judged_by is not None


def test_a_cap_that_is_full(tmp_path: Path) -> None:
    found = headroom(case("POE610/good/used-up-to-the-cent"), tmp_path)
    for claim in ("first", "second"):
        assert list(found[claim]) == ["Funds of Hosting, FY27 H1", "Cap on Microsoft syndicated content (FY27 H1)"]
        room = found[claim]["Cap on Microsoft syndicated content (FY27 H1)"]
        assert figures(room) == (usd("18750"), usd("18750.00"), usd("0.00"))
        assert room.judged_by is not None
    assert list(found["seminar"]) == ["Funds of Hosting, FY27 H1"]


def test_beyond_a_cap_nothing_is_left(tmp_path: Path) -> None:
    found = headroom(case("POE611/bad/second-draft-goes-beyond"), tmp_path)
    room = found["again"]["Cap on Customer offers (FY27 H1, Hosting, 6071252)"]
    assert figures(room) == (usd("5000.00"), usd("5500.00"), usd("0"))


def test_a_rejected_claim_has_none_and_takes_none(tmp_path: Path) -> None:
    found = headroom(case("POE614/good/rejected-takes-nothing"), tmp_path)
    assert not found["units"]
    room = found["more"]["Cap on Product seeding/demo units (FY27 H1, Hosting)"]
    assert figures(room) == (usd("4000.00"), usd("2900.00"), usd("1100.00"))


def test_people_and_the_person_of_whom_least_is_left(tmp_path: Path) -> None:
    found = headroom(case("POE613/good/other-people"), tmp_path)["trip"]
    what = "Microsoft hosted conferences"
    assert figures(found[f"People, {what} (Microsoft Ignite 2026)"]) == (3, 2, 1)
    one = found[f"For one person, {what} (Microsoft Ignite 2026)"]
    assert figures(one) == (usd("5000"), usd("4000.00"), usd("1000.00"))
    together = found[f"Cap on {what} (FY27 H1, ADD-PC)"]
    assert figures(together) == (usd("45000"), usd("8000.00"), usd("37000.00"))
    assert len(found) == 4


def test_too_many_people_leave_none(tmp_path: Path) -> None:
    found = headroom(case("POE612/bad/four-in-two-claims"), tmp_path)
    for claim in ("trip", "more"):
        room = found[claim]["People, Microsoft hosted conferences (Microsoft Ignite 2026)"]
        assert figures(room) == (3, 5, 0)
    assert not any("Anna" in name for claim in found.values() for name in claim)


def test_a_draft_that_claims_nothing_yet_is_told_too(tmp_path: Path) -> None:
    data = case("POE611/bad/a-cent-beyond-a-quarter")
    files = data["files"]
    assert isinstance(files, dict)
    files["offer/claim.yaml"] = files["offer/claim.yaml"].replace('amount: «"5000.01"»', 'amount: "0.00"')
    room = headroom(data, tmp_path)["offer"]["Cap on Customer offers (FY27 H1, Hosting, 6071252)"]
    assert figures(room) == (usd("5000.00"), usd("0.00"), usd("5000.00"))


def test_without_a_rate_or_funds_it_is_not_known(tmp_path: Path) -> None:
    data = case("POE604/bad/without-an-account")
    found = headroom(data, tmp_path)["first"]
    assert {name: figures(room) for name, room in found.items()} == {
        "Cap on Microsoft syndicated content (FY27 H1)": (usd("18750"), None, None)
    }


def test_what_was_earned_is_not_known_where_funds_cannot_be_read(tmp_path: Path) -> None:
    data = case("POE611/good/a-quarter-to-the-cent")
    files = data["files"]
    assert isinstance(files, dict)
    files["funds/other.yaml"] = "kind: funds\nid: [\n"
    found = headroom(data, tmp_path)["again"]
    assert figures(found["Cap on Customer offers (FY27 H1, Hosting, 6071252)"]) == (None, None, None)
    assert figures(found["Funds of Hosting, FY27 H1"])[2] == usd("15000.00")


def test_a_draft_that_has_expired_takes_nothing_of_a_cap(tmp_path: Path) -> None:
    found = headroom(case("POE610/good/used-up-to-the-cent"), tmp_path, date(2027, 2, 16))
    assert list(found["first"]) == ["Funds of Hosting, FY27 H1 (86500.00 USD lapsed when the claim window closed)"]
