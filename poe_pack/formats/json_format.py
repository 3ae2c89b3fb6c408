"""The JSON contract: `schemas/result.schema.json`. Messages are English, whatever the reader's language."""

from __future__ import annotations

import json
from typing import Any

from poe_pack import __version__
from poe_pack.findings import Finding, Fix, JudgedBy, Position, Related, Severity
from poe_pack.formats.words import hint_of, message_of, pointer_of
from poe_pack.languages import Catalogue, catalogue
from poe_pack.validation.baseline import Entry
from poe_pack.validation.verdict import Verdict

SCHEMA_VERSION = 1


def render(result: Verdict, **_: object) -> str:
    """The whole result as JSON text that ends in a line feed."""
    words = catalogue("en")
    compared, policy = result.baseline, result.policy_from
    known = {id(finding) for finding in result.known}
    findings = sorted((*result.findings, *result.waived, *result.known), key=lambda finding: finding.order)
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "poe-pack", "version": __version__},
        "as_of": result.as_of.isoformat(),
        "rulebooks": [{"id": b.id, "version": b.version, "sha256": b.sha256} for b in result.rulebooks],
        "summary": {
            "claims": result.claim_count,
            "errors": result.count(Severity.ERROR),
            "warnings": result.count(Severity.WARNING),
            "infos": result.count(Severity.INFO),
            "open": result.count(Severity.OPEN),
            "waived": len(result.waived),
            "rules_off": [{"code": off.code, "reason": off.reason} for off in result.rules_off],
        },
        "findings": [_finding(finding, words) for finding in findings],
    }
    if policy is not None:
        data["policy_from"] = {"revision": policy.revision, "commit": policy.commit}
    if result.history_not_checked is not None:
        data["history_not_checked"] = result.history_not_checked
    if result.settled:
        data["summary"]["settled"] = result.settled
    if compared is not None:
        data["summary"]["baseline"] = {"known": len(known), "fixed": len(compared.fixed)}
        for finding, told in zip(findings, data["findings"], strict=True):
            told["baseline"] = id(finding) in known
        data["fixed"] = [_fixed(entry) for entry in compared.fixed]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _fixed(entry: Entry) -> dict[str, str]:
    return {
        "code": entry.code,
        "name": entry.name,
        "severity": entry.severity.value,
        "file": entry.file,
        "path": entry.path,
        "document": entry.document,
        "fingerprint": entry.fingerprint,
    }


def _finding(finding: Finding, words: Catalogue) -> dict[str, Any]:
    waived = finding.waived
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": message_of(finding, words),
        "hint": hint_of(finding, words),
        "file": finding.file,
        **_span(finding.position),
        "path": pointer_of(finding),
        "document": finding.document,
        "judged_by": _judged_by(finding.judged_by),
        "related": [_related(place, words) for place in finding.related],
        "fix": _fix(finding.fix, words),
        "fingerprint": finding.fingerprint,
        "waived": None
        if waived is None
        else {"reason": waived.reason, "approved_by": waived.approved_by, "until": waived.until.isoformat()},
    }


def _fix(fix: Fix | None, words: Catalogue) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{**_span(edit.position), "text": edit.text} for edit in fix.edits]
    return {"title": words.fill(fix.title, {}), "safe": fix.safe, "edits": edits}


def _span(position: Position) -> dict[str, int]:
    line, column, end_line, end_column = position
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _judged_by(judged: JudgedBy | None) -> dict[str, Any] | None:
    if judged is None:
        return None
    return {"as_of": judged.as_of.isoformat(), "source": {"title": judged.title, "href": judged.href}}


def _related(place: Related, words: Catalogue) -> dict[str, Any]:
    line, column, _, _ = place.position
    return {"file": place.file, "line": line, "column": column, "message": words.fill(place.message, place.values)}
