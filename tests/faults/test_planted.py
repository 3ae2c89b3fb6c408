"""Each of many faults, alone in a good repository, is exactly one finding with its code, line and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.table import group_of, kind_of, planted
from tests.rules.harness import Case, all_cases, check

LEAST = 150
# Messages that never come alone: a key can only be missing behind a '?', which is a finding itself, and an expired
# waiver comes with the finding that is back.
NEVER_ALONE = {"read.empty_key", "POE911"}


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


def test_every_message_is_in_the_table() -> None:
    shown = {expected.message for case in all_cases() for expected in case.expected}
    assert shown - {case.expected[0].message for case in planted()} == NEVER_ALONE
