"""`poe-pack rulebook`: check one, show what a type needs, compare two and judge the claims here by both."""

from __future__ import annotations

from pathlib import Path

import pytest

from poe_pack.formats.rulebook_text import show_type, type_called
from poe_pack.rulebook import load_rulebook
from tests.cli.house import POE, House, assert_harmless
from tests.cli.program import AS_OF, Program
from tests.rulebook.listing import versions
from tests.rulebook.shipped import shipped_as_yaml

LEAST = Path(__file__).resolve().parents[1] / "rulebook" / "least.yaml"
HEAD = """\
kind: rulebook
extends: microsoft-coop
id: house
version: "2026.7"
title: House rules
sources: {house: {title: Finance handbook, read: "2026-11-01", confidence: D}}
"""
STRICT = """\
activity_types:
  digital_advertising:
    values:
      "2026-01-01": {expenses: [giveaways], expenses_truncated: false, evidence: {all: [ad_screenshot]}, source: house}
"""


@pytest.fixture
def own(poe: Program) -> Path:
    """A rulebook of the house in which advertising pays for giveaways only, and needs no landing page."""
    file = poe.folder / "own.yaml"
    file.write_text(HEAD + STRICT, encoding="utf-8")
    return file


# --- check --------------------------------------------------------------------------------------------------


def test_a_sound_one(poe: Program, own: Path) -> None:
    ran = poe("rulebook", "check", "own.yaml")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("own.yaml: House rules (house 2026.7) is sound: 25 activity types, ")
    assert ran.out.count("\n") == 1
    own.write_text(LEAST.read_text(encoding="utf-8"), encoding="utf-8")
    assert "House programme (house 2026.1) is sound: 2 activity types, 2 sources" in poe("rulebook", "check", own).out


def test_every_fault_with_its_place(poe: Program, own: Path) -> None:
    own.write_text(
        HEAD + STRICT.replace("[giveaways]", "[gifts]").replace("ad_screenshot", "ad_shot"), encoding="utf-8"
    )
    ran = poe("rulebook", "check", "own.yaml")
    assert (ran.status, ran.err) == (1, "")
    assert [line.split(": ", 1) for line in ran.out.splitlines()] == [
        ["own.yaml:10:33", "there is no 'gifts' among expense categories"],
        ["own.yaml:10:85", "there is no 'ad_shot' among evidence kinds"],
    ]


def test_a_folder_of_files_is_one(poe: Program) -> None:
    head, _, rest = LEAST.read_text(encoding="utf-8").partition("activity_types:\n")
    (poe.folder / "book").mkdir()
    (poe.folder / "book" / "head.yaml").write_text(head, encoding="utf-8")
    (poe.folder / "book" / "types.yaml").write_text("activity_types:\n" + rest, encoding="utf-8")
    assert "is sound" in poe("rulebook", "check", "book").out
    (poe.folder / "book" / "types.yaml").write_text(f"activity_types:\n{rest}".replace("[venue]", "[shed]", 1))
    ran = poe("rulebook", "check", "book")
    assert ran.status == 1
    assert ran.out.startswith("book/types.yaml:")


@pytest.mark.parametrize(
    ("name", "says"), [("none.yaml", "none.yaml cannot be read: No such file"), ("empty", "has no .yaml files")]
)
def test_what_is_not_there(poe: Program, name: str, says: str) -> None:
    (poe.folder / "empty").mkdir()
    ran = poe("rulebook", "check", name)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_nothing_in_a_rulebook_steers_the_terminal(poe: Program, own: Path) -> None:
    nasty = "\x1b[2J\u202e"
    own.write_text(HEAD.replace("House rules", f'"{nasty}"'), encoding="utf-8")
    assert_harmless(poe("rulebook", "check", "own.yaml").raw)
    bad = HEAD + '"a\\u001b[2Jb\\u202e": 1\n' + STRICT.replace("[giveaways]", '["\\u001b[2J"]')
    own.write_text(bad, encoding="utf-8")
    ran = poe("rulebook", "check", "own.yaml")
    assert ran.status == 1
    assert_harmless(ran.raw)
    shown = HEAD.replace("House rules", '"\\u001b[2J"').replace("Finance handbook", '"\\u001b[2J"') + STRICT
    own.write_text(shown, encoding="utf-8")
    assert_harmless(poe("rulebook", "show", "digital_advertising", "--rulebook", "own.yaml").raw)
    assert_harmless(poe("rulebook", "diff", "microsoft-coop", "own.yaml").raw)


# --- show ---------------------------------------------------------------------------------------------------


def test_what_a_type_needs_with_its_conditions_and_sources(poe: Program) -> None:
    ran = poe("rulebook", "show", "microsoft_hosted_conference", "--as-of", AS_OF)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Microsoft hosted conferences (microsoft_hosted_conference)\nMicrosoft co-op")
    assert "as of 2026-11-21; the newest of these values is of 2020-08-14" in ran.out
    assert (
        "\nEvidence [core-2020-08]\n"
        "  Conference confirmation (conference_confirmation)\n"
        "  if it claims Air or train fare (air_train_fare):\n"
        "    unless the claim states Train only (travel_by_train_only):\n"
        "      Travel itinerary (travel_itinerary)\n"
        "\nMetrics [core-2020-08]\n  nothing\n"
    ) in ran.out
    assert "3 people per conference; only a warning for US [core-2020-08]" in ran.out
    assert "https://learn.microsoft.com/en-us/partner-center/incentives/core-requirements" in ran.out
    assert ran.out.endswith("\nVersions: 2018-09-04, 2019-04-03, 2020-08-14\n")


def test_as_it_was_and_what_nobody_says(poe: Program) -> None:
    ran = poe("rulebook", "show", "Print advertising", "--as-of", "2018-10-01")
    assert "\nMetrics\n  no source says\n" in ran.out
    assert "\nExpenses\n  no source says\n" in ran.out
    cut = poe("rulebook", "show", "digital_advertising", "--as-of", AS_OF).out
    assert "  and more: the source could not be read whole" in cut
    early = poe("rulebook", "show", "tv_radio", "--as-of", "2023-10-23")
    assert (early.status, early.out) == (2, "")
    assert "microsoft-coop says nothing of tv_radio on 2023-10-23" in early.err


@pytest.mark.parametrize("id", ["tv_radio", "microsoft_syndicated_content", "product_seeding_demo_units"])
def test_approval_programs_and_caps(poe: Program, id: str) -> None:
    says = {
        "tv_radio": ["approval, final review before the activity", "only Surface (surface)"],
        "microsoft_syndicated_content": ["18750.00 USD per usage period"],
        "product_seeding_demo_units": ["the greater of ", " % of what was earned", "  one of:\n", "    all of:\n"],
    }
    out = poe("rulebook", "show", id, "--as-of", AS_OF).out
    for text in says[id]:
        assert text in out


def test_every_type_can_be_shown_and_is_found_by_its_name() -> None:
    for name in ("microsoft-coop", "least.yaml"):
        folder = LEAST.parent
        book = load_rulebook(name, folder)
        for id, day in versions(book):
            shown = show_type(book, id, day)
            assert f"({id})" in shown.splitlines()[0]
            assert type_called(book, book.name("activity_types", id).names["en"].upper())[0] == id


def test_a_type_that_is_not_there(poe: Program) -> None:
    ran = poe("rulebook", "show", "digital_advertisng")
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean digital_advertising" in ran.err
    assert "did you mean customer_seminar_bootcamp?" in poe("rulebook", "show", "seminar").err
    assert "'poe-pack rulebook show' lists what there is" in poe("rulebook", "show", "zzz").err


def test_all_types_are_listed_by_category(poe: Program) -> None:
    ran = poe("rulebook", "show", "--as-of", AS_OF)
    assert (ran.status, ran.err) == (0, "")
    heads = [line for line in ran.out.splitlines() if line and not line.startswith((" ", "Activity", "Next"))]
    assert heads == ["Demand generation", "Market development", "Partner skilling"]
    book = load_rulebook("microsoft-coop", poe.folder)
    listed = [line.split()[0] for line in ran.out.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(book.ids("activity_types"))
    assert "\n  tv_radio                         TV/radio\n" in ran.out


def test_a_type_is_listed_from_its_first_day_on(poe: Program, own: Path) -> None:
    own.write_text(LEAST.read_text(encoding="utf-8"), encoding="utf-8")
    early, late = (poe("rulebook", "show", "--rulebook", own, "--as-of", day).out for day in ("1999-01-01", AS_OF))
    assert not any(line.startswith("  ") for line in early.splitlines())
    assert sum(line.startswith("  ") for line in late.splitlines()) == 2


def test_a_claim_is_begun_by_the_name_of_its_type(poe: Program, house: House) -> None:
    ran = poe("new", "claim", "talk", "--activity-type", "customer seminars and boot camps", cwd=house.root)
    assert (ran.status, ran.err) == (0, "")
    written = (house.root / "talk" / "claim.yaml").read_text(encoding="utf-8")
    assert "\nactivity_type: customer_seminar_bootcamp\n" in written


def test_a_repository_without_claims_says_how_to_begin_one(poe: Program, house: House) -> None:
    ran = poe("validate", "--as-of", AS_OF, cwd=house.root)
    assert ran.status == 0
    assert ran.out.endswith("begins a claim; 'poe-pack rulebook show' lists the types.\n")


@pytest.mark.parametrize(
    ("kind", "says"), [("seminar", "did you mean customer_seminar_bootcamp?"), ("webinar", "'poe-pack rulebook show'")]
)
def test_a_claim_of_no_known_type_is_not_begun(poe: Program, house: House, kind: str, says: str) -> None:
    ran = poe("new", "claim", "talk", "--activity-type", kind, cwd=house.root)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert not (house.root / "talk").exists()


def test_the_rulebook_of_the_repository_here_counts(poe: Program, house: House, own: Path) -> None:
    house.write("rulebooks/own.yaml", own.read_text(encoding="utf-8"))
    house.write("poe.yaml", POE.replace("microsoft-coop", "rulebooks/own.yaml"))
    ran = poe("rulebook", "show", "digital_advertising", "--as-of", AS_OF, cwd=house.root)
    assert "Expenses [house]\n  Giveaways (giveaways)\n" in ran.out
    assert "house: Finance handbook; published on no known day, read 2026-11-01, confidence D" in ran.out
    named = poe("rulebook", "show", "digital_advertising", "--as-of", AS_OF, "--rulebook", "own.yaml")
    assert named.out == ran.out
    shipped = poe("rulebook", "show", "digital_advertising", "--rulebook", "microsoft-coop", cwd=house.root)
    assert "[house]" not in shipped.out


# --- diff ---------------------------------------------------------------------------------------------------


def test_values_that_differ_and_claims_whose_findings_change(poe: Program, house: House, own: Path) -> None:
    house.claim("good")
    house.claim(
        "bare",
        (
            "  - evidence: landing_page_url\n    url: https://nordanvind.example/azure\n",
            "  - evidence: ad_screenshot\n    files: [evidence/ad.png]\n",
        ),
    )
    house.claim("other", ("activity_type: digital_advertising", "activity_type: print_advertising"))
    ran = poe("rulebook", "diff", "microsoft-coop", own, "--as-of", AS_OF, "--root", "house")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("microsoft-coop 2026.1 compared with house 2026.7\n\n")
    assert "activity_types/digital_advertising\n  since 2026-01-01  " in ran.out
    assert "since 2026-01-01  expenses: + giveaways, - media_placement, - agency_fee\n" in ran.out
    assert "since 2026-01-01  expenses_truncated: true -> false\n" in ran.out
    claims = ran.out.partition("Findings change in 2 documents here:\n")[2]
    lines = [
        line for line in claims.splitlines() if "POE407" in line or "POE510" in line or not line.startswith("    ")
    ]
    assert [line.split(" error")[0].split(" open")[0].split(":")[0] for line in lines] == [
        "  bare",
        "    - bare/claim.yaml",
        "    + bare/claim.yaml",
        "    + bare/claim.yaml",
        "  good",
        "    + good/claim.yaml",
        "    + good/claim.yaml",
    ]


def test_the_other_way_round_they_go(poe: Program, house: House, own: Path) -> None:
    house.claim("good")
    there = poe("rulebook", "diff", "microsoft-coop", own, "--as-of", AS_OF, cwd=house.root).out
    back = poe("rulebook", "diff", own, "microsoft-coop", "--as-of", AS_OF, cwd=house.root).out
    assert "    + good/claim.yaml:" in there
    assert there.partition("\n  good\n")[2].replace("    + ", "    - ") == back.partition("\n  good\n")[2]
    assert "expenses: + media_placement, + agency_fee, - giveaways" in back


def test_a_restated_value_is_no_difference(poe: Program, house: House) -> None:
    text = shipped_as_yaml()
    (poe.folder / "copy.yaml").write_text(text, encoding="utf-8")
    house.claim("good")
    ran = poe("rulebook", "diff", "microsoft-coop", "copy.yaml", "--as-of", AS_OF, "--root", "house")
    assert ran.out == (
        "microsoft-coop 2026.1 compared with microsoft-coop 2026.1\n\nThey say the same.\n"
        "No finding of the claims here changes.\n"
    )


def test_outside_a_repository(poe: Program, own: Path) -> None:
    ran = poe("rulebook", "diff", "microsoft-coop", own)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("There is no claims repository here whose findings could change (--root DIR names one).\n")
    named = poe("rulebook", "diff", "microsoft-coop", own, "--root", "nowhere")
    assert (named.status, named.out) == (2, "")


@pytest.mark.parametrize("names", [("other", "microsoft-coop"), ("microsoft-coop", "none.yaml")])
def test_rulebooks_that_are_not_there(poe: Program, names: tuple[str, str]) -> None:
    ran = poe("rulebook", "diff", *names)
    assert (ran.status, ran.out) == (2, "")
    assert "rulebook" in ran.err
