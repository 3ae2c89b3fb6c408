"""Finds the rule modules, so that a new rule is one new file."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from poe_pack.rules.base import Rule, When

_FOLDER = Path(__file__).resolve().parent


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code. Raises ValueError if two modules use one code."""
    names = sorted(
        f"{file.parent.name}.{file.stem}" for file in _FOLDER.glob("*/*.py") if not file.stem.startswith("_")
    )
    rules = sorted((_rule(import_module(f"poe_pack.rules.{name}")) for name in names), key=lambda rule: rule.code)
    codes = [rule.code for rule in rules]
    if len(set(codes)) < len(codes):
        raise ValueError(f"two rules share a code: {codes}")
    return tuple(rules)


def _rule(module: ModuleType) -> Rule:
    return Rule(
        code=module.CODE,
        name=module.NAME,
        severity=module.SEVERITY,
        when=getattr(module, "WHEN", When.ALWAYS),
        reads=getattr(module, "READS", ()),
        doc=(module.__doc__ or "").strip(),
        checklist=getattr(module, "CHECKLIST", None),
        check=getattr(module, "check", None),
        check_plan=getattr(module, "check_plan", None),
        finish=getattr(module, "finish", None),
        compared=getattr(module, "compared", None),
        clock=getattr(module, "CLOCK", False),
        everywhere=getattr(module, "EVERYWHERE", False),
        kinds=getattr(module, "KINDS", (module.KIND,) if hasattr(module, "KIND") else ()),
    )
