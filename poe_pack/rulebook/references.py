"""Every place in a rulebook that names something defined elsewhere in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct

_PROGRAMS = ("programs", "program_groups")
_Version = Mapping[str, Any]


class Reference(Struct, frozen=True):
    """An id at a JSON pointer; it is defined in one of `sections`, or is one of `others`, called `named`."""

    path: str
    id: str
    sections: tuple[str, ...]
    others: Collection[str] = ()
    named: tuple[str, ...] = ()


def references(data: Mapping[str, Any]) -> Iterator[Reference]:
    """All references of a rulebook that keeps to its schema."""
    for path, version in _values(data, "activity_types"):
        yield from _of_activity(path, version)
    for path, version in _values(data, "ineligible_expenses"):
        yield from _listed(path, version, "expenses", "expense_categories")
        yield from _listed(path, version, "except_in", "activity_types")
    for id, entry in data.get("evidence_kinds", {}).items():
        yield from _listed(f"/evidence_kinds/{id}", entry, "course_code_for", "expense_categories")
    for path, version in _values(data, "permissions"):
        yield from _listed(path, version, "roles", "roles")
        yield from _listed(path, version, "also", "roles")
    for path, version in _values(data, "programs"):
        yield from _listed(path, version, "claimed_as", "programs")
    for id, entry in data.get("programs", {}).items():
        yield from _listed(f"/programs/{id}", entry, "groups", "program_groups")
    for id, entry in data.get("metrics", {}).items():
        for key, section in (("at_most", "metrics"), ("proved_by", "evidence_kinds")):
            if key in entry:
                yield Reference(f"/metrics/{id}/{key}", entry[key], (section,))
    for day, version in data.get("tax_included", {}).get("values", {}).items():
        yield from _listed(f"/tax_included/values/{day}", version, "expenses", "expense_categories")
    yield from _of_money_and_papers(data)
    for path, version in _values(data, "parameters"):
        for id in version.get("shares", {}):
            yield Reference(f"{path}/shares/{id}", id, ("categories", "solution_areas"))
        yield from _listed(path, version, "programs", *_PROGRAMS)
    yield from _of_statuses(data)


def _of_money_and_papers(data: Mapping[str, Any]) -> Iterator[Reference]:
    """What payment proofs, invoice dates, gates and excuses for being late name."""
    for path, version in _alone(data, "payment_proof"):
        yield from _listed(path, version, "any", "payment_proofs")
    for path, version in _alone(data, "invoice_dates"):
        yield from _listed(path, version, "except_for", "expense_categories")
    for path, version in _alone(data, "gates"):
        yield from (Reference(f"{path}/must_be/{id}", id, ("partner_flags",)) for id in version.get("must_be", {}))
    for path, version in _values(data.get("calendar", {}), "deadlines"):
        if "excused_by" in version:
            yield Reference(f"/calendar{path}/excused_by", version["excused_by"], ("evidence_kinds",))


def _alone(data: Mapping[str, Any], section: str) -> Iterator[tuple[str, _Version]]:
    """Every version of a section that is one value, with its JSON pointer."""
    for day, version in data.get(section, {}).get("values", {}).items():
        yield f"/{section}/values/{day}", version


def _of_statuses(data: Mapping[str, Any]) -> Iterator[Reference]:
    everywhere: set[str] = set()
    for path, version in _values(data, "statuses"):
        known = version.get("transitions", {})
        everywhere |= set(known)
        if not known:
            continue  # inherited; what it names was checked with the version that says it
        named = [(f"first/{n}", id) for n, id in enumerate(version.get("first", ()))]
        named += [(f"transitions/{of}/{n}", id) for of, ids in known.items() for n, id in enumerate(ids)]
        for key in ("frozen", "needs_text"):
            named += [(f"{key}/{n}", id) for n, id in enumerate(version.get(key, ()))]
        named += [(f"aliases/{alias}", id) for alias, id in version.get("aliases", {}).items()]
        yield from (Reference(f"{path}/{place}", id, (), known, ("its transitions",)) for place, id in named)
        for status, permission in version.get("steps", {}).items():
            yield Reference(f"{path}/steps/{status}", status, (), known, ("its transitions",))
            yield Reference(f"{path}/steps/{status}", permission, ("permissions",))
    for path, version in _values(data.get("calendar", {}), "deadlines"):
        for n, id in enumerate(version.get("statuses", ())):
            yield Reference(f"/calendar{path}/statuses/{n}", id, (), everywhere, ("statuses",))


def _of_activity(path: str, version: _Version) -> Iterator[Reference]:
    if "category" in version:
        yield Reference(f"{path}/category", version["category"], ("categories",))
    yield from _listed(path, version, "expenses", "expense_categories")
    yield from _listed(path, version, "combines", "activity_types")
    yield from _of_need(version.get("evidence"), f"{path}/evidence", "evidence_kinds")
    yield from _of_need(version.get("metrics"), f"{path}/metrics", "metrics")
    if "advised" in version:
        yield from _of_need(version["advised"]["evidence"], f"{path}/advised/evidence", "evidence_kinds")
        yield Reference(f"{path}/advised/source", version["advised"]["source"], ("sources",))
    if "core" in version:
        yield from _of_core(version["core"], f"{path}/core")
    for key in ("only", "except"):
        yield from _listed(f"{path}/programs", version.get("programs", {}), key, *_PROGRAMS)
    for number, cap in enumerate(version.get("caps", ())):
        yield from _of_cap(cap, f"{path}/caps/{number}")


def _of_core(core: Mapping[str, Any], path: str) -> Iterator[Reference]:
    yield from _listed(path, core, "all", "core_elements")
    if "source" in core:
        yield Reference(f"{path}/source", core["source"], ("sources",))
    if "relief" in core:
        yield Reference(f"{path}/relief/condition", core["relief"]["condition"], ("conditions",))
        yield from _listed(f"{path}/relief", core["relief"], "all", "core_elements")
    for element in core.get("in", {}):
        yield Reference(f"{path}/in/{element}", element, ("core_elements",))
        yield from _listed(f"{path}/in", core["in"], element, "evidence_kinds")


def _of_cap(cap: Mapping[str, Any], path: str) -> Iterator[Reference]:
    yield from _listed(path, cap, "expenses", "expense_categories")
    for key in ("unlimited_for", "may_differ_for"):
        yield from _listed(path, cap, key, *_PROGRAMS)
    yield from (Reference(f"{path}/for/{id}", id, _PROGRAMS) for id in cap.get("for", {}))
    if "source" in cap:
        yield Reference(f"{path}/source", cap["source"], ("sources",))


def _of_need(node: Any, path: str, section: str) -> Iterator[Reference]:
    """Ids in a need and in its conditions."""
    if isinstance(node, str):
        yield Reference(path, node, (section,))
    elif isinstance(node, dict):
        for key in ("all", "any"):
            for index, child in enumerate(node.get(key, ())):
                yield from _of_need(child, f"{path}/{key}/{index}", section)
        yield from _of_condition(node.get("when", {}), f"{path}/when")
        yield from _of_need(node.get("then"), f"{path}/then", section)


def _of_condition(when: Mapping[str, Any], path: str) -> Iterator[Reference]:
    sections = {
        "condition": "conditions",
        "no_condition": "conditions",
        "channel": "channels",
        "expense": "expense_categories",
        "expense_other_than": "expense_categories",
        "core_missing_in": "evidence_kinds",
    }
    for name, argument in when.items():
        if isinstance(argument, str):
            yield Reference(f"{path}/{name}", argument, (sections[name],))
        else:
            yield from _listed(path, when, name, sections[name])


def _listed(path: str, node: Mapping[str, Any], key: str, *sections: str) -> Iterator[Reference]:
    for number, id in enumerate(node.get(key, ())):
        yield Reference(f"{path}/{key}/{number}", id, sections)


def _values(data: Mapping[str, Any], section: str) -> Iterator[tuple[str, _Version]]:
    """Every version of every entry of a section, with its JSON pointer."""
    for id, entry in data.get(section, {}).items():
        for day, version in entry.get("values", {}).items():
            yield f"/{section}/{id}/values/{day}", version
