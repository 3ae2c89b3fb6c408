"""Findings for people: grouped by document, with the place, what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from poe_pack.findings import Finding, Severity
from poe_pack.formats.terminal import Paint, plain
from poe_pack.formats.words import hint_of, message_of
from poe_pack.languages import Catalogue, catalogue
from poe_pack.validation.result import Result


def render(result: Result, *, color: bool = False, verbose: bool = False, language: str = "en") -> str:
    """Text that ends in a line feed. Infos are counted, and shown only with `verbose`."""
    words, paint = catalogue(language), Paint(color)
    shown = [finding for finding in result.findings if verbose or finding.severity is not Severity.INFO]
    lines: list[str] = []
    for file, findings in groupby(shown, key=lambda finding: finding.file):
        lines += [paint("strong", plain(file))]
        for finding in findings:
            lines += _finding(finding, words, paint)
        lines.append("")
    lines += _summary(result, words)
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, words: Catalogue, paint: Paint) -> Iterator[str]:
    line, column, _, _ = finding.position
    place = f"{finding.file}:{line}:{column}:"
    severity = paint(finding.severity.value, words.text(f"severity.{finding.severity.value}"))
    yield f"  {plain(place)} {severity} {finding.code} {plain(message_of(finding, words))}"
    hint = hint_of(finding, words)
    if hint:
        yield paint("faint", f"      {plain(hint)}")
    for other in finding.related:
        where = f"{other.file}:{other.position.line}:{other.position.column}"
        yield paint("faint", f"      {plain(words.fill(other.message, other.values))} {plain(where)}")


def _summary(result: Result, words: Catalogue) -> Iterator[str]:
    claims = result.claim_count
    counts = [
        words.text(f"summary.{severity.value}", count=result.count(severity))
        for severity in (Severity.ERROR, Severity.WARNING, Severity.OPEN, Severity.INFO)
        if result.count(severity) or severity is Severity.ERROR
    ]
    if result.waived:
        counts.append(words.text("summary.waived", count=len(result.waived)))
    if result.rules_off:
        counts.append(words.text("summary.rules_off", count=len(result.rules_off)))
    yield f"{words.text('summary.claims', count=claims)}: {', '.join(counts)}"
    yield _next(result, words)


def _next(result: Result, words: Catalogue) -> str:
    """The one thing to do next."""
    grave = [f for f in result.findings if f.severity in (Severity.ERROR, Severity.WARNING)]
    if grave:
        return words.text("summary.next.explain", code=grave[0].code)
    if result.count(Severity.OPEN):
        return words.text("summary.next.open")
    return words.text("summary.next.status")
