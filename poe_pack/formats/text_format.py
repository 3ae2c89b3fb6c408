"""Findings for people: document by document, with the place, the line itself, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from poe_pack.findings import Finding, Severity
from poe_pack.formats.excerpt import Excerpts
from poe_pack.formats.terminal import Paint
from poe_pack.formats.words import hint_of, message_of
from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.baseline import Entry
from poe_pack.validation.verdict import Verdict


def render(result: Verdict, *, color: bool = False, verbose: bool = False, language: str = "en") -> str:
    """Text that ends in a line feed. Infos are counted, and shown only with `verbose`."""
    words, paint, excerpts = catalogue(language), Paint(color), Excerpts(result.base)
    shown = [finding for finding in result.findings if verbose or finding.severity is not Severity.INFO]
    lines: list[str] = []
    for _, findings in groupby(shown, key=lambda finding: finding.file):
        for finding in findings:
            lines += _finding(finding, words, paint, excerpts)
        lines.append("")
    if result.baseline is not None and result.baseline.fixed:
        lines += [*(_fixed(entry, words) for entry in result.baseline.fixed), ""]
    lines += _summary(result, words)
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, words: Catalogue, paint: Paint, excerpts: Excerpts) -> Iterator[str]:
    line, column, _, _ = finding.position
    place = paint("strong", visible(f"{finding.file}:{line}:{column}:"))
    severity = paint(finding.severity.value, words.text(f"severity.{finding.severity.value}"))
    name = paint("faint", f"({finding.name})")
    yield f"{place} {severity} {finding.code} {visible(message_of(finding, words))} {name}"
    excerpt = excerpts.at(finding.file, finding.position)
    gutter = " " * 4
    if excerpt is not None:
        gutter = " " * max(4, len(str(excerpt.number)))
        yield f"  {paint('faint', f'{excerpt.number:>{len(gutter)}} |')} {excerpt.text}"
        blank, carets = excerpt.marks.rstrip("^"), excerpt.marks.lstrip()
        yield f"  {paint('faint', f'{gutter} |')} {blank}{paint(finding.severity.value, carets)}"
    hint = hint_of(finding, words)
    if hint:
        yield paint("faint", f"  {gutter} = {visible(hint)}")
    for other in finding.related:
        where = f"{other.file}:{other.position.line}:{other.position.column}"
        yield paint("faint", f"  {gutter} = {visible(words.fill(other.message, other.values))} {visible(where)}")


def _fixed(entry: Entry, words: Catalogue) -> str:
    return f"{visible(entry.file)}: {words.text('baseline.fixed')}: {entry.code} ({entry.name})"


def _summary(result: Verdict, words: Catalogue) -> Iterator[str]:
    counts = [
        words.text(f"summary.{severity.value}", count=result.count(severity))
        for severity in (Severity.ERROR, Severity.WARNING, Severity.OPEN, Severity.INFO)
        if result.count(severity) or severity is Severity.ERROR
    ]
    if result.waived:
        counts.append(words.text("summary.waived", count=len(result.waived)))
    if result.baseline is not None:
        counts.append(words.text("summary.known", count=len(result.known)))
        counts.append(words.text("summary.fixed", count=len(result.baseline.fixed)))
    if result.rules_off:
        counts.append(words.text("summary.rules_off", count=len(result.rules_off)))
    yield f"{_checked(result, words)}: {', '.join(counts)}"
    if result.policy_from is not None:
        key = "summary.policy_from" if result.baseline is None else "summary.policy_from.baseline"
        stamp = result.policy_from
        yield words.text(key, revision=visible(stamp.revision), commit=stamp.commit[:12])
    if result.settled:
        yield words.text("summary.settled", count=result.settled)
    if result.history_not_checked is not None:
        yield words.text(f"summary.history.{result.history_not_checked}")
    yield _next(result, words)


def _checked(result: Verdict, words: Catalogue) -> str:
    """How many claims there are, and which findings are shown where that is not all of them."""
    claims = words.text("summary.claims", count=result.claim_count)
    places = visible(", ".join(result.shown_below))
    if result.shown_since is not None:
        key = "summary.shown_since_below" if places else "summary.shown_since"
        return words.text(key, claims=claims, places=places, revision=visible(result.shown_since))
    if places:
        return words.text("summary.shown_below", claims=claims, places=places)
    return words.text("summary.shown_staged", claims=claims) if result.shown_staged else claims


def _next(result: Verdict, words: Catalogue) -> str:
    """The one thing to do next."""
    grave = [f for f in result.findings if f.severity in (Severity.ERROR, Severity.WARNING)]
    if grave:
        return words.text("summary.next.explain", code=grave[0].code)
    if result.count(Severity.OPEN):
        return words.text("summary.next.open")
    if result.baseline is not None and result.baseline.fixed:
        return words.text("summary.next.baseline")
    if not result.claim_count:
        return words.text("summary.next.new")
    return words.text("summary.next.status")
