"""Frames: evidence whole, upright, never larger than it is."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from poe_pack.evidence.facts import Page
from poe_pack.packet.exhibits import slug, tag_of
from poe_pack.packet.frames import FOOT, HEAD, MM, frame_for
from poe_pack.packet.pages import frames_by_page, lay_out_packet
from poe_pack.printing import PAPERS
from tests.packet.conftest import Built
from tests.packet.samples import view_of

SHEETS = [Page(595.28, 841.89), Page(612, 792), Page(841.89, 595.28), Page(960, 540), Page(100, 3000), Page(3000, 100)]


@pytest.mark.parametrize("paper", ["A4", "letter"])
@pytest.mark.parametrize("page", SHEETS)
def test_the_frame_holds_the_whole_page_inside_the_paper(page: Page, paper: str) -> None:
    sheet, frame = PAPERS[paper], frame_for(page, PAPERS[paper])
    width, height = (sheet.height, sheet.width) if frame.landscape else (sheet.width, sheet.height)
    assert frame.scale <= 1
    assert frame.left >= sheet.left - 0.01
    assert frame.left + frame.width <= width - sheet.right + 0.01
    assert frame.top + frame.height <= height - FOOT + 0.01
    assert frame.width / frame.height == pytest.approx(page.width / page.height, rel=0.01)


def test_what_is_small_stays_small() -> None:
    assert frame_for(Page(200, 300), PAPERS["A4"]).scale == 1


def test_wide_evidence_turns_the_page_where_that_helps() -> None:
    assert frame_for(Page(960, 540), PAPERS["A4"]).landscape
    assert not frame_for(Page(300, 200), PAPERS["A4"]).landscape
    assert not frame_for(Page(595, 842), PAPERS["A4"]).landscape


@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_the_layout_draws_the_frame_where_the_evidence_goes(paper: str, tmp_path: Path) -> None:
    laid = lay_out_packet(view_of(tmp_path, [SHEETS[0], SHEETS[3]]), (), paper, "poe-pack")
    framed = frames_by_page(laid)
    assert len(framed) == 2 * 7
    for place, sheet in framed:
        (box,) = (
            box
            for box in laid.document.pages[place]._page_box.descendants()
            if box.element is not None and box.element.get("class") == "x-frame"
        )
        assert sheet.frame is not None
        drawn = [box.position_x + box.margin_left, box.position_y, box.border_width(), box.border_height()]
        wanted = [sheet.frame.left, sheet.frame.top, sheet.frame.width, sheet.frame.height]
        assert [length * 25.4 / 96 for length in drawn] == pytest.approx(wanted, abs=0.02)


def test_the_form_is_drawn_into_the_frame(built: Built) -> None:
    frame = frame_for(Page(595.28, 841.89), PAPERS["A4"])
    with pikepdf.open(built.packet) as pdf:
        page = next(page for page in pdf.pages if "/PoeExhibit" in page.obj.Resources.get("/XObject", {}))
        matrix = next(
            [float(number) for number in instruction.operands]
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == "cm"
        )
    assert matrix == pytest.approx(frame.matrix(841.89), abs=0.05)
    assert matrix[5] == pytest.approx(841.89 - (HEAD + frame.height) * MM, abs=0.1)


def test_tags_go_on_after_z() -> None:
    assert [tag_of(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("event_photo", "event-photo"),
        ("Göteborg 2026/1", "Goteborg-2026-1"),
        ("../..", ""),
        ("日本", ""),
        ("a" * 60, "a" * 40),
    ],
)
def test_upload_names_are_plain(text: str, name: str) -> None:
    assert slug(text) == name
