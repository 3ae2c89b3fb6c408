"""What a rulebook asks of a type of activity, conditions and all, in lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from poe_pack.languages import Catalogue
from poe_pack.rulebook import Cap, Limit, Requirements, Rulebook

_SECTION_OF_CONDITION = {
    "condition": "conditions",
    "no_condition": "conditions",
    "channel": "channels",
    "expense": "expense_categories",
    "expense_other_than": "expense_categories",
    "core_missing_in": "evidence_kinds",
}
_Part = tuple[str, str, list[str]]


class Namer:
    """Calls what a rulebook knows by its name and id, in one language and as of one day."""

    def __init__(self, book: Rulebook, words: Catalogue, day: date) -> None:
        self._book = book
        self._words = words
        self._day = day

    def parts(self, needs: Requirements) -> Iterator[_Part]:
        """Field of the rulebook, key of the heading, and lines: each part of what is needed, in the claim's order."""
        fields = needs.activity.fields
        if "category" in fields:
            yield "category", "rulebook.category", [self._name("categories", fields["category"])]
        yield "core", f"rulebook.core.{needs.core_severity}", self._core(fields.get("core"))
        for field in ("evidence", "metrics"):
            section = "evidence_kinds" if field == "evidence" else "metrics"
            more = bool(fields.get(f"{field}_truncated"))
            yield (
                field,
                f"rulebook.{field}",
                self._list(self._need(fields.get(field), section), fields.get(field), more),
            )
        if "advised" in fields:
            advised = fields["advised"]["evidence"]
            yield "advised", "rulebook.advised", self._list(self._need(advised, "evidence_kinds"), advised)
        expenses = fields.get("expenses")
        named = (self._name("expense_categories", id) for id in expenses or ())
        yield "expenses", "rulebook.expenses", self._list(named, expenses, needs.expenses_truncated)
        yield "caps", "rulebook.caps", self._list(map(self._cap, needs.caps or ()), needs.caps)
        yield from self._who_and_when(needs)
        never = (self._name("ineligible_expenses", id) for id in needs.ineligible)
        yield "", "rulebook.ineligible", self._list(never, needs.ineligible)

    def _who_and_when(self, needs: Requirements) -> Iterator[_Part]:
        if needs.pre_approval is not None:
            stages = tuple(self._words.text(f"rulebook.stage.{stage}") for stage in needs.pre_approval.stages)
            before = self._words.text(f"rulebook.before.{needs.pre_approval.before}", stages=stages)
            yield "pre_approval", "rulebook.pre_approval", [before]
        programs = needs.activity.fields.get("programs", {})
        if programs:
            told = [
                self._words.text(f"rulebook.{key}", programs=tuple(map(self._program, programs[key])))
                for key in ("only", "except")
                if key in programs
            ]
            yield "programs", "rulebook.programs", told
        if needs.combines:
            yield "combines", "rulebook.combines", [self._name("activity_types", id) for id in needs.combines]

    def _list(self, lines: Iterable[str], value: object, truncated: bool = False) -> list[str]:
        """Lines of a part; what no source says and what is said to be nothing are told apart."""
        if value is None:
            return [self._words.text("rulebook.unknown")]
        found = list(lines) or [self._words.text("rulebook.nothing")]
        return [*found, self._words.text("rulebook.truncated")] if truncated else found

    def _core(self, core: dict[str, Any] | None) -> list[str]:
        lines = self._list((self._name("core_elements", id) for id in (core or {}).get("all", ())), core)
        relief = (core or {}).get("relief")
        if relief is not None:
            elements = tuple(self._name("core_elements", id) for id in relief["all"])
            elements = elements or (self._words.text("rulebook.nothing"),)
            condition = self._name("conditions", relief["condition"])
            lines.append(self._words.text("rulebook.core.relief", condition=condition, elements=elements))
        return lines

    def _need(self, node: Any, section: str, indent: str = "") -> Iterator[str]:
        """A need as it is written, its parts indented below it."""
        if isinstance(node, str):
            yield f"{indent}{self._name(section, node)}"
        elif node is not None and "when" in node:
            yield f"{indent}{self._condition(node['when'])}:"
            yield from self._need(node["then"], section, f"{indent}  ")
        elif node is not None and "any" in node:
            yield f"{indent}{self._words.text('rulebook.any')}:"
            for child in node["any"]:
                yield from self._need(child, section, f"{indent}  ")
        elif node is not None:
            # The whole list is an `all`, and so may be a way to meet one need.
            if indent:
                yield f"{indent}{self._words.text('rulebook.all')}:"
            for child in node["all"]:
                yield from self._need(child, section, f"{indent}  " if indent else indent)

    def _condition(self, when: dict[str, Any]) -> str:
        ((kind, argument),) = when.items()
        ids = [argument] if isinstance(argument, str) else argument
        what = tuple(self._name(_SECTION_OF_CONDITION[kind], id) for id in ids)
        return self._words.text(f"rulebook.when.{kind}", what=what)

    def _cap(self, cap: Cap) -> str:
        per = f" {self._words.text('rulebook.and')} ".join(self._words.text(f"rulebook.per.{what}") for what in cap.per)
        told = [self._words.text("rulebook.cap", limit=self._limit(cap.limit), per=per)]
        if cap.expenses is not None:
            expenses = tuple(self._name("expense_categories", id) for id in sorted(cap.expenses))
            told.append(self._words.text("rulebook.cap.expenses", expenses=expenses))
        for kind, limit in cap.limits_by_program.items():
            told.append(self._words.text("rulebook.cap.for", program=self._program(kind), limit=self._limit(limit)))
        for key, kinds in (("unlimited", cap.unlimited_for), ("may_differ", cap.may_differ_for)):
            if kinds:
                programs = tuple(map(self._program, sorted(kinds)))
                told.append(self._words.text(f"rulebook.cap.{key}", programs=programs))
        if cap.may_differ_in:
            told.append(self._words.text("rulebook.cap.may_differ", programs=tuple(sorted(cap.may_differ_in))))
        return f"{'; '.join(told)} [{cap.source.id}]"

    def _limit(self, limit: Limit) -> str:
        if limit.people is not None:
            return self._words.text("rulebook.limit.people", people=limit.people)
        told = [self._words.text("rulebook.limit.percent", percent=percent) for percent in limit.percents]
        told += [str(amount) for amount in limit.amounts]
        return told[0] if len(told) == 1 else self._words.text("rulebook.limit.greatest", limits=tuple(told))

    def _program(self, kind: str) -> str:
        section = "programs" if kind in self._book.ids("programs") else "program_groups"
        return self._name(section, kind)

    def _name(self, section: str, id: str) -> str:
        return f"{self._words.say(self._book.name(section, id, self._day))} ({id})"
