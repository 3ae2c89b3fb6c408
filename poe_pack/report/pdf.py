"""The status on paper: figures, funds and deadlines on the first page, then all claims and all findings."""

from __future__ import annotations

from poe_pack.languages.formats import LocaleFormat
from poe_pack.printing import environment, lay_out, pdf_bytes
from poe_pack.printing.fonts import covered
from poe_pack.report.facts import StatusFacts
from poe_pack.report.view import Limits, view_of
from poe_pack.validation.state import State, Turn

_SUBSTITUTE = "□"
_SHEETS = {
    "A4": ("look/print.css", "report/print.css"),
    "letter": ("look/print.css", "report/print.css", "report/letter.css"),
}
_TEXT_HEIGHT = {"A4": 262, "letter": 248}

# Heights in millimetres on the first page: of its fixed parts, and of what grows with the facts.
_FIXED, _DEADLINES, _FIGURES, _FUND_HEAD, _FUND, _OWNER = 62, 52, 17, 17, 11, 8
_ROW, _ROW_WITH_PARTNER = 6, 9.75
_FEWEST = 8


def render_pdf(facts: StatusFacts, *, language: str = "en", paper: str = "A4") -> bytes:
    """The report as PDF. Its dates come from the facts, so that the same facts give the same bytes.

    A character that no bundled font can draw is printed as an empty box, and the report says so: one name must not
    keep a whole report from being printed.
    """
    html, absent = _drawable(_html(facts, language, paper, glyphs_missing=False))
    if absent:
        html, _ = _drawable(_html(facts, language, paper, glyphs_missing=True))
    return pdf_bytes(lay_out(html, _SHEETS[paper], paper))


def _html(facts: StatusFacts, language: str, paper: str, *, glyphs_missing: bool) -> str:
    speech = LocaleFormat(language)
    names = {
        **view_of(facts, speech, _limits(facts, paper)),
        "states": [state for state in State if any(row.state is state and row.turn for row in facts.claims)],
        "glyphs_missing": glyphs_missing,
        "axis_size": "9.7",
        "axis_base": "10",
        "hair": "0.55",
    }
    return environment(language, paper).get_template("report/status.html").render(names)


def _limits(facts: StatusFacts, paper: str) -> Limits:
    """As many claims by deadline as the first page has room for; two thirds of it are for our own turn.

    Where hardly any would fit, they get a page of their own.
    """
    height = _ROW_WITH_PARTNER if facts.has_several_partners else _ROW
    room = int((_TEXT_HEIGHT[paper] - _height_above(facts) - _DEADLINES) / height)
    ours, theirs = len(facts.on_turn(Turn.PARTNER)), len(facts.on_turn(Turn.VENDOR))
    own_page = room < min(_FEWEST, ours + theirs)
    if own_page:
        room = int((_TEXT_HEIGHT[paper] - _DEADLINES) / height)
    partner = max(room * 2 // 3, room - theirs)
    return Limits(partner, max(room - min(partner, ours), 0), own_page)


def _height_above(facts: StatusFacts) -> int:
    """Estimated height in millimetres of all that stands above the claims by deadline."""
    owners = {(row.currency, row.partner) for row in facts.funds} if facts.has_several_partners else ()
    return (
        _FIXED
        + _FIGURES * (len(facts.headlines) - 1)
        + _FUND_HEAD * len({row.currency for row in facts.funds})
        + _OWNER * len(owners)
        + _FUND * len(facts.funds)
    )


def _drawable(html: str) -> tuple[str, bool]:
    """The text with every character that has a glyph, the others replaced, and whether there were any."""
    points = covered()
    absent = {ord(character) for character in html} - points - {0x0A, 0x0D, 0x09}
    return html.translate(dict.fromkeys(absent, _SUBSTITUTE)), bool(absent)
