"""The run: documents, nouns, rules, waivers, baseline, one verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from poe_pack.documents.codes import CODES as DOCUMENT_CODES
from poe_pack.documents.repository import ROOT_FILE, Layout
from poe_pack.findings import Finding
from poe_pack.model import Claim
from poe_pack.rulebook import Calendar, Rulebook, RulebookError, load_rulebook
from poe_pack.rules.base import ClaimContext, History, Rule, is_settled
from poe_pack.rules.registry import all_rules
from poe_pack.validation import sources, waivers
from poe_pack.validation.by_opening import BY_OPENING
from poe_pack.validation.codes import all_codes
from poe_pack.validation.contexts import ContextMaker, Judging
from poe_pack.validation.digests import Digests
from poe_pack.validation.loading import Loaded, in_base, load
from poe_pack.validation.options import ConfigurationError, Options, today_in
from poe_pack.validation.running import Runner, document_findings
from poe_pack.validation.selection import Selection
from poe_pack.validation.verdict import RulebookStamp, RuleSwitchedOff, Verdict

if TYPE_CHECKING:
    from poe_pack.validation.baseline import Baseline
    from poe_pack.validation.changes import Touched
    from poe_pack.validation.policy import Policy


class Run(Struct, frozen=True):
    """What a run worked out, with nothing left out that nobody asked to see."""

    loaded: Loaded
    judging: Judging
    rules: tuple[Rule, ...]
    contexts: Sequence[ClaimContext]
    ran: Mapping[str, Set[str]]
    selection: Selection
    standing: Sequence[Finding]
    verdict: Verdict


def run_rules(layout: Layout, options: Options) -> Run:
    """Read all documents, run the rules, apply waivers and baseline. Raises ConfigurationError."""
    policy, baseline = _policy(layout, options)
    loaded = load(layout, options.jobs, options.remember)
    selection = Selection(layout, options, _touched(loaded, options, policy))
    book, rules = _judge(loaded, options, policy)
    opens = (lambda claim: selection.opens(claim.file, claim.id)) if options.deep or options.reuse else None
    judging = _judging(loaded, options, book, opens)
    unasked, histories = _histories(loaded)
    contexts = ContextMaker(loaded, judging, histories).claims()
    if judging.known is not None:
        judging.known.keep()
    ran = Runner(loaded, judging, rules, histories).run(contexts)
    findings = [*document_findings(loaded.documents.values()), *ran.findings]
    findings += sources.stale_sources(loaded, book, judging.today)
    idle = _idle(loaded, ran.ran, {claim.file for claim in loaded.claims if options.deep and opens and opens(claim)})
    standing, waived = (
        _owned(loaded, some)
        for some in waivers.apply_waivers(findings, loaded.claims, loaded.documents, judging.today, idle)
    )
    off = {setting.rule for setting in loaded.settings.rules_off}
    standing = sorted((finding for finding in standing if finding.code not in off), key=lambda finding: finding.order)
    stand, known, compared = standing, list[Finding](), None
    if baseline is not None:
        from poe_pack.validation.baseline import compare, split
        from poe_pack.validation.telling import Telling

        telling = Telling(loaded, rules, ran.ran, deep=options.deep)
        stand, known = split(standing, baseline)
        compared = compare(baseline, [*standing, *waived], selection.of(telling))
    unread = sum(1 for d in loaded.documents.values() if d.kind == "claim" and not d.is_readable)
    verdict = Verdict(
        root=layout.root,
        base=layout.base,
        as_of=judging.today,
        rulebooks=(RulebookStamp.of(book),),
        findings=tuple(stand),
        waived=tuple(sorted(waived, key=lambda finding: finding.order)),
        known=tuple(known),
        baseline=compared,
        policy_from=None if policy is None else policy.stamp,
        rules_ran=tuple(rule.code for rule in rules),
        rules_off=tuple(RuleSwitchedOff(off.rule, off.reason) for off in loaded.settings.rules_off),
        claim_count=len(contexts) + unread,
        unread=unread,
        documents=tuple((d.file, d.id) for d in loaded.documents.values()),
        history_not_checked=unasked if any(claim.is_closed for claim in loaded.claims) else None,
        settled=sum(1 for claim in loaded.claims if is_settled(claim, book)),
    )
    return Run(loaded, judging, rules, contexts, ran.ran, selection, standing, verdict)


def _owned(loaded: Loaded, findings: Iterable[Finding]) -> list[Finding]:
    """Findings with the partner whose documents they are about, where partners have folders of their own."""
    root = in_base(loaded.layout, ROOT_FILE).rpartition("/")[0]
    partners = (document for document in loaded.documents.values() if document.kind == "partner")
    owners = {document.folder: document.id for document in partners if document.folder != root}
    if not owners:
        return list(findings)
    return [replace(finding, owner=owners.get(loaded.partner_folder(finding.file) or "", "")) for finding in findings]


def _histories(loaded: Loaded) -> tuple[str | None, Mapping[str, History]]:
    """Why git cannot tell what documents said before (None: it can), and what they said."""
    if not (loaded.layout.base / ".git").exists():
        return "no_repository", {}
    from poe_pack.git import HistoryState
    from poe_pack.validation.history import read_histories  # starting programs takes an import of its own

    state, histories = read_histories(loaded)
    return None if state is HistoryState.CHECKED else state.value, histories


def _policy(layout: Layout, options: Options) -> tuple[Policy | None, Baseline | None]:
    """What judges beside the working tree, and what an earlier run found; each imported only when it is asked for."""
    if options.policy_from is None and options.baseline is None:
        return None, None
    from poe_pack.validation.policy import read_baseline, read_policy

    policy = None if options.policy_from is None else read_policy(layout, options.policy_from)
    return policy, None if options.baseline is None else read_baseline(layout, options.baseline, policy)


def _judge(loaded: Loaded, options: Options, policy: Policy | None) -> tuple[Rulebook, tuple[Rule, ...]]:
    """The rulebook and rules that judge; with a policy its settings become those of the run.

    What the working tree itself says must be usable all the same: once merged, it judges.
    """
    try:
        book = options.rulebook or load_rulebook(loaded.settings.rulebook, loaded.layout.root)
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
    from poe_pack.validation.changes import touched

    return touched(options.show, loaded, loaded.settings if policy is None else policy.settings)


def _judging(loaded: Loaded, options: Options, book: Rulebook, opens: Callable[[Claim], bool] | None) -> Judging:
    today = options.as_of or today_in(loaded.settings.timezone)
    calendar = Calendar(book, loaded.settings.holidays)
    known = Digests() if options.remember else None
    return Judging(
        book,
        calendar,
        today,
        options.for_submission,
        opens,
        options.tracked,
        known=known,
        deep=options.deep,
        reuse=options.reuse,
    )


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


def _idle(loaded: Loaded, ran: Mapping[str, Set[str]], opened: Set[str]) -> dict[str, Set[str]]:
    """For each claim the codes of rules of which it cannot be said that they found nothing.

    That is every rule where a plan, partner or other common document has a fault: it may be the one that the rule
    looks at. A fault in another claim concerns only rules that compare claims. Of claims that are not among those whose
    files were `opened` nobody knows what opening them would have told.
    """
    rules = all_rules()
    every = frozenset(rule.code for rule in rules)
    comparing = frozenset(rule.code for rule in rules if rule.finish is not None)
    faulty = {document.file: document.kind for document in loaded.documents.values() if document.broken}
    idle: dict[str, Set[str]] = {}
    for file, done in ran.items():
        others = {kind for other, kind in faulty.items() if other != file}
        unopened = frozenset() if file in opened else BY_OPENING
        idle[file] = every if others - {"claim"} else (every - done) | unopened | (comparing if others else frozenset())
    return idle
