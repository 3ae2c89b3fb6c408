"""One line for each finding, for editors and for `grep`."""

from __future__ import annotations

from poe_pack.formats.words import line_of
from poe_pack.languages import catalogue
from poe_pack.validation.verdict import Verdict


def render(result: Verdict, *, language: str = "en", **_: object) -> str:
    """Lines of `file:line:column: severity CODE message`; no text where nothing was found."""
    words = catalogue(language)
    return "".join(f"{line_of(finding, words)}\n" for finding in result.findings)
