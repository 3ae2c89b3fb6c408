"""Workflow commands of GitHub Actions: findings stand at their line in a pull request.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from poe_pack.findings import Finding
from poe_pack.formats.words import hint_of, message_of
from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.validation.verdict import Verdict

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice", "open": "notice"}


def render(result: Verdict, **_: object) -> str:
    """A command for each finding; no text where nothing was found. Messages are English.

    Known findings are counted in a notice of their own.
    """
    words = catalogue("en")
    commands = [_command(finding, words) for finding in result.findings]
    if result.baseline is not None and (result.known or result.baseline.fixed):
        counts = words.text("summary.baseline", known=len(result.known), fixed=len(result.baseline.fixed))
        commands.append(f"::notice title=poe-pack::{escape_data(counts)}")
    return "".join(f"{command}\n" for command in commands)


def _command(finding: Finding, words: Catalogue) -> str:
    line, column, end_line, end_column = finding.position
    place: dict[str, object] = {"file": visible(finding.file), "line": line}
    if end_line == line:  # GitHub takes columns only within one line
        place |= {"col": column, "endLine": end_line, "endColumn": max(column, end_column)}
    else:
        place |= {"endLine": end_line}
    place["title"] = f"{finding.code} {finding.name}"
    lines = [visible(message_of(finding, words)), visible(hint_of(finding, words))]
    properties = ",".join(f"{name}={escape_property(str(value))}" for name, value in place.items())
    return f"::{_COMMANDS[finding.severity.value]} {properties}::{escape_data(chr(10).join(filter(None, lines)))}"


def escape_data(text: str) -> str:
    """A message as a workflow command takes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """A property's value as a workflow command takes it."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")
