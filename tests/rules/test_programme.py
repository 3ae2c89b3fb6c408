"""R01 to R115: each is checked by a code whose Source names it, or docs/rules-not-built.md says why not."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from pathlib import Path

import pytest

from poe_pack.documents.schema_files import load_schema
from poe_pack.languages import catalogue
from poe_pack.validation.codes import all_codes

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules-not-built.md"
ALL = [f"R{number:02}" for number in range(1, 116)]

# The code that checks each rule; others may look at a side of it and say so, too.
_TABLE = """
R01 POE201  R02 POE204  R03 POE205  R04 POE206  R05 POE207  R06 POE208  R08 POE202  R09 POE203
R10 POE209  R11 POE211  R12 POE310  R13 POE212  R14 POE214  R16 POE301  R17 POE306  R18 POE303
R19 POE305  R20 POE302  R21 POE311  R22 POE312  R23 POE903  R24 POE313  R25 POE213  R26 POE405
R27 POE314  R28 POE603  R29 POE315  R30 POE604  R31 POE320  R32 POE321  R33 POE322  R35 POE323
R37 POE401  R39 POE406  R40 POE402  R41 POE403  R42 POE407  R43 POE431  R44 POE411  R45 POE412
R46 POE413  R47 POE414  R48 POE415  R49 POE410  R50 POE912  R51 POE421  R52 POE420  R53 POE422
R54 POE417  R55 POE418  R56 POE423  R57 POE424  R58 POE425  R60 POE501  R61 POE510  R62 POE512
R63 POE511  R64 POE513  R65 POE510  R66 POE514  R67 POE510  R68 POE510  R69 POE541  R70 POE510
R71 POE530  R72 POE540  R73 POE542  R74 POE520  R75 POE521  R76 POE543  R77 POE544  R78 POE510
R79 POE510  R80 POE324  R82 POE601  R83 POE605  R84 POE610  R85 POE611  R86 POE611  R87 POE612
R88 POE614  R89 POE615  R90 POE601  R91 POE606  R93 POE701  R94 POE701  R95 POE703  R96 POE704
R97 POE702  R98 POE705  R99 POE706  R100 POE707  R101 POE708  R102 POE709  R103 POE710  R104 POE511
R105 POE801  R106 POE914  R107 POE804  R108 POE801  R109 POE805  R110 POE806  R111 POE807  R112 POE915
R113 POE901  R114 POE517  R115 POE545
""".split()
BUILT = dict(zip(_TABLE[::2], _TABLE[1::2], strict=True))


def cited() -> dict[str, set[str]]:
    """By the number of a rule of the programme the codes whose Source names it."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in all_codes():
        source = inspect.cleandoc(code.doc).rpartition("## Source")[2]
        for number in re.findall(r"\bR[0-9]{2,3}\b", source):
            found[number].add(code.code)
    return dict(found)


def not_built() -> dict[str, list[str]]:
    """By section of the page the numbers that begin its entries."""
    sections = re.split(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        title: re.findall(r"^- \*\*(R[0-9]{2,3})\*\*: \S", text, re.MULTILINE)
        for title, text in zip(sections[::2], sections[1::2], strict=True)
    }


def test_the_page_has_its_sections_and_each_number_once() -> None:
    page = not_built()
    assert list(page) == ["Said elsewhere", "Not to be seen in files", "Checked in part"]
    numbers = [number for section in page.values() for number in section]
    assert len(set(numbers)) == len(numbers)
    assert PAGE.read_text(encoding="utf-8").count("- **") == len(numbers)


def test_every_rule_is_built_or_the_page_says_why_not() -> None:
    page = not_built()
    without = {*page["Said elsewhere"], *page["Not to be seen in files"]}
    assert sorted(without | set(BUILT), key=ALL.index) == ALL
    assert without.isdisjoint(BUILT)
    assert without.isdisjoint(cited()), "a rule says that it checks what the page calls not built"


@pytest.mark.parametrize("number", BUILT)
def test_its_code_says_that_it_checks_it(number: str) -> None:
    assert BUILT[number] in cited().get(number, ())


def test_no_code_names_a_rule_that_does_not_exist() -> None:
    assert set(cited()) <= set(ALL)


def test_what_is_checked_in_part_is_checked() -> None:
    assert set(not_built()["Checked in part"]) <= set(BUILT)


def test_explain_gives_the_advice() -> None:
    said = " ".join(catalogue().text(key, count=1, claims=(), numbers=()) for key in _advice())
    assert re.findall(r"R[0-9]+", said) == ["R34", "R36", "R38", "R59"]


def _advice() -> list[str]:
    return [f"explain.advice.{what}" for what in ("approval", "shared_approval", "both", "unpaid")]


def test_the_schema_says_what_the_page_leaves_to_it() -> None:
    claim = load_schema("claim")
    assert "name" in claim["required"]
    currency = claim["properties"]["currency"]
    form = claim["$defs"][currency["$ref"].rpartition("/")[2]] if "$ref" in currency else currency
    assert form["format"] == "currency"
