"""Each rule asks the rulebook for the sources and names that `asking.yaml` lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from poe_pack.rules.registry import all_rules
from tests.rules.asking import check_asked, kept


@pytest.mark.parametrize("code", [rule.code for rule in all_rules()])
def test_what_a_rule_asks_for(code: str, tmp_path: Path) -> None:
    check_asked(code, tmp_path)


def test_what_is_kept_is_of_rules() -> None:
    assert kept().keys() <= {rule.code for rule in all_rules()}
