"""What each rule is given: a claim with everything it hangs on."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from poe_pack.documents.repository import SUMS_FILE
from poe_pack.evidence.facts import FileFacts, FileState, ProbeFacts
from poe_pack.evidence.files import inspect_file
from poe_pack.evidence.sums import Sums, read_sums
from poe_pack.model import Claim, Partner, Period
from poe_pack.rulebook import Calendar, ClaimFacts, Requirements, Rulebook, UnknownValue, requirements
from poe_pack.rules.base import ClaimContext, History
from poe_pack.validation.digests import Digests
from poe_pack.validation.loading import Loaded

if TYPE_CHECKING:
    from poe_pack.evidence.invoices.facts import Comparison
    from poe_pack.validation.comparing import Comparer
    from poe_pack.validation.opening import Opener


_NO_HISTORY = History()
_NONE: Mapping[str, History] = MappingProxyType({})


class Judging(Struct, frozen=True):
    """What judges in a run: rulebook, calendar and the day it is.

    `opens` says of which claims it counts what the files say when they are opened; `deep`, that they are opened;
    `reuse`, that answers of earlier runs count.
    """

    book: Rulebook
    calendar: Calendar
    today: date
    for_submission: bool
    opens: Callable[[Claim], bool] | None
    tracked: frozenset[str] | None = None
    known: Digests | None = None
    deep: bool = False
    reuse: bool = False


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
        # The folders were listed anyway: a claim without digests costs no look at the disk.
        self._locked = frozenset(loaded.layout.sums)
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
        from poe_pack.validation.opening import Opener  # starting processes takes imports of its own

        contexts = []
        with Opener(deep=self._judging.deep, remember=self._judging.reuse) as opener:
            comparer = opener.comparer()
            for claim in claims:
                files = self._files(claim)
                probes = self._probes(claim, files, opener) if opens(claim) else {}
                context = self._context(claim, files, probes)
                if comparer is not None and opens(claim):
                    context = replace(context, comparisons=self._comparisons(context, comparer))
                contexts.append(context)
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
            sums=self._sums(claim),
            untracked=self._left_out(claim, files, self._tracked) if self._judging.tracked is None else frozenset(),
            predecessor=None if claim.replaces is None else self._claims.get((folder, claim.replaces)),
        )

    def _sums(self, claim: Claim) -> Sums | None:
        if posixpath.join(claim.folder, SUMS_FILE) not in self._locked:
            return None
        return read_sums(self._loaded.layout.base / claim.folder)

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
        known = self._judging.known
        named = dict.fromkeys(file for _, file in claim.files())  # a file may have its place twice, and is read once
        found = {file: inspect_file(folder, file, max_bytes=limit, known=known) for file in named}
        tracked = self._judging.tracked
        if tracked is None:
            return found
        # Before a commit: what lies there but is not in git's index will be missing for everybody else.
        left_out = self._left_out(claim, found, tracked)
        return found | {file: replace(found[file], state=FileState.NOT_IN_GIT) for file in left_out}

    @staticmethod
    def _left_out(claim: Claim, files: Mapping[str, FileFacts], tracked: frozenset[str] | None) -> frozenset[str]:
        """Files that lie there, of which git knows nothing; none where git was not asked."""
        if tracked is None:
            return frozenset()
        there = (file for file, facts in files.items() if facts.state in (FileState.PRESENT, FileState.EMPTY))
        return frozenset(file for file in there if posixpath.normpath(f"{claim.folder}/{file}") not in tracked)

    @cached_property
    def _tracked(self) -> frozenset[str] | None:
        """What git knows, asked once and only when it matters; None where it is not asked or cannot tell."""
        judging, base = self._judging, self._loaded.layout.base
        if not (judging.deep or judging.for_submission) or not (base / ".git").exists():
            return None
        from poe_pack.git import GitProblem, tracked_files  # starting programs takes an import of its own

        try:
            return tracked_files(base)
        except GitProblem:
            return None

    def _probes(self, claim: Claim, files: Mapping[str, FileFacts], opener: Opener) -> dict[str, ProbeFacts]:
        folder, settings = self._loaded.layout.base / claim.folder, self._loaded.settings
        return opener.probes(folder, files, pages=settings.evidence_pages, max_bytes=settings.evidence_file_bytes)

    def _comparisons(self, context: ClaimContext, comparer: Comparer) -> dict[int, Comparison]:
        claim, settings = context.claim, self._loaded.settings
        pages, size = settings.evidence_pages, settings.evidence_file_bytes
        folder = self._loaded.layout.base / claim.folder
        return comparer.comparisons(claim, folder, context.files, context.probes, pages=pages, max_bytes=size)


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
