"""What a rule asks the rulebook for so that people see it: the source of which field, and names of which day.

Sources and names hardly ever differ between fields and days, so that no case would show a rule that asks for others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

import yaml

from poe_pack.findings import JudgedBy
from poe_pack.languages import Words
from poe_pack.rulebook import Dated, Rulebook
from poe_pack.rules.base import PlanContext
from poe_pack.rules.registry import all_rules
from poe_pack.validation.contexts import ContextMaker
from tests.rules.harness import FOLDER, all_cases
from tests.rules.holes import judging_of, together


def asked(code: str, folder: Path) -> list[str]:
    """What a rule asks for in its cases: `source of <field>` (of the whole entry: `source`), `<section> of any day`."""
    (rule,) = [rule for rule in all_rules() if rule.code == code]
    found: set[str] = set()
    for number, case in enumerate(case for case in all_cases() if case.code == code and not case.data.get("deep")):
        loaded, judging = judging_of(case.data, folder / str(number))
        contexts = list(ContextMaker(loaded, judging).claims())
        with _listening(found):
            if rule.check is not None:
                for context in contexts:
                    list(rule.check(context.claim, context))
            if rule.finish is not None:
                list(rule.finish(together(contexts, loaded, judging)))
            if rule.check_plan is not None:
                about = PlanContext(judging.book, judging.calendar, loaded.settings, judging.today)
                for plan in loaded.plans:
                    list(rule.check_plan(plan, about))
    return sorted(found)


@contextmanager
def _listening(found: set[str]) -> Iterator[None]:
    judged_by, name = Dated.judged_by, Rulebook.name

    def listening_judged_by(self: Dated, day: date, field: str = "") -> JudgedBy:
        found.add(f"source of {field}" if field else "source")
        return judged_by(self, day, field)

    def listening_name(self: Rulebook, section: str, id: str, day: date | None = None) -> Words:
        if day is None:
            found.add(f"{section} of any day")
        return name(self, section, id, day)

    with patch.object(Dated, "judged_by", listening_judged_by), patch.object(Rulebook, "name", listening_name):
        yield


@cache
def kept() -> dict[str, list[str]]:
    """What is written in `asking.yaml`, by code."""
    found: dict[str, list[str]] = yaml.safe_load((FOLDER / "asking.yaml").read_text(encoding="utf-8"))
    return found


def check_asked(code: str, folder: Path) -> None:
    """Assert that a rule asks for what is kept of it."""
    assert asked(code, folder) == kept().get(code, []), code
