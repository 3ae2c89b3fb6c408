"""Each of many faults, alone in a good repository, is exactly one finding with its code, line and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from poe_pack.rules.registry import all_rules
from tests.faults.table import group_of, kind_of, planted
from tests.rules.harness import Case, all_cases, check

LEAST = 150
# A key can only be missing behind a '?', which is a finding itself.
NEVER_ALONE = {"read.empty_key"}
# Rules of which each case is found in several places.
RULES_NEVER_ALONE = {"POE512", "POE541"}


@pytest.mark.parametrize("case", planted(), ids=lambda case: case.id)
def test_one_fault_is_one_finding(case: Case, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    record_property("planted", f"{group_of(case.code)} {case.id}")  # the summary names one that failed, too
    (finding,) = check(case, tmp_path).findings
    assert (finding.position.line, finding.position.column) >= (1, 1)
    record_property("found", kind_of(finding))


def test_the_table_is_large_and_its_faults_differ() -> None:
    different = {(case.code, case.expected[0].message, repr(case.data.get("edits"))) for case in planted()}
    assert len(different) >= LEAST
    assert {group_of(case.code) for case in planted()} == {"YAML", "schema", "rules"}


def test_every_message_of_reading_and_schema_is_in_the_table() -> None:
    shown = {expected.message for case in all_cases() for expected in case.expected if expected.code < "POE200"}
    assert shown - {case.expected[0].message for case in planted()} == NEVER_ALONE


def test_every_rule_is_in_the_table() -> None:
    found = {case.code for case in planted()}
    assert {rule.code for rule in all_rules()} - found == RULES_NEVER_ALONE
