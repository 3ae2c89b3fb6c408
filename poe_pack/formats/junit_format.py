"""JUnit XML as Jenkins and most CI servers read it: a suite for each document, a case for its claim."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from xml.etree import ElementTree as ET

from poe_pack.findings import Finding, Severity
from poe_pack.formats.words import hint_of, line_of, message_of
from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.verdict import Verdict


def render(result: Verdict, **_: object) -> str:
    """Sound documents are cases that passed. A case fails by errors; all else is its output. Messages are English.

    Known findings are counted in the output of their case.
    """
    words = catalogue("en")
    found = {file: list(group) for file, group in groupby(result.findings, key=lambda finding: finding.file)}
    known = Counter(finding.file for finding in result.known)
    told = {finding.file: finding.document for finding in (*result.findings, *result.known)}
    documents = dict(result.documents) | told
    suites = [_suite(file, documents[file], found.get(file, []), known[file], words) for file in sorted(documents)]
    failed = sum(suite.get("failures") == "1" for suite in suites)
    root = ET.Element("testsuites", name="poe-pack", tests=str(len(suites)), failures=str(failed), errors="0")
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(file: str, document: str, findings: list[Finding], known: int, words: Catalogue) -> ET.Element:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    failures = str(min(1, len(errors)))
    suite = ET.Element("testsuite", name=visible(file), tests="1", failures=failures, errors="0", skipped="0")
    case = ET.SubElement(suite, "testcase", name=visible(document), classname=visible(file), time="0")
    if errors:  # one failure: readers show only the first of a case
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        message = visible(message_of(errors[0], words)) + more
        failure = ET.SubElement(case, "failure", type=errors[0].code, message=message)
        failure.text = "\n".join(f"{line_of(error, words)}\n  {visible(hint_of(error, words))}" for error in errors)
    rest = [line_of(finding, words) for finding in findings if finding.severity is not Severity.ERROR]
    if known:
        rest.append(words.text("baseline.known_here", count=known))
    if rest:
        ET.SubElement(case, "system-out").text = "\n".join(rest)
    return suite
