"""What each rule is given: a claim with everything it hangs on."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from poe_pack.evidence.facts import FileFacts, FileState, ProbeFacts
from poe_pack.evidence.files import inspect_file
from poe_pack.model import Claim, Partner, Period
from poe_pack.rulebook import Calendar, ClaimFacts, Requirements, Rulebook, UnknownValue, requirements
from poe_pack.rules.base import ClaimContext, History
from poe_pack.validation.loading import Loaded
from poe_pack.validation.options import ConfigurationError

if TYPE_CHECKING:
    from poe_pack.evidence.invoices.facts import Comparison
    from poe_pack.evidence.prober import Prober
    from poe_pack.validation.comparing import Comparer


_NO_HISTORY = History()
_NONE: Mapping[str, History] = MappingProxyType({})


class Judging(Struct, frozen=True):
    """What judges in a run: rulebook, calendar and the day it is."""

    book: Rulebook
    calendar: Calendar
    today: date
    for_submission: bool
    opens: Callable[[Claim], bool] | None
    tracked: frozenset[str] | None = None


class ContextMaker:
    """Builds the contexts of one run; the child that opens files is started once, if at all."""

    def __init__(self, loaded: Loaded, judging: Judging, histories: Mapping[str, History] = _NONE) -> None:
        self._loaded = loaded
        self._histories = histories
        self._judging = judging
        self._partners = {partner.folder: partner for partner in loaded.partners}
        self._plans = {(loaded.partner_folder(plan.file), plan.id): plan for plan in loaded.plans}
        nameless = any(not loaded.documents[plan.file].is_sound(["/id"]) for plan in loaded.plans)
        self._plans_unreadable = nameless or loaded.unreadable("plan")
        self._partners_unreadable = loaded.unreadable("partner")
        sound = (funds for funds in loaded.funds if not loaded.documents[funds.file].faults)
        self._claims = {(loaded.partner_folder(claim.file), claim.id): claim for claim in loaded.claims}
        # Claims of one kind need the same; ten thousand of them need it once.
        self._requirements: dict[Hashable, Requirements | None] = {}
        self._funds = {(loaded.partner_folder(funds.file), *funds.key): funds for funds in sound}

    def claims(self) -> list[ClaimContext]:
        """Contexts of all claims, by file."""
        claims = sorted(self._loaded.claims, key=lambda claim: claim.file)
        opens = self._judging.opens
        if opens is None:
            return [self._context(claim, self._files(claim), {}) for claim in claims]
        from poe_pack.evidence.prober import Prober, ProbingUnavailable
        from poe_pack.validation.comparing import Comparer

        contexts = []
        try:
            with Prober() as prober, Comparer() as comparer:
                for claim in claims:
                    files = self._files(claim)
                    probes = self._probes(claim, files, prober) if opens(claim) else {}
                    context = self._context(claim, files, probes)
                    if opens(claim):
                        context = replace(context, comparisons=self._comparisons(context, comparer))
                    contexts.append(context)
        except ProbingUnavailable as error:
            raise ConfigurationError(f"{error}; 'poe-pack doctor' says what is missing") from error
        return contexts

    def _context(self, claim: Claim, files: Mapping[str, FileFacts], probes: Mapping[str, ProbeFacts]) -> ClaimContext:
        judging, folder = self._judging, self._loaded.partner_folder(claim.file)
        period = self._usage_period(claim)
        plan = self._plans.get((folder, claim.plan)) if claim.plan is not None else None
        campaign = plan.campaign(claim.campaign) if plan is not None and claim.campaign is not None else None
        activity = campaign.activity(claim.activity) if campaign is not None and claim.activity is not None else None
        return ClaimContext(
            claim=claim,
            book=judging.book,
            calendar=judging.calendar,
            settings=self._loaded.settings,
            today=judging.today,
            for_submission=judging.for_submission,
            partner=self._partner(folder),
            partner_is_readable=not self._partners_unreadable,
            plan=plan,
            campaign=campaign,
            activity=activity,
            plan_is_readable=plan is not None or not self._plans_unreadable,
            usage_period=period,
            funds=self._funds.get((folder, claim.program, claim.location or "", period.label if period else "")),
            needs=self._needs(claim),
            files=files,
            probes=probes,
            history=self._histories.get(claim.file, _NO_HISTORY),
            content=self._content(claim),
            attached=self._attached(claim),
            predecessor=None if claim.replaces is None else self._claims.get((folder, claim.replaces)),
        )

    def _content(self, claim: Claim) -> Mapping[str, Any] | None:
        """Data of a claim that has something to be compared with it."""
        if not claim.submissions or claim.submissions[-1].claim_sha256 is None:
            return None
        tree = self._loaded.documents[claim.file].open()
        return None if tree is None else tree.data

    def _partner(self, folder: str | None) -> Partner | None:
        return None if folder is None else self._partners.get(folder)

    def _usage_period(self, claim: Claim) -> Period | None:
        """The period written in the claim, or else the one its date lies in."""
        calendar = self._judging.calendar
        try:
            if claim.usage_period is not None:
                return calendar.period(claim.usage_period)
            return None if claim.date is None else calendar.period_of(claim.date)
        except UnknownValue:  # a day before the rulebook's first
            return None

    def _needs(self, claim: Claim) -> Requirements | None:
        day, facts = claim.date or self._judging.today, claim_facts(claim)
        told = (facts.conditions, facts.channels, facts.expenses, facts.tactics)
        key = (claim.activity_type, day, *told, *sorted(facts.shown.items()))
        if key not in self._requirements:
            try:
                found = requirements(self._judging.book, claim.activity_type, day, facts)
            except UnknownValue:
                found = None
            self._requirements[key] = found
        return self._requirements[key]

    def _attached(self, claim: Claim) -> frozenset[str]:
        """Fields that are evidence themselves. An invoice without its file has a finding of its own."""
        approval = claim.pre_approval
        filled = {
            "third_party_invoices": bool(claim.third_party_invoices),
            "pre_approval": approval is not None and approval.file is not None,
        }
        is_sound = self._loaded.documents[claim.file].is_sound
        return frozenset(field for field, there in filled.items() if there or not is_sound([f"/{field}"]))

    def _files(self, claim: Claim) -> dict[str, FileFacts]:
        folder = self._loaded.layout.base / claim.folder
        limit = self._loaded.settings.evidence_file_bytes
        found = {file: inspect_file(folder, file, max_bytes=limit) for _, file in claim.files()}
        tracked = self._judging.tracked
        if tracked is None:
            return found
        # Before a commit: what lies there but is not in git's index will be missing for everybody else.
        left_out = [file for file in found if posixpath.normpath(f"{claim.folder}/{file}") not in tracked]
        there = (FileState.PRESENT, FileState.EMPTY)
        stay_behind = {f: replace(found[f], state=FileState.NOT_IN_GIT) for f in left_out if found[f].state in there}
        return found | stay_behind

    def _probes(self, claim: Claim, files: Mapping[str, FileFacts], prober: Prober) -> dict[str, ProbeFacts]:
        folder: Path = self._loaded.layout.base / claim.folder
        pages = self._loaded.settings.evidence_pages
        return {
            file: prober.probe(folder / file, facts.media_type, max_pages=pages)
            for file, facts in files.items()
            if facts.state is FileState.PRESENT
        }

    def _comparisons(self, context: ClaimContext, comparer: Comparer) -> dict[int, Comparison]:
        folder, pages = self._loaded.layout.base / context.claim.folder, self._loaded.settings.evidence_pages
        return comparer.comparisons(context.claim, folder, context.files, context.probes, pages)


def claim_facts(claim: Claim) -> ClaimFacts:
    """What the conditions of a rulebook may ask of this claim."""
    shown: dict[str, frozenset[str]] = {}
    for proof in claim.proof_documents:
        shown[proof.evidence] = shown.get(proof.evidence, frozenset()) | frozenset(proof.shows)
    # A line that is on the invoice but not claimed here asks for nothing.
    lines = (line for invoice in claim.third_party_invoices for line in invoice.lines if line.claimed_here > 0)
    categories = {line.category for line in lines}
    for report in claim.certification_service_reports:
        categories |= {person.category for person in report.people}
        categories |= {material.category for material in report.materials}
    return ClaimFacts(
        conditions=frozenset(claim.conditions),
        channels=frozenset(claim.channels),
        expenses=frozenset(category for category in categories if category is not None),
        shown=shown,
        tactics=claim.tactics,
    )
