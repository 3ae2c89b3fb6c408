"""Results per claim: how it stands, its last days, and who else claims from its invoices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import timedelta
from decimal import Decimal
from typing import Any

from poe_pack.findings import Finding
from poe_pack.languages import Words
from poe_pack.model import Claim, Period, Status, ThirdPartyInvoice
from poe_pack.model.invoices import same_invoices
from poe_pack.rulebook import Dated, UnknownValue
from poe_pack.rules.base import ClaimContext, Rule
from poe_pack.rules.evidence.personal_data import held_back
from poe_pack.rules.workflow._payments import was_made
from poe_pack.validation.advice import Adviser, not_checked
from poe_pack.validation.checklist import make_checklist
from poe_pack.validation.result import ClaimResult, Deadline, InvoiceShare

_WINDOW = Words("deadline.claim_window")
# Days that are not in the rulebook's list of last days, with the rules that watch them.
_OTHER_DAYS = {"claim_window": "POE701", "answer": "POE710"}
# By the identity of the invoice as an object: two claims may copy one invoice word for word.
_Uses = Mapping[int, Sequence[tuple[Claim, ThirdPartyInvoice]]]


def claim_results(
    contexts: Sequence[ClaimContext],
    rules: Sequence[Rule],
    ran: Mapping[str, Set[str]],
    findings: Sequence[Finding],
    waived: Sequence[Finding],
    names: Mapping[str, Words],
) -> Iterator[ClaimResult]:
    """One result for each claim, by id and then file."""
    standing, set_aside = _by_file(findings), _by_file(waived)
    uses, adviser, watchers = _invoice_uses(contexts), Adviser(contexts), _watchers(rules)
    successors = _successors(contexts)
    for context in sorted(contexts, key=lambda context: (context.claim.id, context.claim.file)):
        file = context.claim.file
        own, own_waived = standing.get(file, []), set_aside.get(file, [])
        checklist = make_checklist(context, rules, ran[file], own, own_waived)
        window = _window(context)
        yield ClaimResult(
            claim=context.claim,
            partner=context.partner,
            plan=context.plan,
            campaign=context.campaign,
            activity=context.activity,
            activity_type=context.book.name("activity_types", context.claim.activity_type, context.judged_on),
            category=_category(context),
            usage_period=context.usage_period,
            claim_window=None if window is None else window[0],
            keep_until=context.keep_until,
            rulebook_id=context.book.id,
            findings=tuple(own),
            waived=tuple(own_waived),
            checklist=checklist,
            deadlines=tuple(sorted(_deadlines(context, window, watchers), key=lambda d: (d.day, d.kind))),
            files=context.files,
            invoice_shares=tuple(_shares(context.claim, i, uses) for i in context.claim.third_party_invoices),
            elsewhere=dict(_elsewhere(context.claim, uses)),
            names=names,
            screens=_field(context, "screens", "portal"),
            menus=tuple(_field(context, "menus", "navigation", context.claim.flow or "") or ()),
            reimbursement=_percent(context),
            paid=_is_paid(context),
            replaced_by=successors.get(file),
            held_back=held_back(context.claim, context),
            sums=context.sums,
            comparisons=context.comparisons,
            advice=tuple(adviser.advise(context)),
            unchecked=tuple(not_checked(context, rules, ran[file], [off.rule for off in context.settings.rules_off])),
        )


def _field(context: ClaimContext, field: str, *path: str) -> Any:
    """A field of a value of the rulebook, or None where no source says anything."""
    value = context.value(*path)
    return None if value is None else value.fields.get(field)


def _percent(context: ClaimContext) -> Decimal | None:
    percent = _field(context, "percent", "reimbursement")
    return None if percent is None else Decimal(percent)


def _successors(contexts: Sequence[ClaimContext]) -> Mapping[str, str]:
    """By the file of a claim that was replaced the id of the one in its place; one that stands goes before others."""
    found: dict[str, str] = {}
    for context in sorted(contexts, key=lambda context: context.claim.status is not Status.REJECTED):
        if context.predecessor is not None and context.predecessor.id != context.claim.id:
            found[context.predecessor.file] = context.claim.id
    return found


def _is_paid(context: ClaimContext) -> bool:
    return any(was_made(payment, context.book) for payment in context.claim.payments)


def _watchers(rules: Sequence[Rule]) -> Mapping[str, str]:
    """By the kind of a last day the code of the first rule on claims that watches it."""
    codes = {rule.code for rule in rules}
    watched = {kind: code for kind, code in _OTHER_DAYS.items() if code in codes}
    for rule in rules:
        for kind in rule.kinds if rule.check is not None else ():
            watched.setdefault(kind, rule.code)
    return watched


def _by_file(findings: Sequence[Finding]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.file].append(finding)
    return found


def _window(context: ClaimContext) -> tuple[Period, Dated] | None:
    if context.usage_period is None:
        return None
    try:
        return context.calendar.claim_window(context.usage_period)
    except UnknownValue:
        return None


def _category(context: ClaimContext) -> Words | None:
    category = context.needs.activity.fields.get("category") if context.needs is not None else None
    return None if category is None else context.book.name("categories", category, context.judged_on)


def _deadlines(
    context: ClaimContext, window: tuple[Period, Dated] | None, watchers: Mapping[str, str]
) -> Iterator[Deadline]:
    claim, judged_on = context.claim, context.judged_on
    if claim.status is None or claim.flow is None:
        return
    if window is not None and not claim.is_closed:
        source, rule = window[1].judged_by(judged_on), watchers.get("claim_window")
        yield Deadline("claim_window", window[0].last, "partner", False, source, _WINDOW, rule)
    asked = claim.entered(Status.ACTION_REQUIRED)
    if claim.status is Status.ACTION_REQUIRED and asked is not None:
        # No source limits the answer; the house does, in poe.yaml.
        day = context.day(asked) + timedelta(days=context.settings.answer_days)
        yield Deadline("answer", day, "partner", False, None, Words("deadline.answer"), watchers.get("answer"))
    if claim.status is Status.APPROVED and _is_paid(context):
        return
    for last in context.calendar.last_days(judged_on, claim.flow.value, context.anchors):
        if claim.status.value in last.value.fields["statuses"]:
            source, name = last.value.judged_by(judged_on), context.calendar.name(last.kind)
            rule = watchers.get(last.kind)
            yield Deadline(last.kind, last.day, last.by, last.advised, source, name, rule)


def _invoice_uses(contexts: Sequence[ClaimContext]) -> _Uses:
    """For each invoice of a claim all uses of it by claims of the same partner; rejected ones use nothing."""
    by_partner: dict[str, list[tuple[Claim, ThirdPartyInvoice]]] = defaultdict(list)
    for context in sorted(contexts, key=lambda context: context.claim.id):
        if context.claim.status is not Status.REJECTED:
            folder = context.partner.folder if context.partner is not None else ""
            by_partner[folder] += [(context.claim, invoice) for invoice in context.claim.third_party_invoices]
    groups = [group for uses in by_partner.values() for group in same_invoices(uses)]
    return {id(invoice): group for group in groups for _, invoice in group}


def _shares(claim: Claim, invoice: ThirdPartyInvoice, uses: _Uses) -> tuple[InvoiceShare, ...]:
    own = [(claim, invoice)]
    others = [use for use in uses.get(id(invoice), ()) if use[0] is not claim and use[1].claimed_here > 0]
    return tuple(_share(user, used) for user, used in own + others)


def _share(claim: Claim, invoice: ThirdPartyInvoice) -> InvoiceShare:
    return InvoiceShare(
        claim=claim.id,
        lines=tuple(number for number, line in enumerate(invoice.lines, start=1) if line.claimed_here > 0),
        net=invoice.claimed_here,
        rate=invoice.exchange_rate.rate if invoice.exchange_rate is not None else None,
        amount=invoice.claimed_in(claim.currency),
        currency=claim.currency,
    )


def _elsewhere(claim: Claim, uses: _Uses) -> Iterator[tuple[tuple[int, int], Decimal]]:
    """What other claims take of each line, where they copy the invoice line by line."""
    for index, invoice in enumerate(claim.third_party_invoices):
        others = [used for user, used in uses.get(id(invoice), ()) if user is not claim]
        for number in range(1, len(invoice.lines) + 1):
            taken = [used.lines[number - 1].claimed_here for used in others if len(used.lines) == len(invoice.lines)]
            total = sum(taken, Decimal(0))
            if total:
                yield (index, number), total
