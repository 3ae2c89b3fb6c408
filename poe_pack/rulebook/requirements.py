"""What a claim needs: the only place that says so.

The grammar is closed. A need is an id; `{all: [need, ...]}`; `{any: [need, ...]}`; or `{when: condition, then:
need}` with one condition of `{condition: id}`, `{no_condition: id}`, `{channel: id}`, `{expense: id}`,
`{expense_other_than: [ids]}`, `{core_missing_in: [evidence kinds]}`. A type that `combines` others needs the evidence
of each that the claim names as a tactic. Nothing is evaluated as code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from poe_pack.rulebook.book import Dated, Rulebook, Source, UnknownValue
from poe_pack.rulebook.caps import Cap, read_cap

_IN_HOUSE = "certification_service_report"


class ClaimFacts(Struct, frozen=True):
    """What conditions ask about a claim. `shown` maps an evidence kind to the core elements seen in it.

    `expenses` are the categories of what is claimed, `tactics` the activity types of a multi-touch campaign.
    """

    conditions: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    expenses: frozenset[str] = frozenset()
    shown: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tactics: tuple[str, ...] = ()


class Requirement(Struct, frozen=True):
    """One thing that is needed: any one of `alternatives`, each a set of ids that must all be there.

    `tactic` is the activity type of a multi-touch campaign that asks for it.
    """

    alternatives: tuple[tuple[str, ...], ...]
    tactic: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that could meet it, the preferred ones first."""
        return tuple(dict.fromkeys(id for alternative in self.alternatives for id in alternative))

    def is_met(self, present: frozenset[str]) -> bool:
        return any(present.issuperset(alternative) for alternative in self.alternatives)


class PreApproval(Struct, frozen=True):
    """What the vendor approves: `stages` of `pre_approval`, `final_review` (none: nothing is needed).

    `before` is the day they must come before: `activity_date` or `submitted`.
    """

    stages: tuple[str, ...]
    before: str


class Requirements(Struct, frozen=True):
    """Needs of an activity type on a day. None: no source says anything (an empty tuple: it says nothing is needed).

    `core_severity` is how much a missing core element weighs: `error` or `warning`; `core_relief` names the condition
    that a claim may state so that the elements in it are enough; `core_in` maps an element to the evidence kinds one
    of which must show it. `evidence_truncated` and `expenses_truncated`: the source says more than could be read.
    `advised` is wise to have and demanded by nobody (`advised_source`).
    `programs_only` (None: all) and `programs_except` hold ids and groups of programs. `combines` are the tactics to
    choose from. `ineligible` are ids of `ineligible_expenses`, `with_tax` the expense categories whose taxes are paid
    back.
    """

    activity: Dated
    spending_proof: Requirement | None
    evidence: tuple[Requirement, ...] | None
    metrics: tuple[Requirement, ...] | None
    core: tuple[str, ...] | None
    core_severity: str
    expenses: frozenset[str] | None
    expenses_truncated: bool
    core_relief: tuple[str, tuple[str, ...]] | None
    core_in: Mapping[str, tuple[str, ...]]
    evidence_truncated: bool
    advised: tuple[Requirement, ...]
    advised_source: Source | None
    caps: tuple[Cap, ...] | None
    pre_approval: PreApproval | None
    programs_only: frozenset[str] | None
    programs_except: frozenset[str]
    combines: tuple[str, ...]
    ineligible: tuple[str, ...]
    with_tax: frozenset[str]

    @property
    def in_house_counts(self) -> bool:
        """Whether a certification report on in-house work proves spending without an invoice."""
        return self.spending_proof is not None and self.spending_proof.is_met(frozenset([_IN_HOUSE]))

    def open_to(self, kinds: Collection[str]) -> bool:
        """Whether a program, given as its id and groups (ProgramFacts.kinds), may claim this activity type."""
        if self.programs_only is not None and self.programs_only.isdisjoint(kinds):
            return False
        return self.programs_except.isdisjoint(kinds)


def requirements(book: Rulebook, activity_type: str, day: date, facts: ClaimFacts) -> Requirements:
    """Everything an activity type needs on a day.

    Raises UnknownValue for an activity type that the rulebook does not know on that day.
    """
    fixed = _fixed(book, activity_type, day)
    fields = fixed.activity.fields
    core = fields.get("core")
    elements = _elements(core)
    needs = replace(
        fixed,
        evidence=_list(fields.get("evidence"), facts, elements),
        metrics=_list(fields.get("metrics"), facts, elements),
        advised=_list(fields.get("advised", {}).get("evidence"), facts, elements) or (),
    )
    if needs.core_relief is not None and needs.core_relief[0] in facts.conditions:
        needs = replace(needs, core=needs.core_relief[1])
    tactics = [tactic for tactic in facts.tactics if tactic in needs.combines]
    if not tactics:
        return needs
    evidence = [*(needs.evidence or ()), *_of_tactics(book, tactics, day, facts)]
    return replace(needs, evidence=tuple(dict.fromkeys(evidence)))


@lru_cache(maxsize=256)
def _fixed(book: Rulebook, activity_type: str, day: date) -> Requirements:
    """What a day and a type decide; what the claim decides is left empty."""
    activity = book.value(day, "activity_types", activity_type)
    fields = activity.fields
    proof = list(_needs({"any": book.value(day, "spending_proof").fields["any"]}, ClaimFacts(), ()))
    core, expenses, approval = fields.get("core"), fields.get("expenses"), fields.get("pre_approval")
    programs, advised = fields.get("programs", {}), fields.get("advised")
    return Requirements(
        activity=activity,
        spending_proof=proof[0] if proof else None,
        evidence=None,
        metrics=None,
        core=None if core is None else _elements(core),
        core_severity="error" if core is None else core["missing"],
        expenses=None if expenses is None else frozenset(expenses),
        expenses_truncated=bool(fields.get("expenses_truncated")),
        core_relief=_relief(core),
        core_in={} if core is None else {id: tuple(kinds) for id, kinds in core.get("in", {}).items()},
        evidence_truncated=bool(fields.get("evidence_truncated")),
        advised=(),
        advised_source=None if advised is None else activity.sources["advised"],
        caps=_caps(book, day, activity),
        pre_approval=None if approval is None else PreApproval(tuple(approval["stages"]), approval["before"]),
        programs_only=frozenset(programs["only"]) if "only" in programs else None,
        programs_except=frozenset(programs.get("except", ())),
        combines=tuple(fields.get("combines", ())),
        ineligible=tuple(_ineligible(book, activity_type, day)),
        with_tax=_set_in_force(book, day, "tax_included", "expenses"),
    )


def _caps(book: Rulebook, day: date, activity: Dated) -> tuple[Cap, ...] | None:
    caps = activity.fields.get("caps")
    if caps is None:
        return None
    markets = _set_in_force(book, day, "local_allowances", "markets")
    said_by = activity.sources["caps"]
    return tuple(read_cap(cap, markets, book.sources[cap["source"]] if "source" in cap else said_by) for cap in caps)


def _ineligible(book: Rulebook, activity_type: str, day: date) -> Iterator[str]:
    for id in book.ids("ineligible_expenses"):
        try:
            fields = book.value(day, "ineligible_expenses", id).fields
        except UnknownValue:
            continue
        if activity_type not in fields.get("except_in", ()):
            yield id


def _set_in_force(book: Rulebook, day: date, section: str, key: str) -> frozenset[str]:
    """A list of a section, or nothing where no source says anything."""
    try:
        return frozenset(book.value(day, section).fields[key])
    except UnknownValue:
        return frozenset()


def _relief(core: Mapping[str, Any] | None) -> tuple[str, tuple[str, ...]] | None:
    relief = None if core is None else core.get("relief")
    return None if relief is None else (relief["condition"], tuple(relief["all"]))


def _elements(core: Mapping[str, Any] | None) -> tuple[str, ...]:
    return () if core is None else tuple(core["all"])


def _of_tactics(book: Rulebook, tactics: list[str], day: date, facts: ClaimFacts) -> Iterator[Requirement]:
    for tactic in tactics:
        try:
            fields = book.value(day, "activity_types", tactic).fields
        except UnknownValue:
            continue
        for need in _list(fields.get("evidence"), facts, _elements(fields.get("core"))) or ():
            yield replace(need, tactic=tactic)


def _list(node: Any, facts: ClaimFacts, core: tuple[str, ...]) -> tuple[Requirement, ...] | None:
    """Requirements of a need, each once although two conditions may ask for it."""
    return None if node is None else tuple(dict.fromkeys(_needs(node, facts, core)))


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
    if name == "no_condition":
        return argument not in facts.conditions
    if name == "channel":
        return argument in facts.channels
    if name == "expense":
        return argument in facts.expenses
    if name == "expense_other_than":
        return not facts.expenses or not facts.expenses.issubset(argument)
    # An invitation that is not there has a finding of its own; only one that is there can lack an element.
    present = [facts.shown[kind] for kind in argument if kind in facts.shown]
    return any(not shown.issuperset(core) for shown in present)
