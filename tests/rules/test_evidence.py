"""Findings on evidence say which source judged them and which other place explains them."""

from __future__ import annotations

from pathlib import Path

import pytest

from poe_pack.findings import Finding
from poe_pack.validation.validate import validate
from tests.rules.contexts import book
from tests.rules.harness import all_cases, build

# Of telemarketing, evidence, core elements and figures were read elsewhere than what the newest version adds.
SOURCES = {
    ("POE510-bad-no-piece-no-element-in-it", "POE510"): "core-2020-08",
    ("POE512-bad-nothing-to-look-at", "POE512"): "training-2015",
    ("POE514-bad-no-channel-in-a-draft", "POE514"): "core-2020-08",
    ("POE515-bad-only-listed", "POE515"): "guidebook-fy21",
    ("POE515-bad-more-than-could-be-read", "POE515.truncated"): "americas-2023-10",
    ("POE520-bad-no-figures-of-calls", "POE520"): "core-2020-08",
    ("POE530-bad-in-no-document-at-all", "POE530"): "core-2020-08",
    ("POE531-bad-misspelt-tactic", "POE531"): "core-2020-08",
    ("POE531-bad-no-tactics", "POE531.missing"): "core-2020-08",
    ("POE531-bad-one-tactic-is-few", "POE531.few"): "inferred",
    ("POE540-bad-only-a-warning-where-the-source-is-silent", "POE540"): "core-2019-04-reading",
    ("POE541-bad-brand-only-in-a-leaflet", "POE541"): "core-2020-08",
    ("POE542-bad-claimed-whole", "POE542"): "core-2020-08",
    ("POE545-bad-nobody-looked", "POE545"): "guidebook-fy16",
}

RELATED = {
    ("POE521-bad-more-came-than-registered", "POE521"): "{registered_guest_count: 118",
    ("POE521-bad-another-reach-in-the-form", "POE521.field"): "estimated_impressions: 1840",
    ("POE542-bad-a-cent-above", "POE542"): 'share: "0.6"',
    ("POE542-bad-a-share-beside-microsoft-alone", "POE542.contradicts"): "shows: [full_microsoft_focus]",
}


def first(id: str, message: str, root: Path) -> Finding:
    """The first finding with that message of a case."""
    (case,) = [case for case in all_cases() if case.id == id]
    build(case.data, root)
    return next(finding for finding in validate(case.options(root)).findings if finding.message == message)


@pytest.mark.parametrize(("case", "source"), SOURCES.items(), ids=lambda value: value[0])
def test_a_finding_says_where_it_was_read(case: tuple[str, str], source: str, tmp_path: Path) -> None:
    judged_by = first(*case, tmp_path).judged_by
    assert judged_by is not None
    assert judged_by.title == book().sources[source].title


@pytest.mark.parametrize(("case", "text"), RELATED.items(), ids=lambda value: value[0])
def test_a_finding_shows_the_other_place(case: tuple[str, str], text: str, tmp_path: Path) -> None:
    finding = first(*case, tmp_path)
    (related,) = finding.related
    line = (tmp_path / related.file).read_text(encoding="utf-8").splitlines()[related.position.line - 1]
    value = text.partition(": ")[2]
    assert text in line
    assert line[related.position.column - 1 :].startswith(value.rstrip("}"))
