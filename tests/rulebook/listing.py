"""What each activity type needs in each of its versions, as a text that a person can read beside the sources.

`python -m tests.rulebook.listing` writes needs.txt; a test holds it against the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from poe_pack.rulebook import Cap, ClaimFacts, Limit, Requirement, Requirements, Rulebook, load_rulebook, requirements

FILE = Path(__file__).resolve().parent / "needs.txt"


def versions(book: Rulebook) -> Iterator[tuple[str, date]]:
    """Every activity type with every day from which something holds for it."""
    for id in book.ids("activity_types"):
        for since in sorted((book.entry("activity_types", id) or {})["values"]):
            yield id, date.fromisoformat(since)


def listing(book: Rulebook) -> str:
    """All activity types and versions; a type stated as a tactic needs what each tactic needs."""
    out: list[str] = []
    for id, day in versions(book):
        needs = requirements(book, id, day, ClaimFacts())
        out += [f"{id} {day} ({needs.activity.source.id})", *_lines(needs)]
        if needs.combines:
            combined = requirements(book, id, day, ClaimFacts(tactics=needs.combines))
            out += [f"  with all tactics: {_needs(combined.evidence)}"]
    return "\n".join(out) + "\n"


def _lines(needs: Requirements) -> Iterator[str]:
    yield f"  category: {needs.activity.fields['category']}"
    yield f"  core ({needs.core_severity}): {_ids(needs.core)}"
    if needs.core_relief is not None:
        yield f"  core if {needs.core_relief[0]}: {_ids(needs.core_relief[1])}"
    for element, kinds in needs.core_in.items():
        yield f"  {element} in: {_ids(kinds)}"
    yield f"  evidence: {_needs(needs.evidence)}{_more(needs.evidence_truncated)}"
    if needs.advised:
        yield f"  advised: {_needs(needs.advised)}"
    yield f"  metrics: {_needs(needs.metrics)}"
    expenses = None if needs.expenses is None else sorted(needs.expenses)
    yield f"  expenses: {_ids(expenses)}{_more(needs.expenses_truncated)}"
    yield f"  caps: {'unknown' if needs.caps is None else '; '.join(map(_cap, needs.caps)) or 'none'}"
    if needs.pre_approval is not None:
        yield f"  approval before {needs.pre_approval.before}: {_ids(needs.pre_approval.stages)}"
    if needs.programs_only is not None or needs.programs_except:
        yield f"  programs: {_ids(sorted(needs.programs_only or ['all']))} except {_ids(sorted(needs.programs_except))}"
    if needs.combines:
        yield f"  combines: {_ids(needs.combines)}"
    yield f"  ineligible: {_ids(needs.ineligible)}"


def _more(truncated: bool) -> str:
    return " and more" if truncated else ""


def _ids(ids: Iterable[str] | None) -> str:
    return "unknown" if ids is None else ", ".join(ids) or "none"


def _needs(needs: tuple[Requirement, ...] | None) -> str:
    if needs is None:
        return "unknown"
    return ", ".join(" or ".join(" and ".join(way) for way in need.alternatives) for need in needs) or "none"


def _cap(cap: Cap) -> str:
    words = [_limit(cap.limit), f"per {' and '.join(cap.per)}"]
    if cap.expenses is not None:
        words.append(f"for {_ids(sorted(cap.expenses))}")
    words += [f"({kind}: {_limit(limit)})" for kind, limit in cap.limits_by_program.items()]
    words += [f"(unlimited: {kind})" for kind in sorted(cap.unlimited_for)]
    words += [f"(may differ: {kind})" for kind in sorted(cap.may_differ_for | cap.may_differ_in)]
    return " ".join(words)


def _limit(limit: Limit) -> str:
    if limit.people is not None:
        return f"{limit.people} people"
    shares = [f"{percent} % of earned" for percent in limit.percents]
    return " or ".join([*shares, *(f"{amount.currency} {amount.amount}" for amount in limit.amounts)])


if __name__ == "__main__":
    FILE.write_text(listing(load_rulebook("microsoft-coop", Path("/nowhere"))), encoding="utf-8")
