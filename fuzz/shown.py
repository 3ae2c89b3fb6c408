"""Findings as every format shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from jsonschema_rs import Draft202012Validator

from fuzz.broken import Broken
from fuzz.seeds import ROOT
from poe_pack.findings import Finding
from poe_pack.formats import formatter
from poe_pack.validation.verdict import Verdict

AS_OF = date(2026, 11, 21)

_STEERS = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def verdict_of(folder: Path, findings: Iterable[Finding]) -> Verdict:
    """A verdict with these findings of documents below a folder, and nothing else."""
    return Verdict(
        root=folder,
        base=folder,
        as_of=AS_OF,
        rulebooks=(),
        findings=tuple(findings),
        waived=(),
        rules_ran=(),
        rules_off=(),
        claim_count=1,
        unread=0,
    )


def harmless(name: str, text: str) -> None:
    """Raise Broken where a text could steer a terminal or turn round what is read."""
    found = _STEERS.search(text)
    if found is not None:
        raise Broken(f"no control characters in {name}", repr(text[max(0, found.start() - 60) : found.end() + 20]))


def _lines(result: Verdict, text: str) -> None:
    harmless("a format of lines", text)
    if text.count("\n") != len(result.findings):
        raise Broken("a line for each finding", f"{text.count(chr(10))} lines, {len(result.findings)} findings")


def _github(result: Verdict, text: str) -> None:
    _lines(result, text)
    if not all(line.startswith(("::error ", "::warning ", "::notice ")) for line in text.splitlines()):
        raise Broken("a command for each finding", text[:400])


def _json(result: Verdict, text: str) -> None:
    data = json.loads(text)
    if not _contract().is_valid(data):
        told = next(iter(_contract().iter_errors(data)))
        raise Broken("JSON is valid against schemas/result.schema.json", str(told)[:400])
    if len(data["findings"]) != len(result.findings) + len(result.waived):
        raise Broken("JSON has every finding")


def _xml(result: Verdict, text: str) -> None:
    ElementTree.fromstring(text.encode())


FORMATS: Mapping[str, Callable[[Verdict, str], None]] = {
    "text": lambda result, text: harmless("text", text),
    "json": _json,
    "concise": _lines,
    "github": _github,
    "sarif": lambda result, text: json.loads(text),
    "gitlab": lambda result, text: json.loads(text),
    "junit": _xml,
}
# By how often each is looked at: SARIF tells of all rules each time, and others show what these do.
_TURNS = (*("text", "json", "github", "concise", "text", "json", "github", "junit") * 4, "gitlab", "sarif")


def check_formats(result: Verdict, turn: int | None) -> None:
    """Render a result and look at the text: in every format, or in the one whose turn it is."""
    for name in FORMATS if turn is None else (_TURNS[turn % len(_TURNS)],):
        text = formatter(name)(result, **({"verbose": True} if name == "text" else {}))
        # A name on disk that is not UTF-8 is written as the program writes it.
        FORMATS[name](result, text.encode("utf-8", "backslashreplace").decode())


@cache
def _contract() -> Any:
    return Draft202012Validator(json.loads((ROOT / "schemas" / "result.schema.json").read_text(encoding="utf-8")))
