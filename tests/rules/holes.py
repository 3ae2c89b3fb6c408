"""What a rule says where a piece of what it looks at is not there: of the claims and plans of its own cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from poe_pack.documents.repository import lay_out
from poe_pack.model.read_claim import read_claim
from poe_pack.model.read_others import read_plan
from poe_pack.rulebook import Calendar, load_rulebook
from poe_pack.rules.base import ClaimContext, PlanContext, RepositoryContext, Rule
from poe_pack.rules.registry import all_rules
from poe_pack.validation.contexts import ContextMaker, Judging
from poe_pack.validation.loading import Loaded, load
from tests.rules.harness import AS_OF, all_cases, build

_CASES = 4

# Where a document came from is always known.
_KNOWN = {"id", "file", "folder"}
_OPTIONAL = "needs partner plan campaign activity usage_period funds predecessor content".split()
# Records with nothing in them, as a reader leaves them where all of it was faulty.
_HALF: dict[str, Any] = {
    "third_party_invoices": [{"lines": [{}], "payments": [{}]}],
    "certification_service_reports": [{"people": [{}], "materials": [{}], "certification": {}}],
    "proof_documents": [{}],
    "history": [{}],
    "submissions": [{}],
    "requests": [{}],
    "approval": {"tax_invoice": {}, "reductions": [{}]},
    "payments": [{}],
    "dispute": {},
    "pre_approval": {},
    "event": {},
    "execution_period": {},
    "vendor_share": {},
    "cap_exchange_rate": {},
}


def holes(code: str, folder: Path) -> int:
    """Run a rule on what its cases have, each time with one piece less; returns how often. Raises what it raises."""
    (rule,) = [rule for rule in all_rules() if rule.code == code]
    cases = [case for case in all_cases() if case.code == code and not case.data.get("deep")]
    return sum(_holes(rule, case.data, folder / str(number)) for number, case in enumerate(cases[:_CASES]))


def _holes(rule: Rule, data: Mapping[str, Any], root: Path) -> int:
    loaded, judging = judging_of(data, root)
    contexts = list(ContextMaker(loaded, judging).claims())
    count = 0
    for number, context in enumerate(contexts):
        for less in _with_less(context):
            count += 1
            if rule.check is not None:
                list(rule.check(less.claim, less))
            if rule.compared is not None:
                rule.compared(less.claim, less)
            if rule.finish is not None:
                list(rule.finish(together([*contexts[:number], less, *contexts[number + 1 :]], loaded, judging)))
    return count + _plans(rule, loaded, judging)


def judging_of(data: Mapping[str, Any], root: Path) -> tuple[Loaded, Judging]:
    """What a case has, written below `root` and read, and how it is judged."""
    build(data, root)
    loaded = load(lay_out(root), 1)
    book = load_rulebook(loaded.settings.rulebook, root)
    today = date.fromisoformat(str(data.get("as_of", AS_OF)))
    calendar = Calendar(book, loaded.settings.holidays)
    return loaded, Judging(book, calendar, today, for_submission=True, opens=None)


def _with_less(context: ClaimContext) -> Iterator[ClaimContext]:
    claim = context.claim
    nothing = read_claim({}, claim.id, claim.file, claim.folder)
    half = read_claim(_HALF, claim.id, claim.file, claim.folder)
    for field in fields(claim):
        if field.name not in _KNOWN:
            for other in (nothing, half) if field.name in _HALF else (nothing,):
                yield replace(context, claim=replace(claim, **{field.name: getattr(other, field.name)}))
    for name in _OPTIONAL:
        missing: dict[str, Any] = {name: None}
        yield replace(context, **missing)
    yield replace(context, probes={})
    without: dict[str, Any] = dict.fromkeys(_OPTIONAL)
    yield replace(context, claim=nothing, **without)
    yield replace(context, claim=half, **without)


def _plans(rule: Rule, loaded: Loaded, judging: Judging) -> int:
    if rule.check_plan is None:
        return 0
    about = PlanContext(judging.book, judging.calendar, loaded.settings, judging.today)
    count = 0
    for plan in loaded.plans:
        nothing = read_plan({}, plan.id, plan.file)
        for field in fields(plan):
            if field.name not in _KNOWN:
                count += 1
                list(rule.check_plan(replace(plan, **{field.name: getattr(nothing, field.name)}), about))
    return count


def together(contexts: list[ClaimContext], loaded: Loaded, judging: Judging) -> RepositoryContext:
    """Everything of one partner with these claims."""
    book, calendar = judging.book, judging.calendar
    return RepositoryContext(
        contexts, loaded.plans, loaded.funds, frozenset(), book, calendar, loaded.settings, judging.today
    )
