"""No rule fails because something that it looks at is not there, or is there with nothing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from poe_pack.rules.registry import all_rules
from tests.rules.holes import holes


@pytest.mark.parametrize("code", [rule.code for rule in all_rules()])
def test_a_hole_fails_no_rule(code: str, tmp_path: Path) -> None:
    assert holes(code, tmp_path)
