"""The status as one HTML file that asks nothing of anybody: fonts and styles are in it, and no script may run."""

from __future__ import annotations

from markupsafe import Markup

from poe_pack.languages.formats import LocaleFormat
from poe_pack.printing import environment, screen_page, style_sheet
from poe_pack.report.facts import StatusFacts
from poe_pack.report.view import Limits, view_of

_LIMITS = Limits(partner=16, vendor=8)


def render_page(facts: StatusFacts, *, language: str = "en") -> str:
    """The whole page as text. The same facts give the same text."""
    speech = LocaleFormat(language)
    names = {**view_of(facts, speech, _LIMITS), "axis_size": "12", "axis_base": "12", "hair": "1"}
    body = environment(language).get_template("report/index.html").render(names)
    css = f"{style_sheet('look/screen.css')}\n{style_sheet('report/screen.css')}"
    title = speech.text("report.title", fund=facts.fund)
    return screen_page(language=language, title=title, body=Markup(body), css=css)
