"""GitLab's Code Quality report: findings stand in a merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from poe_pack.formats.words import message_of
from poe_pack.languages import catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.verdict import Verdict

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info", "open": "info"}


def render(result: Verdict, **_: object) -> str:
    """A JSON list of issues. Messages are English."""
    words = catalogue("en")
    seen: Counter[str] = Counter()
    issues = []
    for finding in result.findings:
        seen[finding.fingerprint] += 1
        issue = {
            "description": f"{finding.code} {visible(message_of(finding, words))}",
            "check_name": finding.name,
            "fingerprint": _unique(finding.fingerprint, seen[finding.fingerprint]),
            "severity": _SEVERITIES[finding.severity.value],
            "location": {"path": finding.file, "lines": {"begin": finding.position.line}},
        }
        issues.append(issue)
    return json.dumps(issues, indent=2) + "\n"


def _unique(fingerprint: str, time: int) -> str:
    """GitLab drops a second issue with the same fingerprint."""
    return fingerprint if time == 1 else hashlib.sha256(f"{fingerprint} {time}".encode()).hexdigest()[:16]
