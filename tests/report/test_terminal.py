"""The table in the terminal."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_pack.languages.visible import visible
from poe_pack.languages.width import cells
from poe_pack.report import render_status
from poe_pack.report.facts import StatusFacts
from poe_pack.report.text import pad, shorten

_SGR = re.compile("\x1b\\[[0-9]+m")


@pytest.mark.parametrize("width", [60, 70, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(
    everyday: StatusFacts, agency: StatusFacts, empty: StatusFacts, hostile: StatusFacts, width: int
) -> None:
    for facts in (everyday, empty, hostile, agency):
        for line in render_status(facts, color=False, width=width).splitlines():
            assert cells(line) <= width, line


def test_amounts_end_in_one_column(everyday: StatusFacts) -> None:
    lines = render_status(everyday, color=False, width=120).splitlines()
    table = [line for line in lines if re.match(r"20\d\d-", line)]
    assert len(table) == 12
    assert len({len(line) for line in table}) == 1
    assert all(re.search(r" [\d,]+\.\d\d$", line) for line in table)


def test_colour_only_adds(everyday: StatusFacts) -> None:
    coloured = render_status(everyday, color=True, width=100)
    assert "\x1b[" in coloured
    assert _SGR.sub("", coloured) == render_status(everyday, color=False, width=100)


def test_the_last_line_says_what_to_do(everyday: StatusFacts, empty: StatusFacts) -> None:
    last = render_status(everyday, color=False, width=120).splitlines()[-1]
    assert last == "Next: demo-units-azure-local: Answer the reviewer, by 2026-11-23 (in 2 days)"
    assert render_status(empty, color=False, width=80).splitlines()[-1].startswith("Next: nothing")


def test_a_narrow_terminal_keeps_day_claim_status_and_amount(everyday: StatusFacts) -> None:
    text = render_status(everyday, color=False, width=60)
    assert "2026-11-23  demo-units-azure-lo…  Action required   4,500.00" in text
    assert "Next step" not in text


def test_several_partners_get_a_column(agency: StatusFacts, everyday: StatusFacts) -> None:
    assert "Alpenblick Systemhaus GmbH & Co. KG" in render_status(agency, color=False, width=200)
    assert "Partner" not in render_status(everyday, color=False, width=200)


def test_nothing_from_data_can_steer_the_terminal(hostile: StatusFacts) -> None:
    text = render_status(hostile, color=True, width=200)
    for character in _SGR.sub("", text).replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"), repr(character)
    assert len(text.splitlines()) == len(text.split("\n")) - 1


@given(st.text(), st.integers(1, 40))
def test_texts_fit(text: str, width: int) -> None:
    plain = visible(text)
    short = shorten(plain, width)
    assert cells(short) <= width
    assert cells(pad(short, width)) == width
    assert not set(plain) & set("\n\r\t\x1b\x9b\u202e\u2066\u200f")


def test_wide_characters_take_two_columns() -> None:
    assert cells("南京 x") == 6
    assert shorten("南京研讨会", 5) == "南京…"
    assert pad("南", 4) == "南  "


def test_the_terminal_needs_nothing_heavy() -> None:
    code = (
        "import sys, poe_pack.report; "
        "print(sorted({'weasyprint', 'jinja2', 'babel', 'fontTools', 'pikepdf'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
