"""Every case gives exactly the findings it names, at the places it marks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from poe_pack.validation.validate import all_codes, validate
from tests.rules.harness import AS_OF, FOLDER, Case, all_cases, build, check
from poe_pack.validation.options import Options

@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)
def test_case(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)
