"""Cases of rules: one YAML file each, an edit of one small repository and the findings that it must give.

A case lies in `tests/rules/<CODE>/{good,bad}/<what-it-shows>.yaml` and may say:

    base:     an example to start from instead of tests/rules/base, such as huawei-cloud-mdf
    edits:    [{file, replace: text that occurs once, with: new text}], or {file, mark: text that occurs once},
              or {file, cut: [first text, text after the end], with: new text or nothing}
    files:    {path: text}, or {path: {text, encoding, times, padding}}: another encoding, the text repeated, or a
              comment that brings it to so many characters
    remove:   [path]
    links:    {path: target}
    lock:     {claim's folder: {without: [path], add: text}}: SHA256SUMS of its evidence as it would be without the key
              `evidence`, with lines left out and more added; in documents of the folder, @sums@ stands for its digest
    evidence: {path: pdf | png | low-png | narrow-png | two-page-pdf | locked-pdf | damaged-pdf | script-pdf |
              files-pdf | script-and-file-pdf | macro-docx}, or
              {path: [line, …]} for a PDF with these lines of text, in which " | " parts columns, or
              {path: {taken: day}} for a photo (JPEG) on which the camera wrote that day
    untracked: [path]; with this, git knows every other file
    switched_off: [code]
    as_of:    day (2026-11-21 unless said)
    for:      submission
    deep:     true, to open the evidence files
    day:      [code]: rules of OF_THE_DAY that speak, too; without this only the one that the case is filed under
    earlier:  [[edits], …]: what the repository looked like in each commit before, the last of which stays HEAD
    compared: [text that the checklist of a claim gives for something that was compared]
    expect:   [{code, severity, message, says, hint, at, source, see}]

In `with`, `mark` and new texts, « and » enclose the place of a finding and are taken out before the file is written.
The marks pair with `expect` in their order; a mark around nothing gives the start of what ends on the same line. `at:
[file, line, column]` stands in where a mark cannot. `message` is the message's key where it is not the code itself,
`says` a part of the text that people read, `hint` of what to do, `source` of what it was judged by (day, title and
address), `see` the other places that it names, as file:line. `switched_off` adds to what `poe.yaml` switches off. A
good case expects nothing; a bad one exactly what it lists, infos and waivers included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from poe_pack.documents.schema import KINDS
from poe_pack.documents.schema_files import load_schema
from poe_pack.findings import Finding
from poe_pack.formats.words import hint_of, message_of
from poe_pack.languages import catalogue
from poe_pack.validation.options import Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate
from tests.rules.building import EXAMPLES, FOLDER, Place, base, build, write, written
from tests.rules.evidence_files import pdf, png

# What is written needs nothing of poe_pack; who asks for cases finds all of it here.
__all__ = ["EXAMPLES", "FOLDER", "Place", "base", "build", "pdf", "png", "write"]

AS_OF = date(2026, 11, 21)

# What these say follows from the day alone, and of the base some of them would say it on most days.
OF_THE_DAY = ("POE703", "POE704", "POE706", "POE707")

_KEYS = {
    "base",
    "edits",
    "files",
    "remove",
    "links",
    "untracked",
    "evidence",
    "lock",
    "switched_off",
    "as_of",
    "for",
    "deep",
    "day",
    "earlier",
    "compared",
    "expect",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a case must give."""

    code: str
    severity: str
    message: str
    says: str
    at: Place | None
    source: str = ""
    see: tuple[str, ...] | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One case file."""

    id: str
    code: str
    is_good: bool
    data: Mapping[str, Any] = field(repr=False)

    @property
    def expected(self) -> tuple[Expected, ...]:
        return tuple(_expected(entry) for entry in self.data.get("expect", []))

    def options(self, root: Path, **more: Any) -> Options:
        """How this case is validated; `more` replaces."""
        how: dict[str, Any] = {
            "as_of": date.fromisoformat(str(self.data.get("as_of", AS_OF))),
            "for_submission": self.data.get("for") == "submission",
            "deep": bool(self.data.get("deep")),
            "ignore": tuple(code for code in OF_THE_DAY if code not in (self.code, *self.data.get("day", ()))),
        }
        return Options((root,), **(how | more))


def _expected(entry: Mapping[str, Any]) -> Expected:
    assert set(entry) <= {"code", "severity", "message", "says", "hint", "at", "source", "see"}, (
        f"unknown key in {entry}"
    )
    at = None
    if "at" in entry:
        file, line, column = entry["at"]
        at = Place(file, (line, column), None)
    message, says, source = entry.get("message", entry["code"]), entry.get("says", ""), entry.get("source", "")
    see = tuple(entry["see"]) if "see" in entry else None
    return Expected(entry["code"], entry["severity"], message, says, at, source, see, entry.get("hint", ""))


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case there is, by its path."""
    return tuple(_case(file, data) for file, data in written())


def _case(file: Path, data: Mapping[str, Any]) -> Case:
    kind, code = file.parent.name, file.parent.parent.name
    id = f"{code}-{kind}-{file.stem}"
    assert set(data) <= _KEYS, f"{id}: unknown key among {sorted(data)}"
    assert bool(data.get("expect")) == (kind == "bad"), f"{id}: bad cases expect findings, good ones none"
    return Case(id, code, kind == "good", data)


def check(case: Case, root: Path) -> Result:
    """Build a case, validate it and compare what comes out with what is expected."""
    places = iter(build(case.data, root))
    expected = [(wanted, wanted.at or next(places, None)) for wanted in case.expected]
    assert next(places, None) is None, "there are more marks than expected findings"
    result = validate(case.options(root))
    compare(expected, result, root)
    said = [item.compared for claim in result.claims for item in claim.checklist]
    compared = {catalogue().say(words) for words in said}
    none = [words for words in said if not all(words.values.get(key, True) for key in ("count", "totals"))]
    assert not none, f"nothing was compared, and yet a checklist says so: {none}"
    assert set(case.data.get("compared", ())) <= compared, f"the checklists say {sorted(compared)}"
    return result


def compare(expected: list[tuple[Expected, Place | None]], result: Result, root: Path) -> None:
    """Assert that the findings of a result are exactly these."""
    found = [(finding, place_of(finding, result, root)) for finding in result.findings]
    told = "\n".join(tell(finding, place) for finding, place in found)
    for wanted, place in expected:
        assert place is not None, f"no mark says where {wanted.code} is expected; found:\n{told}"
        match = next((pair for pair in found if _fits(*pair, wanted, place) and _explains(pair[0], wanted)), None)
        assert match is not None, f"expected {wanted} at {place}; left:\n{told}"
        found.remove(match)
    assert not found, f"besides, there are:\n{told}"


def _fits(finding: Finding, found: Place, wanted: Expected, place: Place) -> bool:
    return (
        (finding.code, finding.severity.value, finding.message) == (wanted.code, wanted.severity, wanted.message)
        and (found.file, found.start) == (place.file, place.start)
        and (found.end == place.end if place.end is not None else found.end is None or found.end[0] == found.start[0])
        and wanted.says in message_of(finding, catalogue())
    )


def _explains(finding: Finding, wanted: Expected) -> bool:
    """Whether a finding says what to do, what it was judged by, and where else to look."""
    by = finding.judged_by
    source = "" if by is None else f"{by.as_of} {by.title} {by.href or ''}"
    see = tuple(f"{related.file}:{related.position.line}" for related in finding.related)
    advises = wanted.hint in hint_of(finding, catalogue())
    return advises and wanted.source in source and wanted.see in (None, see)


def place_of(finding: Finding, result: Result, root: Path) -> Place:
    """Where a finding is, its file relative to the root."""
    line, column, end_line, end_column = finding.position
    file = (result.base / finding.file).relative_to(root).as_posix()
    return Place(file, (line, column), (end_line, end_column))


def tell(finding: Finding, place: Place) -> str:
    """A finding on one line, as a person reads it. Fails where a text lacks a value, a hint or a path that can be."""
    words = catalogue()
    first = finding.path.split("/")[1] if finding.path else ""
    assert finding.code < "POE200" or first in ("", *fields()), f"no document has {finding.path}"
    hint = hint_of(finding, words)
    assert hint, f"{finding.message} has no hint"
    nearest, expected = finding.values.get("nearest"), finding.values.get("expected")
    assert not nearest or not expected or nearest in expected, f"{nearest} may be meant, but nobody expects it"
    severity, text = finding.severity.value, message_of(finding, words)
    return f"{place} {severity} {finding.code} ({finding.message}) {text} / {hint}"


@cache
def fields() -> frozenset[str]:
    """Keys that some kind of document has."""
    return frozenset(key for kind in KINDS for key in load_schema(kind).get("properties", ()))
