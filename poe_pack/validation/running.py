"""Runs the rules and turns what they hit into findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct

from poe_pack.documents.codes import MISSING_KEY
from poe_pack.documents.fault import Fault
from poe_pack.documents.node import stable_path
from poe_pack.documents.repository import Document
from poe_pack.findings import NOWHERE, Finding, Position, Related, Severity
from poe_pack.model import OPEN_TO_PARTNER, Claim
from poe_pack.rules.base import (
    ClaimContext,
    History,
    Hit,
    Place,
    PlanContext,
    RepositoryContext,
    Rule,
    When,
    is_settled,
)
from poe_pack.validation.contexts import Judging
from poe_pack.validation.loading import Loaded, by_partner

_WORKFLOW = "POE800"


class Ran(Struct, frozen=True):
    """What came of the rules: findings, and for each claim's file the codes of the rules that could run."""

    findings: list[Finding]
    ran: Mapping[str, Set[str]]


class Runner:
    """Runs a set of rules over one loaded repository."""

    def __init__(
        self, loaded: Loaded, judging: Judging, rules: Sequence[Rule], histories: Mapping[str, History]
    ) -> None:
        self._histories = histories
        self._loaded = loaded
        self._judging = judging
        self._rules = rules
        self._claim_rules = [(rule, *_reads(rule)) for rule in rules]
        self._checks = [rule for rule in rules if rule.check is not None]
        self._codes = frozenset(rule.code for rule in rules)
        self._claims = {claim.file: claim for claim in loaded.claims}

    def run(self, contexts: Sequence[ClaimContext]) -> Ran:
        """Check plans, claims, then everything of each partner together."""
        ran: dict[str, Set[str]] = {}
        findings = list(self._plans())
        for context in contexts:
            rules = self._that_may(context)
            # One set for all sound claims: thousands of their own would be most of the memory.
            ran[context.claim.file] = self._codes if rules is self._checks else {rule.code for rule in rules}
            findings += self._claim(context, rules)
        files = [context.claim.file for context in contexts]
        files += [document.file for document in self._loaded.documents.values() if document.kind in ("plan", "funds")]
        for _, group in by_partner(self._loaded, files):
            findings += self._finish(contexts, frozenset(group), ran)
        return Ran(findings, ran)

    def _plans(self) -> Iterator[Finding]:
        loaded, judging = self._loaded, self._judging
        for plan in loaded.plans:
            document = loaded.documents[plan.file]
            history = self._histories.get(plan.file, History())
            context = PlanContext(judging.book, judging.calendar, loaded.settings, judging.today, history)
            for rule in self._rules:
                if rule.check_plan is not None and document.is_sound(rule.reads):
                    yield from (self._finding(rule, hit, plan.file) for hit in rule.check_plan(plan, context))

    def _claim(self, context: ClaimContext, rules: Sequence[Rule]) -> Iterator[Finding]:
        claim = context.claim
        for rule in rules:
            if rule.check is not None:
                for hit in rule.check(claim, context):
                    yield self._finding(rule, hit, claim.file)

    def _that_may(self, context: ClaimContext) -> list[Rule]:
        """The rules that may look at a claim: not those that read what has a fault, or whose verdict is settled."""
        claim = context.claim
        document = self._loaded.documents[claim.file]
        plan = None if context.plan is None else self._loaded.documents[context.plan.file]
        settled = is_settled(claim, self._judging.book)
        if not settled and not document.faults and (plan is None or not plan.faults):
            return self._checks  # as nearly always
        return [
            rule
            for rule, own, of_plan in self._claim_rules
            if (not settled or _outlasts(rule)) and document.is_sound(own) and (plan is None or plan.is_sound(of_plan))
        ]

    def _finish(
        self, contexts: Sequence[ClaimContext], group: frozenset[str], ran: Mapping[str, Set[str]]
    ) -> Iterator[Finding]:
        unreadable = {kind for kind in ("plan", "funds", "claim") if self._loaded.unreadable(kind)}
        own = [c for c in contexts if c.claim.file in group]
        all_plans = [plan for plan in self._loaded.plans if plan.file in group]
        all_funds = [funds for funds in self._loaded.funds if funds.file in group]
        for rule in self._rules:
            if rule.finish is None:
                continue
            plans = [plan for plan in all_plans if self._is_sound(plan.file, rule)]
            funds = [account for account in all_funds if self._is_sound(account.file, rule)]
            # What a rule may not read is to it as if it could not be read: nothing is "unknown" for that.
            faulty = {kind for kind, lost in (("plan", plans != all_plans), ("funds", funds != all_funds)) if lost}
            near = contexts if rule.everywhere else own
            looked_at = [c for c in near if rule.code in ran[c.claim.file]]
            together = RepositoryContext(
                claims=[c for c in looked_at if c.claim.file in group] if rule.everywhere else looked_at,
                plans=plans,
                funds=funds,
                unreadable=frozenset(unreadable | faulty),
                book=self._judging.book,
                calendar=self._judging.calendar,
                settings=self._loaded.settings,
                today=self._judging.today,
                elsewhere=[c for c in looked_at if c.claim.file not in group] if rule.everywhere else (),
            )
            for hit in rule.finish(together):
                claim = self._claims.get(hit.file or "")
                if claim is None or _outlasts(rule) or not is_settled(claim, self._judging.book):
                    yield self._finding(rule, hit, hit.file or "")

    def _is_sound(self, file: str, rule: Rule) -> bool:
        return self._loaded.documents[file].is_sound(rule.reads or ("",))

    def _finding(self, rule: Rule, hit: Hit, file: str) -> Finding:
        file = hit.file or file
        document = self._loaded.documents[file]
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=self._severity(rule, hit, self._claims.get(file)),
            message=f"{rule.code}.{hit.variant}" if hit.variant else rule.code,
            values=hit.values,
            file=file,
            position=_position(document, hit),
            path=hit.path,
            document=document.id,
            stable_path=_stable(document, hit.path),
            related=tuple(self._related(place) for place in hit.related),
            judged_by=hit.judged_by,
        )

    def _severity(self, rule: Rule, hit: Hit, claim: Claim | None) -> Severity:
        """Open instead of error for what a claim that is still the partner's may lack."""
        severity = hit.severity or rule.severity
        lacks = rule.when is When.SUBMISSION and severity is Severity.ERROR
        if lacks and claim is not None and claim.status in OPEN_TO_PARTNER and not self._judging.for_submission:
            return Severity.OPEN
        return severity

    def _related(self, place: Place) -> Related:
        if place.line is not None:
            return Related(place.file, Position(place.line, 1, place.line, 1), "related.see")
        document = self._loaded.documents[place.file]
        tree = document.open()
        position = tree.places.value(place.path) if tree is not None else NOWHERE
        return Related(place.file, position, "related.see")


def _outlasts(rule: Rule) -> bool:
    """Whether a rule speaks of a settled claim, too: of the days since, its workflow, or all documents together."""
    return rule.clock or rule.code >= _WORKFLOW


def _reads(rule: Rule) -> tuple[list[str], list[str]]:
    """What a rule reads of the claim and of its plan."""
    own = [read for read in rule.reads if not read.startswith("plan:")]
    if rule.when is When.SUBMISSION:
        own.append("/status")  # it decides what a draft may still lack
    return own, [read.removeprefix("plan:") for read in rule.reads if read.startswith("plan:")]


def _position(document: Document, hit: Hit) -> Position:
    tree = document.open()
    if tree is None:
        return NOWHERE
    places = tree.places
    return places.key(hit.path) if hit.at_key else places.value(hit.path)


def _stable(document: Document, path: str) -> str:
    tree = document.open()
    return stable_path(tree.data if tree is not None else None, path)


def document_findings(documents: Iterable[Document]) -> Iterator[Finding]:
    """Findings of reading and of the schema."""
    for document in documents:
        for fault in document.faults:
            yield _from_fault(document, fault)


def _from_fault(document: Document, fault: Fault) -> Finding:
    return Finding(
        code=fault.code.code,
        name=fault.code.name,
        severity=fault.severity or fault.code.severity,
        message=fault.message,
        values=fault.values,
        file=document.file,
        position=fault.position,
        path=fault.path.rpartition("/")[0] if fault.code == MISSING_KEY else fault.path,
        document=document.id,
        stable_path=_stable(document, fault.path),
        related=tuple(Related(document.file, position, message) for position, message in fault.related),
        fix=fault.fix,
    )
