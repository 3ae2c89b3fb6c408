"""The checklist of a claim: what it needs, what meets it, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

from msgspec.structs import replace

from poe_pack.findings import Finding, Severity
from poe_pack.languages import Words
from poe_pack.model import Claim, KeptOutside, ProofDocument
from poe_pack.rulebook import Requirement
from poe_pack.rules.base import ClaimContext, Rule
from poe_pack.rules.evidence.missing_metric import given_metrics
from poe_pack.rules.evidence.personal_data import held_back
from poe_pack.validation.result import CheckGroup, ChecklistItem, CheckState, Section

EVIDENCE_RULE, TACTIC_RULE, METRIC_RULE, CORE_RULE = "POE510", "POE530", "POE520", "POE540"
_FILE_RULES = frozenset(["POE511", "POE516", "POE918"])
_SECTIONS = {CheckGroup.COST: Section.COST, CheckGroup.DATES: Section.FORM}
_FUNDS_RULE = "POE601"


def make_checklist(
    context: ClaimContext,
    rules: Sequence[Rule],
    ran: Set[str],
    findings: Sequence[Finding],
    waived: Sequence[Finding],
) -> tuple[ChecklistItem, ...]:
    """Items of the activity, then of cost, then of dates and funds, last the signatures."""
    maker = _Maker(context, findings, waived)
    items = [*maker.evidence(), *maker.core(), *maker.brand(), *maker.metrics()]
    for group in (CheckGroup.COST, CheckGroup.DATES):
        for rule in rules:
            if rule.checklist == group.value and rule.code in ran:
                items += maker.rule(rule, group)
    # A signature is ink on the printed form: the tool can only keep the place open.
    signatures = Words("checklist.signatures"), Words("checklist.two_roles")
    items.append(ChecklistItem(CheckGroup.DATES, *signatures, CheckState.OPEN, section=Section.FORM))
    return tuple(items)


class _Maker:
    """Items of one claim."""

    def __init__(self, context: ClaimContext, findings: Sequence[Finding], waived: Sequence[Finding]) -> None:
        self._context = context
        self._claim: Claim = context.claim
        self._findings = findings
        self._waived = waived
        self._faulty = {f.values.get("file") for f in findings if f.code in _FILE_RULES}
        self._role, self._on = _declared_by(self._claim)
        self._told: set[int] = set()  # proof documents kept outside of which an item speaks already

    def evidence(self) -> Iterator[ChecklistItem]:
        needs = self._context.needs
        for need in (needs.evidence if needs is not None else None) or ():
            yield replace(self._evidence_item(need), kinds=need.ids)
        held = held_back(self._claim, self._context)
        for i, proof in enumerate(self._claim.proof_documents):
            name = self._context.book.name("evidence_kinds", proof.evidence)
            if proof.kept_outside is not None and i not in self._told:
                yield self._declared(name, _outside(proof.kept_outside), (), Section.RECORD)
            elif f"/proof_documents/{i}" in held:
                yield self._declared(name, Words("checklist.held_back"), (), Section.RECORD)

    def _evidence_item(self, need: Requirement) -> ChecklistItem:
        book, tactic = self._context.book, need.tactic
        subject = book.name("evidence_kinds", need.ids[0])
        of = None if tactic is None else book.name("activity_types", tactic)
        return replace(self._evidence_state(need, subject), tactic=of)

    def _evidence_state(self, need: Requirement, subject: Words) -> ChecklistItem:
        tactic = need.tactic
        if not need.is_met(self._context.evidence_present(tactic)):
            lacking: dict[str, object] = {"ids": need.ids} | ({} if tactic is None else {"id": tactic})
            return self._lacking(EVIDENCE_RULE if tactic is None else TACTIC_RULE, lacking, subject)
        proofs = [
            proof
            for proof in self._claim.proof_documents
            if proof.evidence in need.ids and (tactic is None or proof.tactic in (None, tactic))
        ]
        files = tuple(dict.fromkeys([*(file for proof in proofs for file in proof.files), *self._own_files(need)]))
        if not self._faulty.isdisjoint(files):
            return ChecklistItem(
                CheckGroup.ACTIVITY, subject, Words("checklist.file_faulty"), CheckState.MISSING, files
            )
        if files or any(proof.url for proof in proofs):
            compared = Words("checklist.files", {"count": len(files)}) if files else Words("checklist.address")
            return ChecklistItem(CheckGroup.ACTIVITY, subject, compared, CheckState.CHECKED, files)
        outside = next((proof for proof in proofs if proof.kept_outside is not None), None)
        if outside is not None and outside.kept_outside is not None:
            self._told.add(self._claim.proof_documents.index(outside))
            return self._declared(subject, _outside(outside.kept_outside), (), Section.RECORD)
        # The field that is the evidence is there, but its file is not: that is the finding of another rule.
        return ChecklistItem(CheckGroup.ACTIVITY, subject, Words("checklist.nothing"), CheckState.OPEN)

    def _own_files(self, need: Requirement) -> Iterator[str]:
        """Files of the claim's fields that are the evidence themselves."""
        entries = [self._context.book.entry("evidence_kinds", id) or {} for id in need.ids]
        fields = {entry.get("claim_field") for entry in entries}
        for path, file in self._claim.files():
            if path.split("/")[1] in fields and path.endswith("/file"):
                yield file

    def core(self) -> Iterator[ChecklistItem]:
        needs = self._context.needs
        for element in (needs.core if needs is not None else None) or ():
            name = self._context.book.name("core_elements", element)
            subject = Words("checklist.core", {"element": name})
            proofs: list[ProofDocument] = [p for p in self._claim.proof_documents if element in p.shows]
            share = self._context.partial_share(element)
            if not proofs and share is not None:
                yield self._declared(subject, Words("checklist.share", {"share": share}), (), Section.FORM)
                continue
            if not proofs:
                yield self._lacking(CORE_RULE, {"id": element}, subject)
                continue
            files = tuple(dict.fromkeys(file for proof in proofs for file in proof.files))
            compared = Words("checklist.seen", {"count": len(proofs)})
            yield self._declared(subject, compared, files)

    def brand(self) -> Iterator[ChecklistItem]:
        """What somebody looked at in the pieces; what lacks of it is a finding of its own."""
        count = len(self._claim.brand_check)
        if count:
            pieces = (file for proof in self._claim.proof_documents if proof.shows for file in proof.files)
            looked = Words("checklist.brand_points", {"count": count})
            yield self._declared(Words("checklist.brand"), looked, tuple(dict.fromkeys(pieces)), Section.FORM)

    def metrics(self) -> Iterator[ChecklistItem]:
        needs = self._context.needs
        given = frozenset(given_metrics(self._claim, self._context))
        for need in (needs.metrics if needs is not None else None) or ():
            id = need.ids[0]
            name, value = self._context.book.name("metrics", id), self._metric(id)
            if not need.is_met(given):
                yield self._lacking(METRIC_RULE, {"id": id}, name)
            else:
                counted = isinstance(value, int)
                subject = Words("checklist.metric", {"metric": name, "value": value}) if counted else name
                yield self._declared(subject, Words("checklist.metric_of_type"), (), Section.FORM)

    def rule(self, rule: Rule, group: CheckGroup) -> Iterator[ChecklistItem]:
        """One item for a rule that looked at this claim and says what it compared."""
        compared = rule.compared(self._claim, self._context) if rule.compared is not None else None
        hits = [f for f in self._findings if f.code == rule.code and f.severity is not Severity.INFO]
        waived = [f for f in self._waived if f.code == rule.code]
        if compared is None and not hits and not waived:
            return
        subject, section = Words(f"{rule.code}.checklist"), _SECTIONS[group]
        if rule.code == _FUNDS_RULE:
            section = Section.RECORD
        state, role, on = _state(hits), None, None
        if not hits and waived and waived[0].waived is not None:
            state, role, on = CheckState.WAIVED, waived[0].waived.approved_by, waived[0].waived.until
        compared = compared or Words("checklist.nothing")
        yield ChecklistItem(group, subject, compared, state, section=section, role=role, on=on)

    def _metric(self, id: str) -> object:
        value = self._claim.metrics.get(id)
        if value in (None, "", []):
            field = (self._context.book.entry("metrics", id) or {}).get("claim_field")
            value = getattr(self._claim, field, None) if field else None
        return value

    def _declared(
        self, subject: Words, compared: Words, files: tuple[str, ...], section: Section = Section.REQUIREMENTS
    ) -> ChecklistItem:
        state, group = CheckState.DECLARED, CheckGroup.ACTIVITY
        return ChecklistItem(group, subject, compared, state, files, section, self._role, self._on)

    def _lacking(self, code: str, values: Mapping[str, object], subject: Words) -> ChecklistItem:
        """An item for something that is not there: waived, open or missing, as the finding with these values says."""

        def says(finding: Finding) -> bool:
            return finding.code == code and values.items() <= finding.values.items()

        waiver = next((f.waived for f in self._waived if says(f)), None)
        if waiver is not None:
            nothing, state = Words("checklist.nothing"), CheckState.WAIVED
            return ChecklistItem(CheckGroup.ACTIVITY, subject, nothing, state, role=waiver.approved_by, on=waiver.until)
        hits = [f for f in self._findings if says(f)]
        state = _state(hits) if hits else CheckState.OPEN
        return ChecklistItem(CheckGroup.ACTIVITY, subject, Words("checklist.nothing"), state)


def _outside(kept: KeptOutside) -> Words:
    return Words("checklist.kept_outside", {"place": kept.place})


def _state(hits: Sequence[Finding]) -> CheckState:
    if not hits:
        return CheckState.CHECKED
    graver = any(finding.severity is Severity.ERROR for finding in hits)
    return CheckState.MISSING if graver else CheckState.OPEN


def _declared_by(claim: Claim) -> tuple[str | None, date | None]:
    """The partner's role that last wrote in the history, and when: who vouches for what a person saw."""
    for entry in reversed(claim.history):
        if entry.role != "reviewer" and entry.at is not None:
            return entry.role, entry.at.date()
    return None, None


def names_of(context: ClaimContext) -> Mapping[str, Words]:
    """Names of everything in the rulebook, keyed `evidence.x`, `metric.x`, `expense.x`, `core.x`, `role.x`."""
    sections = {
        "evidence": "evidence_kinds",
        "metric": "metrics",
        "expense": "expense_categories",
        "core": "core_elements",
        "role": "roles",
        "category": "categories",
        "activity": "activity_types",
        "channel": "channels",
        "condition": "conditions",
        "area": "solution_areas",
    }
    book = context.book
    return {f"{key}.{id}": book.name(section, id) for key, section in sections.items() for id in book.ids(section)}
