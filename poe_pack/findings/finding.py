"""One fault at one place. Text is made by the views, from `message` and `values`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from poe_pack.findings.position import Position
from poe_pack.findings.severity import Severity


class Edit(Struct, frozen=True):
    """Replace the text of `position` by `text`."""

    position: Position
    text: str


class Fix(Struct, frozen=True):
    """A mend as edits of the text. `title` is a message key; a safe one cannot change a meaning."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]

    def after_mark(self) -> Fix:
        """The same fix in the same text behind a byte order mark."""
        return replace(self, edits=tuple(Edit(edit.position.after_mark(), edit.text) for edit in self.edits))


class Related(Struct, frozen=True):
    """Another place that explains the finding."""

    file: str
    position: Position
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


class JudgedBy(Struct, frozen=True):
    """The rulebook value behind a finding: the date it was looked up for, and where it is written."""

    as_of: date
    title: str
    href: str | None


class Waived(Struct, frozen=True):
    """Who set a finding aside, why and until when."""

    reason: str
    approved_by: str
    until: date


class Finding(Struct, frozen=True):
    """One fault at one place.

    `file` is a POSIX path relative to the git root (outside git: to `poe.yaml`); `path` is a JSON pointer into
    the document; `document` is the document's id, `owner` that of the partner in whose folder below the repository's
    it lies, since two partners may give documents of theirs one id; `message` is a key of the message catalogue,
    filled from `values` (text, int, Decimal, date, Money, or a tuple of text).
    """

    code: str
    name: str
    severity: Severity
    message: str
    values: Mapping[str, Any]
    file: str
    position: Position
    path: str
    document: str
    stable_path: str = ""
    owner: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    judged_by: JudgedBy | None = None
    waived: Waived | None = None

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """File, line, column, code, path: the order of every output; within it rules keep their own."""
        return (self.file, self.position.line, self.position.column, self.code, self.path)

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that stay the same when lines move: code, partner, document, path by key, values."""
        # Not the line: it moves with every edit above it, and where it tells things apart the path does, too. Nor how
        # many days it is to a last day, which the next morning would make another finding of it.
        values = {key: _stable(value) for key, value in sorted(self.values.items()) if key not in ("line", "days")}
        document = f"{self.owner}/{self.document}" if self.owner else self.document
        what = [self.code, document, self.stable_path or self.path, self.message, values]
        text = json.dumps(what, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _stable(value: object) -> str:
    """Text of a value; names in several languages give their English one, so that a translation changes nothing."""
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
