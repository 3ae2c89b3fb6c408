"""Findings as people read them: grouped by document, each with its place, what is wrong and how to mend it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from poe_pack.findings import Finding, JudgedBy, Position, Related, Severity
from poe_pack.formats import NAMES, formatter
from poe_pack.formats.text_format import render
from poe_pack.languages import catalogue
from poe_pack.validation.options import Options
from poe_pack.validation.result import Result
from poe_pack.validation.validate import validate
from tests.cli.house import House, assert_harmless, make_house
from tests.formats.test_terminal import ANY_TEXT
from tests.report.samples import whole

AS_OF = date(2026, 11, 21)
_EMPTY = whole()
_HEAD = re.compile(
    r"(?P<file>\S.*?):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|info|open) (?P<code>POE\d{3}) "
    r"(?P<message>.+) \((?P<name>[a-z0-9-]+)\)"
)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Errors, a warning, open items, an info and a waived finding, in several documents."""
    house = make_house(tmp_path_factory.mktemp("formats") / "house")
    _fill(house)
    return validate(Options((house.root,), as_of=AS_OF))


def _fill(house: House) -> None:
    waiver = "{rule: POE302, reason: Moved, approved_by: f@n.example, until: '%s'}"
    late = 'date: "2026-11-13"\n'
    house.bad("b-bad")
    house.draft("c-draft")
    house.claim("d-waived", (late, f'waivers: [{waiver % "2026-12-31"}]\ndate: "2027-01-13"\n'))
    house.claim("e-expired", (late, f'waivers: [{waiver % "2026-01-31"}]\ndate: "2027-01-13"\n'))
    house.claim("f-typo", ("estimated_impressions:", "estimated_impresions:"))
    house.claim("g-twice", ("id: g-twice\n", "id: b-bad\n"))
    house.claim("a-good")
    house.claim("h-elsewhere", ('location: "6071245"', 'location: "6071252"'))


def _findings(text: str) -> Iterator[re.Match[str]]:
    return (found for line in text.splitlines() if (found := _HEAD.fullmatch(line)))


def test_every_finding_has_place_severity_code_and_message(result: Result) -> None:
    shown = list(_findings(render(result, verbose=True)))
    assert len(shown) == len(result.findings) > 6
    for match, finding in zip(shown, result.findings, strict=True):
        assert match["file"] == finding.file
        assert (int(match["line"]), int(match["column"])) == finding.position[:2]
        assert (match["severity"], match["code"]) == (finding.severity.value, finding.code)
        assert match["name"] == finding.name
        assert "{" not in match["message"]
    assert {match["severity"] for match in shown} == {"error", "warning", "info", "open"}


def test_grouped_by_document_without_a_line_that_only_names_it(result: Result) -> None:
    groups = render(result, verbose=True).split("\n\n")
    named = [{match["file"] for match in _findings(group)} for group in groups[:-1]]
    assert named == [{file} for file in sorted({finding.file for finding in result.findings})]
    for group in groups[:-1]:
        assert all(_HEAD.fullmatch(line) or line.startswith("  ") for line in group.splitlines())


def test_each_hint_follows_its_finding(result: Result) -> None:
    words = catalogue("en")
    lines = render(result, verbose=True).splitlines()
    for number, line in enumerate(lines):
        if (match := _HEAD.fullmatch(line)) is not None:
            below = next(line for line in lines[number + 1 :] if "|" not in line)
            assert re.fullmatch(r"       = \S.*", below), match["code"]
    assert any(words.text("schema.unknown_key_near.hint", nearest="estimated_impressions") in line for line in lines)


def test_the_nearest_word_is_named_once(result: Result) -> None:
    text = render(result)
    line = next(line for line in text.splitlines() if "estimated_impresions" in line)
    assert line.count("'estimated_impressions'") == 1


def test_related_places_are_named(result: Result) -> None:
    lines = render(result).splitlines()
    (twice,) = [number for number, line in enumerate(lines) if "POE901" in line]
    assert any("b-bad/claim.yaml:2:5" in line for line in lines[twice : twice + 5])


def test_infos_are_hidden_but_counted(result: Result) -> None:
    quiet, verbose = render(result), render(result, verbose=True)
    assert " info POE" not in quiet
    assert " info POE602 " in verbose
    assert quiet.splitlines()[-2:] == verbose.splitlines()[-2:]
    infos = [finding.file for finding in result.findings if finding.severity is Severity.INFO]
    others = {finding.file for finding in result.findings if finding.severity is not Severity.INFO}
    assert all(f"{file}:" not in quiet for file in infos if file not in others)


def test_summary_counts_what_is_listed(result: Result) -> None:
    text = render(result, verbose=True)
    summary = text.splitlines()[-2]
    counts = {word.rstrip("s"): int(number) for number, word in re.findall(r"(\d+) (\w+)", summary)}
    shown = [match["severity"] for match in _findings(text)]
    for severity in ("error", "warning", "info", "open"):
        assert counts[severity] == shown.count(severity)
    assert counts["claim"] == len(result.claims)
    assert counts["waived"] == len(result.waived) == 1
    assert summary.startswith(f"{len(result.claims)} claims: ")


def _next_step(result: Result, *severities: Severity) -> str:
    kept = tuple(finding for finding in result.findings if finding.severity in severities)
    return render(replace(result, findings=kept)).splitlines()[-1]


def test_next_step_fits_what_was_found(result: Result) -> None:
    everything = _next_step(result, *Severity)
    assert everything.startswith("Next: 'poe-pack explain POE")
    first = next(f for f in result.findings if f.severity in (Severity.ERROR, Severity.WARNING))
    assert first.code in everything
    assert _next_step(result, Severity.WARNING).startswith("Next: 'poe-pack explain POE911'")
    assert "drafts may be committed" in _next_step(result, Severity.OPEN, Severity.INFO)
    assert "poe-pack packet" in _next_step(result, Severity.INFO)
    assert "poe-pack packet" in _next_step(result)


def test_nothing_found_is_two_lines(result: Result) -> None:
    text = render(replace(result, findings=(), waived=()))
    assert text.count("\n") == 2
    assert text.startswith(f"{len(result.claims)} claims: 0 errors\n")


def test_colour_only_wraps(result: Result) -> None:
    coloured = render(result, color=True, verbose=True)
    assert re.sub(r"\x1b\[[0-9;]+m", "", coloured) == render(result, verbose=True)
    assert coloured.count("\x1b[") == 2 * coloured.count("\x1b[0m")
    for line in coloured.splitlines():  # no colour runs over a line's end
        assert line.count("\x1b[0m") * 2 == line.count("\x1b[")


def test_every_format_ends_in_one_line_feed(result: Result) -> None:
    for name in NAMES:
        text = formatter(name)(result, color=False, verbose=True)
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


_TEXTS = ANY_TEXT.map(lambda text: text or "x")
_PLACES = st.builds(lambda line, column: Position(line, column, line, column), st.integers(1, 9), st.integers(1, 9))
_FILES = ANY_TEXT.map(lambda text: f"x{text}")
_HOSTILE = st.builds(
    lambda file, place, value, path, judged: Finding(
        code="POE902",
        name="id-differs-from-folder",
        severity=Severity.ERROR,
        message="POE902",
        values={"id": value, "folder": value, "nearest": value},
        file=file,
        position=place,
        path=f"/{path}",
        document=value,
        related=(Related(file, place, "schema.unknown_key", {"key": value}),),
        judged_by=JudgedBy(AS_OF, judged, None),
    ),
    _FILES,
    _PLACES,
    _TEXTS,
    _TEXTS,
    _TEXTS,
)


@given(st.lists(_HOSTILE, min_size=1, max_size=3))
def test_no_finding_steers_the_terminal(findings: list[Finding]) -> None:
    text = render(replace(_EMPTY, findings=tuple(findings)), verbose=True)
    assert_harmless(text.encode("utf-8"))
    assert len(list(_findings(text))) == len(findings)


@given(st.lists(_HOSTILE, min_size=1, max_size=3))
def test_json_holds_the_same_texts(findings: list[Finding]) -> None:
    text = formatter("json")(replace(_EMPTY, findings=tuple(findings)))
    read = json.loads(text.encode("utf-8", "backslashreplace"))
    assert sorted(finding["file"] for finding in read["findings"]) == sorted(finding.file for finding in findings)
