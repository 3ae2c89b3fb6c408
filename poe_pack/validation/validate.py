"""The run: documents, nouns, rules, waivers, one Result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from poe_pack.documents.codes import CODES as DOCUMENT_CODES
from poe_pack.documents.fault import Code
from poe_pack.documents.repository import Layout, find_root, lay_out, locate
from poe_pack.findings import Finding
from poe_pack.model import Claim
from poe_pack.rulebook import Calendar, Rulebook, RulebookError, load_rulebook
from poe_pack.rules.base import Rule
from poe_pack.rules.registry import all_rules
from poe_pack.validation import waivers
from poe_pack.validation.accounts import funds_results
from poe_pack.validation.baseline import Entry, compare, split
from poe_pack.validation.changes import Touched, touched
from poe_pack.validation.checklist import names_of
from poe_pack.validation.claims import claim_results
from poe_pack.validation.contexts import ContextMaker, Judging
from poe_pack.validation.loading import Loaded, load
from poe_pack.validation.options import ConfigurationError, Options
from poe_pack.validation.policy import Policy, read_baseline, read_policy
from poe_pack.validation.result import Result, RulebookStamp, RuleSwitchedOff
from poe_pack.validation.running import Runner, document_findings
from poe_pack.validation.telling import Telling


def all_codes() -> tuple[Code, ...]:
    """Every code with its documentation: reading, schema, rules and waivers, in order."""
    rules = tuple(Code(rule.code, rule.name, rule.severity, rule.doc) for rule in all_rules())
    return tuple(sorted((*DOCUMENT_CODES, *rules, *waivers.CODES), key=lambda code: code.code))


def validate(options: Options) -> Result:
    """Check a claims repository.

    Raises NoRepository and ConfigurationError where the run cannot start; never for what documents hold.
    """
    layout = lay_out(find_root(options.paths))
    policy = None if options.policy_from is None else read_policy(layout, options.policy_from)
    baseline = None if options.baseline is None else read_baseline(layout, options.baseline, policy)
    loaded = load(layout, options.jobs)
    selected = _Selection(layout, options, _touched(loaded, options, policy))
    book, rules = _judge(loaded, options, policy)
    judging = _judging(loaded, options, book, selected.opens if options.deep else None)
    contexts = ContextMaker(loaded, judging).claims()
    ran = Runner(loaded, judging, rules).run(contexts)
    findings = [*document_findings(loaded.documents.values()), *ran.findings]
    idle = _idle(loaded, ran.ran)
    standing, waived = waivers.apply_waivers(findings, loaded.claims, loaded.documents, judging.today, idle)
    off = {setting.rule for setting in loaded.settings.rules_off}
    standing = [finding for finding in standing if finding.code not in off]
    standing.sort(key=lambda finding: finding.order)
    waived.sort(key=lambda finding: finding.order)
    names = names_of(contexts[0]) if contexts else {}
    stand, known = (standing, []) if baseline is None else split(standing, baseline)
    would_show = selected.of(Telling(loaded, rules, ran.ran, deep=options.deep))
    return Result(
        root=layout.root,
        base=layout.base,
        as_of=judging.today,
        settings=loaded.settings,
        rulebooks=(RulebookStamp(book.id, book.version, book.title, book.vendor, book.sha256),),
        partners=tuple(loaded.partners),
        plans=tuple(loaded.plans),
        claims=tuple(claim_results(contexts, rules, ran.ran, standing, waived, names)) if options.details else (),
        funds=tuple(funds_results(loaded, contexts, judging.calendar, judging.today)) if options.details else (),
        findings=tuple(selected.shown(stand)),
        waived=tuple(selected.shown(waived)),
        rules_ran=tuple(rule.code for rule in rules),
        rules_off=tuple(RuleSwitchedOff(off.rule, off.reason) for off in loaded.settings.rules_off),
        claims_without_details=0 if options.details else len(contexts),
        documents=tuple((d.file, d.id) for d in loaded.documents.values() if selected.is_inside(d.file)),
        shown_below=selected.places,
        shown_staged=options.show is not None and options.changed_since is None,
        shown_since=options.changed_since,
        known=tuple(selected.shown(known)),
        baseline=None if baseline is None else compare(baseline, [*standing, *waived], would_show),
        policy_from=None if policy is None else policy.stamp,
        unread=sum(1 for d in loaded.documents.values() if d.kind == "claim" and not d.is_readable),
    )


def _judge(loaded: Loaded, options: Options, policy: Policy | None) -> tuple[Rulebook, tuple[Rule, ...]]:
    """The rulebook and rules that judge; with a policy its settings become those of the run.

    What the working tree itself says must be usable all the same: once merged, it judges.
    """
    try:
        book = load_rulebook(loaded.settings.rulebook, loaded.layout.root)
    except RulebookError as error:
        raise ConfigurationError(str(error)) from error
    rules = _rules(loaded, options)
    if policy is None:
        return book, rules
    loaded.settings = policy.settings
    try:
        return policy.rulebook, _rules(loaded, options)
    except ConfigurationError as error:
        raise policy.stamp.refusal(str(error)) from error


def _touched(loaded: Loaded, options: Options, policy: Policy | None) -> Touched | None:
    if options.show is None:
        return None
    return touched(options.show, loaded, loaded.settings if policy is None else policy.settings)


def _judging(loaded: Loaded, options: Options, book: Rulebook, opens: Callable[[Claim], bool] | None) -> Judging:
    today = options.as_of or datetime.now(ZoneInfo(loaded.settings.timezone)).date()
    calendar = Calendar(book, loaded.settings.holidays)
    return Judging(book, calendar, today, options.for_submission, opens, options.tracked)


def _rules(loaded: Loaded, options: Options) -> tuple[Rule, ...]:
    """The rules to run. Raises ConfigurationError for a code that does not exist."""
    known = {code.code for code in all_codes()}
    off = {setting.rule for setting in loaded.settings.rules_off}
    for code in (*options.select, *options.ignore, *sorted(off)):
        if code not in known:
            raise ConfigurationError(f"there is no rule {code}; 'poe-pack rules' lists them")
    for code in sorted(off & {code.code for code in DOCUMENT_CODES}):
        raise ConfigurationError(f"{code} cannot be switched off: nobody knows what a document with that fault says")
    # Whether a waiver is needed shows only when every rule has run.
    selected = set() if any(code.code in options.select for code in waivers.CODES) else set(options.select)
    return tuple(
        rule
        for rule in all_rules()
        if rule.code not in off and rule.code not in options.ignore and (not selected or rule.code in selected)
    )


def _idle(loaded: Loaded, ran: Mapping[str, Set[str]]) -> dict[str, Set[str]]:
    """For each claim the codes of rules of which it cannot be said that they found nothing.

    That is every rule where another document has a fault: it may be the one that the rule compares with.
    """
    rules = frozenset(rule.code for rule in all_rules())
    faulty = {document.file for document in loaded.documents.values() if document.faults}
    return {file: rules if faulty - {file} else rules - done for file, done in ran.items()}


class _Selection:
    """Which findings are shown: those below the paths asked for, and of the codes asked for."""

    def __init__(self, layout: Layout, options: Options, touched: Touched | None) -> None:
        self._options = options
        self._touched = touched
        self._places: list[str] | None = None
        places = [locate(path) for path in options.paths]
        if not any(place == layout.root or place in layout.root.parents for place in places):
            self._places = [_document_of(layout, place) for place in places]

    @property
    def places(self) -> tuple[str, ...]:
        """What the findings are narrowed to; empty for the whole repository."""
        return tuple(dict.fromkeys(self._places or ()))

    def shown(self, findings: Sequence[Finding]) -> list[Finding]:
        return [finding for finding in findings if self._is_shown(finding)]

    def opens(self, claim: Claim) -> bool:
        """Whether the evidence of this claim is opened in a deep run."""
        ids = self._options.deep_ids
        return claim.id in ids or (self._covers(claim.file) and not (ids and self._places is None))

    def _covers(self, file: str) -> bool:
        return self._places is None or any(_inside(file, place) for place in self._places)

    def _is_shown(self, finding: Finding) -> bool:
        concerned = self._touched is None or self._touched.concerns(finding)
        return concerned and self._covers(finding.file) and self._is_asked_for(finding.code)

    def _is_asked_for(self, code: str) -> bool:
        options = self._options
        return code not in options.ignore and (not options.select or code in options.select)

    def of(self, telling: Telling) -> Callable[[Entry], bool]:
        """Whether a finding of an earlier run would have been found and shown, were it still there."""
        return lambda entry: self.is_inside(entry.file) and self._is_asked_for(entry.code) and telling.would_find(entry)

    def is_inside(self, file: str) -> bool:
        """Whether findings of a document are shown."""
        return self._covers(file) and (self._touched is None or self._touched.covers(file))


def _document_of(layout: Layout, place: Path) -> str:
    """What a path stands for, relative to the base: itself, or the claim that a piece of evidence belongs to."""
    relative = place.relative_to(layout.base).as_posix()
    if relative in layout.files or (place.is_dir() and any(_inside(file, relative) for file in layout.files)):
        return relative
    inside = (folder for folder in place.parents if folder.is_relative_to(layout.root))
    claim = next((folder for folder in inside if (folder / "claim.yaml").is_file()), place)
    return claim.relative_to(layout.base).as_posix()


def _inside(file: str, place: str) -> bool:
    return place in ("", ".") or file == place or file.startswith(f"{place}/")
