"""Pages end where a reader would end them: what explains or closes a page never stands alone on the next."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from poe_pack.languages import Words
from poe_pack.languages.formats import LocaleFormat
from poe_pack.packet.pages import lay_out_packet
from poe_pack.packet.record import Digest
from poe_pack.packet.requirements import RequirementRow, requirements_of
from poe_pack.packet.room import room_of
from poe_pack.printing import PAPERS, pdf_bytes
from poe_pack.validation.result import CheckState
from tests.packet.samples import item, proof, sample, view_of

COUNTS = (1, 6, 8, 9, 10, 11, 12, 14, 24)


def page_with(pages: list[str], words: str) -> str:
    (found,) = [page for page in pages if words in page]
    return found


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("count", COUNTS)
def test_legend_and_origin_never_stand_alone(tmp_path: Path, count: int, paper: str) -> None:
    addresses = tuple(proof("landing_page", url=f"https://nordanvind.example/{n}") for n in range(count))
    view = view_of(tmp_path, proof_documents=addresses)
    files = tuple(Digest(f"file-{n}.pdf", 1000, "0" * 64) for n in range(3 * count))
    document = pypdfium2.PdfDocument(pdf_bytes(lay_out_packet(view, files, paper, "poe-pack").document))
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    assert "Submission rounds, waivers, payment" in page_with(pages, "Shapes used in this packet")
    assert f"file-{3 * count - 1}.pdf" in page_with(pages, "Made from")


@pytest.mark.parametrize("paper", PAPERS)
def test_lengths_are_foreseen(tmp_path: Path, paper: str) -> None:
    view = view_of(tmp_path)
    numbers = lay_out_packet(view, (), paper, "poe-pack").numbers
    starts = [numbers[section] for section in ("cover", "contents", "form", "cost", "requirements", "exhibit-a-1")]
    lengths = room_of(view, PAPERS[paper]).lengths
    foreseen = [lengths[section] for section in ("cover", "contents", "form", "cost", "requirements")]
    assert foreseen == [after - start for start, after in pairwise(starts)]


def row_of(base: Path, language: str, **changes: object) -> RequirementRow:
    _, made = sample(base)
    asked = item("Brand", CheckState.DECLARED, role="incentives_admin", on=date(2026, 10, 20))
    view = requirements_of(replace(made, checklist=(replace(asked, **changes),)), (), LocaleFormat(language))
    return view.groups[0][1][0]


def test_a_declaration_says_the_year_only_where_it_is_another(tmp_path: Path) -> None:
    assert row_of(tmp_path, "sv").rest[-1] == "20 okt."
    assert row_of(tmp_path, "en", on=date(2027, 1, 4)).rest[-1] == "4 Jan 2027"
    assert row_of(tmp_path, "en", state=CheckState.WAIVED).rest[-1] == "to 20 Oct 2026"


def test_a_long_role_follows_the_day(tmp_path: Path) -> None:
    long = "head.of.incentives.and.programmes@nordanvind.example"
    assert row_of(tmp_path, "en", role=long).rest == ("20 Oct", long)
    assert row_of(tmp_path, "en", role="cfo@nordanvind.example").rest == ("cfo@nordanvind.example", "20 Oct")


def test_a_span_of_days_is_said_as_the_language_says_one(tmp_path: Path) -> None:
    window = Words("POE701.compared", {"start": date(2026, 9, 1), "end": date(2026, 11, 30)})
    said = {language: row_of(tmp_path, language, compared=window).compared for language in ("en", "fr", "zh")}
    assert said == {
        "en": "1 Sep to 30 Nov 2026",
        "fr": "du 1er sept. au 30 nov. 2026",
        "zh": "2026年9月1日至11月30日",
    }


def test_an_address_that_meets_a_requirement_is_its_exhibit(tmp_path: Path) -> None:
    view = view_of(tmp_path)
    (address,) = [taken.exhibit for taken in view.exhibits if taken.exhibit.url]
    asked = item(address.name, CheckState.CHECKED)
    others = (item("Another thing", CheckState.CHECKED), item(address.name, CheckState.OPEN))
    made = replace(view.of, checklist=(asked, *others))
    rows = requirements_of(made, [taken.exhibit for taken in view.exhibits], view.speech).groups[0][1]
    assert [row.exhibits for row in rows] == [(address,), (), ()]
