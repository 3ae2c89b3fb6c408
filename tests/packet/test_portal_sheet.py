"""The portal sheet: the portal's screens in order, every value as typed, nothing fetched, nothing inline."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from poe_pack.model import Flow, Settings
from poe_pack.packet.portal import portal_sheet
from poe_pack.packet.record import Digest
from tests.packet.conftest import Built
from tests.packet.samples import view_of


class Sheet(HTMLParser):
    """Headings, values to copy and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.values: list[str] = []
        self.attributes: set[str] = set()
        self._open: list[str] | None = None
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.update(name for name, _ in attrs)
        classes = (dict(attrs).get("class") or "").split()
        if tag == "h2":
            self.headings.append("")
            self._open, self._depth = self.headings, 0
        elif "copied-text" in classes:
            self.values.append("")
            self._open, self._depth = self.values, 0
        self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open[-1] += data


def page_of(base: Path, *, languages: tuple[str, ...] = ("en",), **changes: Any) -> str:
    """The sheet alone, without opening evidence."""
    view = view_of(base, settings=Settings(languages=languages), **changes)
    return portal_sheet(view, "poe-pack", Digest("00-summary.pdf", 1000, "0" * 64))


@pytest.fixture(scope="module")
def page(built: Built) -> str:
    return (built.folder / "portal-sheet.html").read_text(encoding="utf-8")


def test_screens_of_the_plan_flow_in_order(page: str) -> None:
    assert Sheet(page).headings == [
        "1Way to the form",
        "2New proof of execution",
        "3New proof of execution claim",
        "4Invoice and expense information",
        "5Proof documents",
        "6Submit",
    ]
    assert page.index("Plan Management") < page.index("Add PoE")


def test_values_are_as_typed(page: str) -> None:
    values = Sheet(page).values
    assert values[:3] == ["Azure migration seminar Göteborg", "2026-09-17", "9141.12"]
    for value in ("4200", "PA-20931", "10482", "86400.00", "SE559087654301", "01-third-party-invoice-10482.pdf"):
        assert value in values
    notes = [values[values.index(name) + 1] for name in ("02-event-invitation.pdf", "03-event-agenda.pdf")]
    assert notes == ["Final invitation e-mailed to 420 customers", "Agenda with speakers and topics"]
    assert "https://nordanvind.example/azure" in values


def test_the_co_op_flow_creates_a_claim_for_program_location_and_period(tmp_path: Path) -> None:
    sheet = Sheet(page_of(tmp_path, flow=Flow.CO_OP_MANAGEMENT, plan=None, campaign=None, activity=None))
    assert sheet.headings == [
        "1Way to the form",
        "2Co-op claim",
        "3Invoice and expense information",
        "4Proof documents",
        "5Submit",
    ]
    assert sheet.values[:3] == ["Hosting", "6071245", "FY27 H1"]


def test_documented_labels_stand_in_brackets(tmp_path: Path) -> None:
    page = page_of(tmp_path, languages=("en", "sv"))
    for label in ("(Planhantering)", "(Lägg till PoE)", "(Bevisdokument)", "(Skicka anspråk)"):
        assert label in page


def test_only_our_script_and_style_may_act(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    for tag in ("script", "style"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    attributes = Sheet(page).attributes
    assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "url(http" not in page
