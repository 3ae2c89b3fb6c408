"""Every case gives exactly the findings it names, at the places it marks; and no code goes without its cases."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from poe_pack.documents.schema import KINDS
from poe_pack.documents.schema_files import load_schema
from poe_pack.rules.registry import all_rules
from poe_pack.validation.codes import all_codes
from tests.rules.harness import FOLDER, Case, all_cases, check

CATALOGUES = Path(__file__).resolve().parents[2] / "poe_pack" / "languages" / "en"

# Messages that no file in a repository can bring about on every machine; where they are shown instead.
SHOWN_ELSEWHERE = {
    "read.unreadable": "needs a user without rights: tests/documents/test_repository.py",
    "POE451.unread": "needs a file that takes long: tests/rules/test_states.py",
    "POE511.unreadable": "needs a user without rights: tests/rules/test_states.py",
    "POE511.leaves_folder": "reading and schema refuse such a path first: tests/rules/test_states.py",
    "POE511.not_in_git": "needs git: tests/validation/test_options.py",
    "POE921.unreadable": "needs a user without rights: tests/evidence/test_sums.py",
    "POE516.time_limit": "needs a file that takes long: tests/rules/test_states.py",
    "POE516.memory_limit": "needs a file that takes much: tests/rules/test_states.py",
    "POE518.unsearched": "needs a file with very many parts: tests/rules/test_states.py",
    "POE516.crashed": "needs a reader that fails: tests/rules/test_states.py",
}
# Keywords of JSON Schema with a text of their own that only rulebooks use, or none of our schemas yet.
NOT_IN_DOCUMENTS = frozenset("exclusiveMaximum maxItems minProperties maxProperties".split())


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)
def test_case(case: Case, tmp_path: Path) -> None:
    result = check(case, tmp_path)
    assert list(result.findings) == sorted(result.findings, key=lambda finding: finding.order)


@pytest.mark.parametrize("code", [code.code for code in all_codes()])
def test_every_code_has_its_cases(code: str) -> None:
    count = Counter(case.is_good for case in all_cases() if case.code == code)
    assert count[False] >= 2, f"{code} needs two bad cases"
    assert count[True] >= 1, f"{code} needs a good case"


def test_every_folder_is_a_code() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.name.startswith("POE")}
    assert folders == {code.code for code in all_codes()}


@pytest.mark.parametrize("case", [case for case in all_cases() if not case.is_good], ids=lambda case: case.id)
def test_a_bad_case_shows_the_code_it_is_filed_under(case: Case) -> None:
    assert case.code in {expected.code for expected in case.expected}


def texts() -> dict[str, str]:
    files = [CATALOGUES / "findings.json", *sorted(CATALOGUES.glob("rules_*.json"))]
    loaded: dict[str, str] = {}
    for file in files:
        loaded |= json.loads(file.read_text(encoding="utf-8"))
    return loaded


def messages(prefix: str) -> set[str]:
    """Messages of findings in the catalogue, without hints and what is said in checklists."""
    endings = (".hint", ".checklist", ".compared", ".compared.one", ".compared.other")
    return {key for key in texts() if key.startswith(prefix) and not key.endswith(endings)}


def test_every_message_of_a_rule_is_shown_by_a_case() -> None:
    shown = {expected.message for case in all_cases() for expected in case.expected}
    assert messages("POE") - shown == {key for key in SHOWN_ELSEWHERE if key.startswith("POE")}


def test_every_message_about_reading_is_shown_by_a_case() -> None:
    shown = {expected.message for case in all_cases() for expected in case.expected}
    related = {"read.first_here"}
    assert messages("read.") - shown - related == {key for key in SHOWN_ELSEWHERE if key.startswith("read.")}


def test_every_message_about_schemas_is_shown_by_a_case() -> None:
    shown = {expected.message for case in all_cases() for expected in case.expected}
    assert messages("schema.") - shown == {f"schema.{keyword}" for keyword in NOT_IN_DOCUMENTS}


def test_every_hint_belongs_to_a_message_or_a_code() -> None:
    known = messages("POE") | messages("read.") | messages("schema.") | {code.code for code in all_codes()}
    hints = {key.removesuffix(".hint") for key in texts() if key.endswith(".hint")}
    assert hints <= known


def test_what_checklists_say_belongs_to_a_rule_that_says_it() -> None:
    on_checklists = {rule.code for rule in all_rules() if rule.checklist is not None}
    compared = {rule.code for rule in all_rules() if rule.compared is not None}
    assert {key.split(".")[0] for key in texts() if key.endswith(".checklist")} == on_checklists
    assert {key.split(".")[0] for key in texts() if ".compared" in key} == compared


def test_every_keyword_of_the_schemas_has_a_text() -> None:
    said = {key.removeprefix("schema.") for key in texts() if key.startswith("schema.")}
    # Read into the words that people need: what is missing, unknown, of another type, form or choice.
    said |= set("type enum const required additionalProperties pattern propertyNames".split())
    said |= set("minLength maxLength format".split())
    silent = set("title description examples default properties items if then else x-sensitive".split())
    silent |= {"$schema", "$id", "$defs", "$ref", "$comment"}
    for kind in KINDS:
        assert keywords(load_schema(kind)) <= said | silent


def keywords(schema: object) -> set[str]:
    """Keywords of a schema; the names of properties and definitions are none."""
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key, child in schema.items():
        named = child.values() if key in ("properties", "$defs") else [child]
        for node in named:
            found |= keywords(node) if key not in ("examples", "default", "enum", "const") else set()
    return found


def test_formats_have_a_text() -> None:
    used = {name for kind in KINDS for name in re.findall(r"'format': '([a-z-]+)'", str(load_schema(kind)))}
    assert {f"schema.format.{name}" for name in used} == messages("schema.format.")
