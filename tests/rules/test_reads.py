"""READS is honest: what a rule reads of a claim or plan is what it says it reads, found out by watching it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from msgspec.structs import replace

from poe_pack.documents.repository import lay_out
from poe_pack.evidence.facts import ProbeFacts, ProbeState
from poe_pack.findings import JudgedBy
from poe_pack.model import Claim, Funds, Plan
from poe_pack.rulebook import Calendar, load_rulebook
from poe_pack.rules.base import ClaimContext, PlanContext, RepositoryContext, Rule
from poe_pack.rules.registry import all_rules
from poe_pack.validation.contexts import ContextMaker, Judging
from poe_pack.validation.loading import Loaded, load
from tests.rules.harness import AS_OF, all_cases, build

# Where a claim came from and what it is called are not fields that could be faulty for another rule.
NOT_READ = {"id", "file", "folder"}

# What the context says of a claim follows from these of its fields (`needs` alone is a look at the type and the day).
DERIVED = {
    "plan": {"plan"},
    "campaign": {"plan", "campaign", "plan:/campaigns"},
    "activity": {"plan", "campaign", "activity", "plan:/campaigns"},
    "usage_period": {"usage_period", "date"},
    "needs": {"activity_type", "date"},
}

# Read by a rule through something else than attributes, or wanted silent although it does not look there itself.
ALSO = {
    "POE301": {"flow": "where a claim is filed decides whether it has a campaign at all"},
    "POE806": dict.fromkeys(("history", "submissions", "requests", "payments"), "read as data, as git holds them"),
    "POE510": dict.fromkeys(("channels", "conditions", "tactics"), "decide what is needed"),
    "POE530": dict.fromkeys(("channels", "conditions", "tactics"), "decide what is needed"),
}

# What they look at hangs on what the files say: to these every file is a photo of that day.
OPENED = {"POE546": date(2026, 9, 10)}


class Watched:
    """Which fields were looked at since the last reset; `paused` while only a source is looked up."""

    seen: ClassVar[set[str]] = set()
    paused: ClassVar[bool] = False

    @classmethod
    def note(cls, names: Iterable[str]) -> None:
        if not cls.paused:
            cls.seen.update(names)


def names_of(kind: type[Any]) -> frozenset[str]:
    return frozenset(kind.__struct_fields__) - NOT_READ


CLAIM_FIELDS, PLAN_FIELDS, FUNDS_FIELDS = names_of(Claim), names_of(Plan), names_of(Funds)


class WatchedClaim(Claim, frozen=True):
    def __getattribute__(self, name: str) -> Any:
        if name in CLAIM_FIELDS:
            Watched.note([name])
        return super().__getattribute__(name)


class WatchedPlan(Plan, frozen=True):
    def __getattribute__(self, name: str) -> Any:
        if name in PLAN_FIELDS:
            Watched.note([name])
        return super().__getattribute__(name)


class WatchedPlanOfClaim(Plan, frozen=True):
    def __getattribute__(self, name: str) -> Any:
        if name in PLAN_FIELDS:
            Watched.note([f"plan:/{name}"])
        return super().__getattribute__(name)


class WatchedFunds(Funds, frozen=True):
    def __getattribute__(self, name: str) -> Any:
        if name in FUNDS_FIELDS:
            Watched.note([name])
        return super().__getattribute__(name)


class WatchedContext(ClaimContext, frozen=True):
    def __getattribute__(self, name: str) -> Any:
        Watched.note(DERIVED.get(name, ()))
        return super().__getattribute__(name)

    def source(self, *path: str) -> JudgedBy | None:
        """Only says where something is written; without a date, where it is written today."""
        Watched.paused = True
        try:
            return super().source(*path)
        finally:
            Watched.paused = False


def copy(kind: type[Any], value: Any) -> Any:
    return kind(**{field: getattr(value, field) for field in value.__struct_fields__})


def watched(context: ClaimContext) -> ClaimContext:
    plan = None if context.plan is None else copy(WatchedPlanOfClaim, context.plan)
    with_claim = replace(context, claim=copy(WatchedClaim, context.claim), plan=plan)
    found: ClaimContext = copy(WatchedContext, with_claim)
    return found


def looked_at(rule: Rule) -> set[str]:
    """The fields that a rule reads in any case of its own."""
    seen: set[str] = set()
    for case in all_cases():
        if case.code == rule.code and (rule.code in OPENED or not case.data.get("deep")):
            with TemporaryDirectory() as folder:
                build(case.data, Path(folder))
                as_of = date.fromisoformat(str(case.data.get("as_of", AS_OF)))
                seen |= watch(rule, Path(folder), as_of)
    return seen


def watch(rule: Rule, root: Path, as_of: date) -> set[str]:
    """Fields of claims, plans and funds that a rule reads in this repository."""
    loaded = load(lay_out(root), 1)
    judged_by = load_rulebook(loaded.settings.rulebook, root)
    judging = Judging(judged_by, Calendar(judged_by, loaded.settings.holidays), as_of, for_submission=True, opens=None)
    contexts = [watched(context) for context in ContextMaker(loaded, judging).claims()]
    if rule.code in OPENED:
        photo = ProbeFacts(ProbeState.OK, taken=OPENED[rule.code])
        contexts = [replace(c, probes={file: photo for _, file in c.claim.files()}) for c in contexts]
    Watched.seen.clear()
    for context in contexts:
        if rule.check is not None:
            list(rule.check(context.claim, context))
    if rule.check_plan is not None:
        for plan in loaded.plans:
            about = PlanContext(judged_by, judging.calendar, loaded.settings, as_of)
            list(rule.check_plan(copy(WatchedPlan, plan), about))
    if rule.finish is not None:
        list(rule.finish(together(contexts, loaded, judging)))
    return set(Watched.seen)


def together(contexts: list[ClaimContext], loaded: Loaded, judging: Judging) -> RepositoryContext:
    plans = [copy(WatchedPlan, plan) for plan in loaded.plans]
    funds = [copy(WatchedFunds, account) for account in loaded.funds]
    book, calendar = judging.book, judging.calendar
    return RepositoryContext(contexts, plans, funds, frozenset(), book, calendar, loaded.settings, judging.today)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_reads_is_honest(rule: Rule) -> None:
    said = {read.removeprefix("/") for read in rule.reads}
    seen = looked_at(rule)
    if "" in said:  # the whole document, and so whatever it looks at
        return
    assert seen - said == set(), "read, but not in READS"
    assert said - seen - {"id"} == set(ALSO.get(rule.code, ())), "in READS, but never read"


def test_the_watch_sees_through_properties() -> None:
    with TemporaryDirectory() as folder:
        build({}, Path(folder))
        loaded = load(lay_out(Path(folder)), 1)
    claim = copy(WatchedClaim, loaded.claims[0])
    Watched.seen.clear()
    assert claim.submitted_at is not None
    assert Watched.seen == {"submissions"}
