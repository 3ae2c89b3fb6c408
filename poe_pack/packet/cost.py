"""The cost pages as values: what was billed, what of it is claimed here and elsewhere, how the amount comes about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from poe_pack.languages.formats import LocaleFormat
from poe_pack.model import CertificationServiceReport, InvoiceLine, ThirdPartyInvoice, round_money
from poe_pack.packet.exhibits import Exhibit, Kind, name_of
from poe_pack.validation.result import ClaimResult, InvoiceShare

ZERO = Decimal(0)


class LineView(Struct, frozen=True):
    """A line in invoice currency; `converted` is the claimed part in claim currency, None without a rate."""

    number: int
    description: str
    details: tuple[str, ...]
    net: Decimal
    tax: Decimal
    claimed: Decimal
    elsewhere: Decimal
    converted: Decimal | None

    @property
    def total(self) -> Decimal:
        return self.net + self.tax


class InvoiceView(Struct, frozen=True):
    """An invoice with its lines and with the claims that share it. `foreign`: billed in another currency."""

    index: int
    invoice: ThirdPartyInvoice
    exhibit: Exhibit | None
    foreign: bool
    lines: tuple[LineView, ...]
    shares: tuple[InvoiceShare, ...]
    claimed: Decimal
    elsewhere: Decimal
    converted: Decimal | None

    @property
    def anchor(self) -> str:
        return f"invoice-{self.index + 1}"

    @property
    def rate(self) -> Decimal | None:
        return self.invoice.exchange_rate.rate if self.invoice.exchange_rate is not None else None

    @property
    def claimed_numbers(self) -> tuple[int, ...]:
        """Numbers of the lines of which something is claimed here."""
        return tuple(line.number for line in self.lines if line.claimed)

    @property
    def unclaimed(self) -> Decimal:
        """What no claim takes of the invoice, tax included."""
        return self.invoice.net + self.invoice.tax - sum((share.net for share in self.shares), ZERO)


class ReportView(Struct, frozen=True):
    """In-house work with its exhibit, in claim currency."""

    index: int
    report: CertificationServiceReport
    exhibit: Exhibit | None
    total: Decimal | None

    @property
    def anchor(self) -> str:
        return f"report-{self.index + 1}"


class CostView(Struct, frozen=True):
    """All cost of a claim. `categories` are names with amounts in claim currency, largest first.

    So are `tactics` and `people`, for claims whose lines name any.
    `reimbursement` is the share in percent that is paid back; None: all of it.
    """

    currency: str
    invoices: tuple[InvoiceView, ...]
    reports: tuple[ReportView, ...]
    categories: tuple[tuple[str, Decimal], ...]
    amount: Decimal | None
    reimbursement: Decimal | None = None
    tactics: tuple[tuple[str, Decimal], ...] = ()
    people: tuple[tuple[str, Decimal], ...] = ()

    @property
    def total(self) -> Decimal | None:
        """Everything claimed in claim currency; None where a figure or rate is missing."""
        parts = [view.converted for view in self.invoices] + [view.total for view in self.reports]
        if not parts or any(part is None for part in parts):
            return None
        return sum((part for part in parts if part is not None), ZERO)

    @property
    def payable(self) -> Decimal | None:
        """The share of the total that is paid back, rounded half up: all of it unless the programme says otherwise."""
        if self.total is None or self.reimbursement is None:
            return self.total
        return round_money(self.total * self.reimbursement / 100, self.currency)

    @property
    def difference(self) -> Decimal:
        """What may be claimed beyond the claimed amount (negative: falls short); 0 where either is not known."""
        return ZERO if self.payable is None or self.amount is None else self.payable - self.amount


def cost_of(result: ClaimResult, exhibits: Sequence[Exhibit], speech: LocaleFormat) -> CostView:
    """Lay out the cost of a claim. Works for drafts without any cost."""
    claim = result.claim
    shown = {(exhibit.kind, exhibit.index): exhibit for exhibit in reversed(exhibits)}
    invoices = tuple(
        _invoice(result, index, shown.get((Kind.INVOICE, index)), speech)
        for index in range(len(claim.third_party_invoices))
    )
    reports = tuple(
        ReportView(index, report, shown.get((Kind.CSR, index)), _total(report))
        for index, report in enumerate(claim.certification_service_reports)
    )
    categories = _categories(result, speech)
    tactics, people = _tactics(result, speech), _people(result)
    return CostView(claim.currency, invoices, reports, categories, claim.amount, result.reimbursement, tactics, people)


def _invoice(result: ClaimResult, index: int, exhibit: Exhibit | None, speech: LocaleFormat) -> InvoiceView:
    claim = result.claim
    invoice = claim.third_party_invoices[index]
    lines = tuple(
        LineView(
            number=number,
            description=line.description,
            details=tuple(_details(result, invoice, line, speech)),
            net=line.net or ZERO,
            tax=line.tax or ZERO,
            claimed=line.claimed_here,
            elsewhere=result.elsewhere.get((index, number), ZERO),
            converted=invoice.line_in(claim.currency, line),
        )
        for number, line in enumerate(invoice.lines, 1)
    )
    shares = result.invoice_shares[index] if index < len(result.invoice_shares) else ()
    return InvoiceView(
        index=index,
        invoice=invoice,
        exhibit=exhibit,
        foreign=invoice.currency != claim.currency,
        lines=lines,
        shares=shares,
        claimed=invoice.claimed_here,
        elsewhere=sum((line.elsewhere for line in lines), ZERO),
        converted=invoice.claimed_in(claim.currency),
    )


def _details(result: ClaimResult, invoice: ThirdPartyInvoice, line: InvoiceLine, speech: LocaleFormat) -> Iterator[str]:
    """What stands in small print under a line's description."""
    if not line.claimed_here:
        yield speech.text("packet.cost.not_claimed_here")
    elif line.category is not None:
        yield name_of(result, "expense", line.category, speech)
    if line.quantity is not None and line.unit_price is not None:
        price = speech.amount(line.unit_price, invoice.currency)
        yield speech.text("packet.cost.quantity", quantity=line.quantity, price=price)
    if line.net and line.claimed_here > line.net:
        yield speech.text("packet.cost.tax_included")
    elif line.net and 0 < line.claimed_here < line.net:
        yield speech.text("packet.cost.part_of_net", percent=_percent(line.claimed_here / line.net))
    if line.tactic is not None:
        yield name_of(result, "activity", line.tactic, speech)
    if line.person is not None:
        yield line.person
    if line.course_code is not None:
        yield speech.text("packet.cost.course", code=line.course_code)
    if line.completed_on is not None:
        yield speech.text("packet.cost.completed", day=speech.short_date(line.completed_on))


def _percent(share: Decimal) -> Decimal:
    """A share as percent with at most two decimals and no zeros after them."""
    return Decimal(f"{(share * 100).quantize(Decimal('0.01')).normalize():f}")


def _total(report: CertificationServiceReport) -> Decimal | None:
    return report.total if report.total is not None else report.computed_total


def _categories(result: ClaimResult, speech: LocaleFormat) -> tuple[tuple[str, Decimal], ...]:
    """Amounts in claim currency by expense category; lines without a category or a rate are left out."""
    claim = result.claim
    sums: dict[str, Decimal] = {}
    for invoice in claim.third_party_invoices:
        for line in invoice.lines:
            amount = invoice.line_in(claim.currency, line)
            if line.category is not None and amount:
                sums[line.category] = sums.get(line.category, ZERO) + amount
    for report in claim.certification_service_reports:
        costs = [(person.category, person.cost) for person in report.people]
        costs += [(material.category, material.cost) for material in report.materials]
        for category, cost in costs:
            if category is not None and cost:
                sums[category] = sums.get(category, ZERO) + cost
    return _largest_first({name_of(result, "expense", category, speech): sums[category] for category in sums})


def _tactics(result: ClaimResult, speech: LocaleFormat) -> tuple[tuple[str, Decimal], ...]:
    """Amounts in claim currency by tactic, of lines and reports."""
    claim = result.claim
    parts = [
        (line.tactic, invoice.line_in(claim.currency, line))
        for invoice in claim.third_party_invoices
        for line in invoice.lines
    ]
    parts += [(report.tactic, _total(report)) for report in claim.certification_service_reports]
    return _largest_first(_summed((t and name_of(result, "activity", t, speech), amount) for t, amount in parts))


def _people(result: ClaimResult) -> tuple[tuple[str, Decimal], ...]:
    """Amounts in claim currency by the person whose travel or course it was."""
    claim = result.claim
    return _largest_first(
        _summed(
            (line.person, invoice.line_in(claim.currency, line))
            for invoice in claim.third_party_invoices
            for line in invoice.lines
        )
    )


def _summed(parts: Iterable[tuple[str | None, Decimal | None]]) -> dict[str, Decimal]:
    """Sums by name; what has no name or amount is left out."""
    sums: dict[str, Decimal] = {}
    for name, amount in parts:
        if name and amount:
            sums[name] = sums.get(name, ZERO) + amount
    return sums


def _largest_first(sums: dict[str, Decimal]) -> tuple[tuple[str, Decimal], ...]:
    return tuple(sorted(sums.items(), key=lambda entry: (-entry[1], entry[0])))
