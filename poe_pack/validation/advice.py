"""What is wise to know about a claim and is no fault of it, and what nobody has checked.

These are R34, R36, R38 and R59: no run repeats what a claim may well be without; `explain CLAIM` says it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from poe_pack.evidence.facts import FileState
from poe_pack.languages import Words
from poe_pack.rules.base import ClaimContext, Rule

_Advice = Callable[[ClaimContext], Iterator[Words]]


class Adviser:
    """Advice on the claims of one run."""

    def __init__(self, contexts: Sequence[ClaimContext]) -> None:
        self._approved: dict[tuple[str, str], list[str]] = defaultdict(list)
        for context in contexts:
            if context.claim.pre_approval_id is not None:
                self._approved[_approval(context)].append(context.claim.id)

    def advise(self, context: ClaimContext) -> Iterator[Words]:
        """Notes on one claim, in the order of its form."""
        yield from _approval_is_wise(context)
        yield from self._approval_is_shared(context)
        yield from _bought_and_made(context)
        yield from _not_seen_paid(context)

    def _approval_is_shared(self, context: ClaimContext) -> Iterator[Words]:
        """R36: one approval may serve several claims, which a reviewer will notice."""
        if context.claim.pre_approval_id is not None:
            others = sorted(id for id in self._approved[_approval(context)] if id != context.claim.id)
            if others:
                yield Words("explain.advice.shared_approval", {"claims": tuple(others), "count": len(others)})


def _approval(context: ClaimContext) -> tuple[str, str]:
    folder = context.partner.folder if context.partner is not None else ""
    return folder, context.claim.pre_approval_id or ""


def _approval_is_wise(context: ClaimContext) -> Iterator[Words]:
    """R34: what need not be approved beforehand had better be, where it is large or unusual."""
    needs, claim = context.needs, context.claim
    is_demanded = needs is not None and needs.pre_approval is not None and needs.pre_approval.stages
    if needs is not None and not is_demanded and not claim.is_closed and claim.pre_approval_id is None:
        yield Words("explain.advice.approval")


def _bought_and_made(context: ClaimContext) -> Iterator[Words]:
    """R38: sources differ on whether invoices and in-house work go into one claim; it is accepted."""
    if context.claim.third_party_invoices and context.claim.certification_service_reports:
        yield Words("explain.advice.both")


def _not_seen_paid(context: ClaimContext) -> Iterator[Words]:
    """R59: a paid invoice convinces more than an open one."""
    invoices = [invoice for invoice in context.claim.third_party_invoices if invoice.claimed_here > 0]
    unpaid = [invoice.number for invoice in invoices if invoice.paid_on is None and invoice.payment_proof is None]
    if unpaid:
        yield Words("explain.advice.unpaid", {"count": len(unpaid), "numbers": tuple(unpaid)})


def not_checked(context: ClaimContext, rules: Sequence[Rule], ran: Set[str], off: Sequence[str]) -> Iterator[Words]:
    """What the verdict on a claim leaves out: `rules` were to run, `ran` could, `off` were switched off."""
    idle = sorted({rule.code for rule in rules} - ran)
    if idle:
        yield Words("explain.unchecked.rules", {"codes": tuple(idle), "count": len(idle)})
    if off:
        yield Words("explain.unchecked.off", {"codes": tuple(off), "count": len(off)})
    closed = [file for file, facts in context.files.items() if facts.state is FileState.PRESENT]
    closed = [file for file in closed if file not in context.probes]
    if closed:
        yield Words("explain.unchecked.files", {"count": len(closed)})
    silent = tuple(Words(f"explain.unchecked.{part}") for part, value in _parts(context).items() if value is None)
    if silent:
        yield Words("explain.unchecked.silent", {"parts": silent})


def _parts(context: ClaimContext) -> Mapping[str, object]:
    """What the rulebook says of the activity type, part by part; nothing where it does not know the type."""
    needs = context.needs
    if needs is None:
        return {}
    return {"evidence": needs.evidence, "metrics": needs.metrics, "core": needs.core, "expenses": needs.expenses}
