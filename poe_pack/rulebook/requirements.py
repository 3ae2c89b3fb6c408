"""What a claim needs: the only place that says so.

The grammar is closed. A need is an id; `{all: [need, ...]}`; `{any: [need, ...]}`; or `{when: condition, then:
need}` with one condition of `{condition: id}`, `{channel: id}`, `{expense: id}`, `{core_missing_in: [evidence
kinds]}`. Nothing is evaluated as code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from poe_pack.rulebook.book import Dated, Rulebook


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What conditions ask about a claim. `shown` maps an evidence kind to the core elements seen in it."""

    conditions: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    expenses: frozenset[str] = frozenset()
    shown: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is needed: any one of `alternatives`, each a set of ids that must all be there."""

    alternatives: tuple[tuple[str, ...], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that could meet it, the preferred ones first."""
        return tuple(dict.fromkeys(id for alternative in self.alternatives for id in alternative))

    def is_met(self, present: frozenset[str]) -> bool:
        return any(present.issuperset(alternative) for alternative in self.alternatives)


@dataclass(frozen=True, slots=True)
class Requirements:
    """Needs of an activity type on a day. None: no source says anything (an empty tuple: it says nothing is needed).

    `core_severity` is how much a missing core element weighs: `error` or `warning`.
    """

    activity: Dated
    spending_proof: Requirement | None
    evidence: tuple[Requirement, ...] | None
    metrics: tuple[Requirement, ...] | None
    core: tuple[str, ...] | None
    core_severity: str
    expenses: frozenset[str] | None
    expenses_truncated: bool


def requirements(book: Rulebook, activity_type: str, day: date, facts: ClaimFacts) -> Requirements:
    """Everything an activity type needs on a day.

    Raises UnknownValue for an activity type that the rulebook does not know on that day.
    """
    activity = book.value(day, "activity_types", activity_type)
    fields = activity.fields
    core = fields.get("core")
    proof = list(_needs({"any": book.value(day, "spending_proof").fields["any"]}, facts, ()))
    expenses = fields.get("expenses")
    return Requirements(
        activity=activity,
        spending_proof=proof[0] if proof else None,
        evidence=_list(fields.get("evidence"), facts, core),
        metrics=_list(fields.get("metrics"), facts, core),
        core=None if core is None else tuple(core["all"]),
        core_severity="error" if core is None else core["missing"],
        expenses=None if expenses is None else frozenset(expenses),
        expenses_truncated=bool(fields.get("expenses_truncated")),
    )


def _list(node: Any, facts: ClaimFacts, core: Mapping[str, Any] | None) -> tuple[Requirement, ...] | None:
    if node is None:
        return None
    elements = () if core is None else tuple(core["all"])
    return tuple(_needs(node, facts, elements))


def _needs(node: Any, facts: ClaimFacts, core: tuple[str, ...]) -> Iterator[Requirement]:
    """Requirements of a need, after its conditions have been decided."""
    if isinstance(node, str):
        yield Requirement(((node,),))
    elif "all" in node:
        for child in node["all"]:
            yield from _needs(child, facts, core)
    elif "any" in node:
        choices = [_needs(child, facts, core) for child in node["any"]]
        yield Requirement(tuple(sets for choice in choices for sets in _combined(choice)))
    elif _holds(node["when"], facts, core):
        yield from _needs(node["then"], facts, core)


def _combined(needs: Iterator[Requirement]) -> Iterator[tuple[str, ...]]:
    """The ways to meet several requirements at once."""
    for ways in product(*(need.alternatives for need in needs)):
        yield tuple(dict.fromkeys(id for way in ways for id in way))


def _holds(condition: Mapping[str, Any], facts: ClaimFacts, core: tuple[str, ...]) -> bool:
    (name, argument), *_ = condition.items()
    if name == "condition":
        return argument in facts.conditions
    if name == "channel":
        return argument in facts.channels
    if name == "expense":
        return argument in facts.expenses
    # An invitation that is not there has a finding of its own; only one that is there can lack an element.
    present = [facts.shown[kind] for kind in argument if kind in facts.shown]
    return any(not shown.issuperset(core) for shown in present)
