"""What a rule says where a piece of what it looks at is not there: of the claims and plans of its own cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from poe_pack.documents.repository import lay_out
from poe_pack.model.read_claim import read_claim
from poe_pack.rulebook import Calendar, load_rulebook
from poe_pack.rules.base import ClaimContext, PlanContext, RepositoryContext, Rule
from poe_pack.rules.registry import all_rules
from poe_pack.validation.contexts import ContextMaker, Judging
from poe_pack.validation.loading import Loaded, load
from tests.rules.harness import AS_OF, all_cases, build

_CASES = 4

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
    for name in _HALF:
        yield replace(context, claim=replace(claim, **{name: getattr(half, name)}))
    for less in lesser(claim):
        yield replace(context, claim=less)
    for name in _OPTIONAL:
        missing: dict[str, Any] = {name: None}
        yield replace(context, **missing)
    for less in lesser(context.campaign):
        assert context.plan is not None
        campaigns = tuple(less if one == context.campaign else one for one in context.plan.campaigns)
        yield replace(context, campaign=less, plan=replace(context.plan, campaigns=campaigns))
    for name in ("activity", "partner", "funds", "predecessor"):
        for less in lesser(getattr(context, name)):
            changed: dict[str, Any] = {name: less}
            yield replace(context, **changed)
    yield replace(context, probes={})
    without: dict[str, Any] = dict.fromkeys(_OPTIONAL)
    yield replace(context, claim=nothing, **without)
    yield replace(context, claim=half, **without)


def lesser(value: Any) -> Iterator[Any]:
    """A value of the model, each time without one of the pieces that it may lack, at whatever depth."""
    if isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from ((*value[:number], less, *value[number + 1 :]) for less in lesser(item))
    elif isinstance(value, Struct):
        hints = _hints(type(value))
        for field in value.__struct_fields__:
            inner = getattr(value, field)
            if inner is not None and type(None) in get_args(hints[field]):
                yield replace(value, **{field: None})
            elif isinstance(inner, tuple) and inner:
                yield replace(value, **{field: ()})
            yield from (replace(value, **{field: less}) for less in lesser(inner))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _plans(rule: Rule, loaded: Loaded, judging: Judging) -> int:
    if rule.check_plan is None:
        return 0
    about = PlanContext(judging.book, judging.calendar, loaded.settings, judging.today)
    count = 0
    for plan in loaded.plans:
        for less in lesser(plan):
            count += 1
            list(rule.check_plan(less, about))
    return count


def together(contexts: list[ClaimContext], loaded: Loaded, judging: Judging) -> RepositoryContext:
    """Everything of one partner with these claims."""
    book, calendar = judging.book, judging.calendar
    return RepositoryContext(
        contexts, loaded.plans, loaded.funds, frozenset(), book, calendar, loaded.settings, judging.today
    )
