"""What reading and schema checks report, and the codes they use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from poe_pack.findings import Edit, Fix, Position, Severity


class Code(Struct, frozen=True):
    """A finding's code with its documentation, in the same fixed sections as a rule's docstring."""

    code: str
    name: str
    severity: Severity
    doc: str

    @property
    def summary(self) -> str:
        """The first sentence of the documentation; headings do not count."""
        lines = (line.strip() for line in self.doc.strip().splitlines())
        text = " ".join(line for line in lines if line and not line.startswith("## "))
        return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]


class Fault(Struct, frozen=True):
    """A fault inside one document; `path` is the JSON pointer of what it concerns.

    `harmless` says that what the document means is certain all the same: rules may read it. `severity` replaces the
    code's own.
    """

    code: Code
    message: str
    position: Position
    path: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    related: tuple[tuple[Position, str], ...] = ()
    fix: Fix | None = None
    harmless: bool = False
    severity: Severity | None = None


# Behind a plain word libyaml passes over a line of blanks, or of a comment; behind quotation marks it refuses it.
_BLANK_WITH_TAB = re.compile(rb"[\r\n] *\t[ \t]*(?![^\r\n#])")


def quotable(raw: bytes, faults: list[Fault]) -> list[Fault]:
    """Faults without fixes that quote, where a line of blanks holds a tab: the text could not be read afterwards."""
    if b"\t" not in raw or _BLANK_WITH_TAB.search(raw) is None:
        return faults
    return [replace(f, fix=None) if f.fix is not None and f.fix.title.startswith("fix.quote") else f for f in faults]


def quoting(place: Position, title: str = "fix.quote") -> Fix:
    """The fix that puts a plain word into quotation marks, exactly as it is written."""
    line, column, end_line, end_column = place
    before = Edit(Position(line, column, line, column), '"')
    return Fix(title, True, (before, Edit(Position(end_line, end_column, end_line, end_column), '"')))
