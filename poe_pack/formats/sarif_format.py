"""SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from __future__ import annotations

import inspect
import json
import re
from typing import Any
from urllib.parse import quote

from poe_pack import __version__
from poe_pack.documents.fault import Code
from poe_pack.findings import NOWHERE, Finding, Position, Related
from poe_pack.formats.words import hint_of, message_of
from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.baseline import Entry
from poe_pack.validation.codes import all_codes
from poe_pack.validation.verdict import Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note", "open": "note"}
_BASE = "REPOSITORY"
_BASE_IS = "The root of the git repository; outside git the folder of poe.yaml."
_LINK = re.compile(r"https://[^\s<>()\"'`,]+[^\s<>()\"'`,.]")


def render(result: Verdict, **_: object) -> str:
    """One run as JSON; waived and known findings are suppressed results. Messages are English."""
    words = catalogue("en")
    codes = all_codes()
    indexes = {code.code: index for index, code in enumerate(codes)}
    findings = sorted((*result.findings, *result.waived, *result.known), key=lambda finding: finding.order)
    results = [_result(finding, indexes[finding.code], words) for finding in findings]
    if result.baseline is not None:
        known = {id(finding) for finding in result.known}
        for finding, made in zip(findings, results, strict=True):
            seen = finding.waived is not None and finding.fingerprint in result.baseline.seen
            made["baselineState"] = "unchanged" if seen or id(finding) in known else "new"
            if id(finding) in known:
                made["suppressions"] = [_known(words)]
        results += [_absent(entry, indexes, words) for entry in result.baseline.fixed]
    run = {
        "tool": {"driver": {"name": "poe-pack", "version": __version__, "rules": [_rule(code) for code in codes]}},
        "invocations": [{"executionSuccessful": True, **_switched_off(result, indexes), **_policy(result)}],
        "originalUriBaseIds": {_BASE: {"description": {"text": _BASE_IS}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: Code) -> dict[str, Any]:
    doc = inspect.cleandoc(code.doc)
    link = _LINK.search(doc.partition("## Source")[2])
    return {
        "id": code.code,
        "name": code.name,
        "shortDescription": {"text": code.summary},
        "help": {"text": doc.replace("## ", ""), "markdown": doc},
        **({"helpUri": link[0]} if link is not None else {}),
        "defaultConfiguration": {"level": _LEVELS[code.severity.value]},
    }


def _switched_off(result: Verdict, indexes: dict[str, int]) -> dict[str, Any]:
    """The rules that `poe.yaml` switches off, each with its reason."""
    off = [
        {
            "descriptor": {"id": rule.code, "index": indexes[rule.code]},
            "configuration": {"enabled": False},
            "properties": {"reason": visible(rule.reason)},
        }
        for rule in result.rules_off
    ]
    return {"ruleConfigurationOverrides": off} if off else {}


def _policy(result: Verdict) -> dict[str, Any]:
    """Which revision judged."""
    policy = result.policy_from
    if policy is None:
        return {}
    return {"properties": {"policyFrom": {"revision": visible(policy.revision), "commit": policy.commit}}}


def _known(words: Catalogue) -> dict[str, Any]:
    return {"kind": "external", "status": "accepted", "justification": words.text("baseline.known")}


def _absent(entry: Entry, indexes: dict[str, int], words: Catalogue) -> dict[str, Any]:
    """A result of the baseline that is found no more."""
    return {
        "ruleId": entry.code,
        "ruleIndex": indexes[entry.code],
        "level": _LEVELS[entry.severity.value],
        "message": {"text": words.text("baseline.fixed")},
        "locations": [{"physicalLocation": _place(entry.file, NOWHERE)}],
        "partialFingerprints": {"poePackFingerprint/v1": entry.fingerprint},
        "baselineState": "absent",
        "properties": {"severity": entry.severity.value, "document": visible(entry.document)},
    }


def _result(finding: Finding, index: int, words: Catalogue) -> dict[str, Any]:
    hint, judged, waived = visible(hint_of(finding, words)), finding.judged_by, finding.waived
    properties = {"severity": finding.severity.value, "document": visible(finding.document)}
    if hint:
        properties["hint"] = hint
    if judged is not None:
        properties |= {"judgedAsOf": judged.as_of.isoformat(), "source": visible(judged.title)}
    made: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity.value],
        "message": {"text": visible(message_of(finding, words))},
        "locations": [{"physicalLocation": _place(finding.file, finding.position)}],
        "partialFingerprints": {"poePackFingerprint/v1": finding.fingerprint},
        "properties": properties,
    }
    if finding.related:
        made["relatedLocations"] = [_related(number, it, words) for number, it in enumerate(finding.related)]
    if waived is not None:
        why = f"{visible(waived.reason)} (until {waived.until.isoformat()})"
        made["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": why}]
    return made


def _related(number: int, place: Related, words: Catalogue) -> dict[str, Any]:
    message = {"text": visible(words.fill(place.message, place.values))}
    return {"id": number, "physicalLocation": _place(place.file, place.position), "message": message}


def _place(file: str, position: Position) -> dict[str, Any]:
    """A file relative to the base, as a URI; a fault of a file as a whole has no region."""
    # A name on disk that is not UTF-8 keeps its bytes; no other lone surrogate can be in one.
    name = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", file)
    uri = quote(name, safe="/", errors="surrogateescape")
    made: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": _BASE}}
    if position != NOWHERE:
        line, column, end_line, end_column = position
        made["region"] = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return made
