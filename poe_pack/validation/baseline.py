"""A baseline: the findings of an earlier run. What is in it is known and stands no more; what is gone is fixed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from poe_pack.documents.files import read_start
from poe_pack.findings import Finding, Severity
from poe_pack.languages.visible import visible
from poe_pack.validation.options import ConfigurationError

MAX_BYTES = 64_000_000
_KEYS = ("code", "name", "severity", "file", "path", "document", "fingerprint", "waived")


class Entry(Struct, frozen=True):
    """A finding of the earlier run, as its JSON tells it."""

    code: str
    name: str
    severity: Severity
    file: str
    path: str
    document: str
    fingerprint: str


class Baseline(Struct, frozen=True):
    """`entries` stood in the earlier run, or were known to it. What was waived then is none: its waiver may run out.

    `seen` holds the fingerprints of all of them, waived ones too.
    """

    entries: tuple[Entry, ...]
    seen: frozenset[str]


class Compared(Struct, frozen=True):
    """What became of a baseline: `fixed` are the entries of which it can be said that they are found no more.

    `seen` holds the fingerprints of everything that the earlier run found.
    """

    fixed: tuple[Entry, ...]
    seen: frozenset[str]


def baseline_file(path: Path) -> Baseline:
    """Read a baseline from the disk. Raises ConfigurationError that says how to make a new one."""
    try:
        raw = read_start(path, MAX_BYTES + 1)
    except OSError as error:
        raise _bad(str(path), f"it cannot be read ({(error.strerror or 'no file').lower()})") from error
    return parse_baseline(raw, str(path))


def parse_baseline(raw: bytes, name: str, of: str = "") -> Baseline:
    """A baseline from what `validate --format json` wrote.

    `name` is the file's name for messages; `of` says in them where it was read, if not from the disk. Raises
    ConfigurationError.
    """
    if len(raw) > MAX_BYTES:
        raise _bad(name, f"it is larger than {MAX_BYTES:,} bytes", of)
    try:
        data: Any = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise _bad(name, "it is not JSON", of) from error
    if not _is_result(data):
        raise _bad(name, "it is not a result of 'poe-pack validate'", of)
    found = data["findings"]
    entries = tuple(_entry(one) for one in found if one["waived"] is None)
    return Baseline(entries, frozenset(one["fingerprint"] for one in found))


def _entry(found: dict[str, Any]) -> Entry:
    texts = {key: found[key] for key in _KEYS if key not in ("severity", "waived")}
    return Entry(severity=Severity(found["severity"]), **texts)


def _bad(name: str, why: str, of: str = "") -> ConfigurationError:
    shown = visible(name)
    return ConfigurationError(
        f"the baseline {shown}{visible(of)} cannot be used: {why}; make a new one with "
        f"'poe-pack validate --format json --output {shown}'"
    )


class _Compiled(Protocol):
    def is_valid(self, instance: Any) -> bool: ...


@cache
def _compiled() -> _Compiled:
    """A check of what is read of a result, and of no more: a newer version may have added keys."""
    from jsonschema_rs import Draft202012Validator

    from poe_pack.documents.schema_files import load_schema

    schema = load_schema("result")
    finding, whole = schema["$defs"]["finding"]["properties"], schema["properties"]
    entry = {"type": "object", "required": list(_KEYS), "properties": {key: finding[key] for key in _KEYS}}
    tool = {"type": "object", "required": ["name"], "properties": {"name": whole["tool"]["properties"]["name"]}}
    shape = {
        "$schema": schema["$schema"],
        "$defs": schema["$defs"],
        "type": "object",
        "required": ["schema_version", "tool", "findings"],
        "properties": {
            "schema_version": whole["schema_version"],
            "tool": tool,
            "findings": {"type": "array", "items": entry},
        },
    }
    compiled: _Compiled = Draft202012Validator(shape)
    return compiled


def _is_result(data: Any) -> bool:
    try:
        return _compiled().is_valid(data)
    except ValueError:  # a number or nesting that it cannot hold
        return False


def split(findings: Iterable[Finding], baseline: Baseline) -> tuple[list[Finding], list[Finding]]:
    """Findings that stand, and those that are known: each entry covers one, and none that has become graver.

    What a draft may still lack is open; the same finding at submission is an error that nobody has seen.
    """
    left: dict[str, list[int]] = defaultdict(list)
    for entry in baseline.entries:
        left[entry.fingerprint].append(entry.severity.weight)
    standing, known = [], []
    for finding in findings:
        weights = left.get(finding.fingerprint, [])
        enough = [weight for weight in weights if weight >= finding.severity.weight]
        if enough:
            weights.remove(min(enough))
            known.append(finding)
        else:
            standing.append(finding)
    return standing, known


def compare(baseline: Baseline, found: Iterable[Finding], is_told: Callable[[Entry], bool]) -> Compared:
    """Which entries are found no more, of those for which `is_told` vouches that they would have been.

    `found` are all findings of the run, waived ones and those that are not shown among them.
    """
    still = Counter(finding.fingerprint for finding in found)
    gone = []
    for entry in baseline.entries:
        if still[entry.fingerprint]:
            still[entry.fingerprint] -= 1
        elif is_told(entry):
            gone.append(entry)
    return Compared(tuple(sorted(gone, key=_order)), baseline.seen)


def _order(entry: Entry) -> tuple[str, ...]:
    return entry.file, entry.code, entry.path, entry.fingerprint
