"""A complete claim for any activity type on any day, generated from what the rulebook says that it needs.

Nothing here knows a type by its name: what a claim must hold follows from `requirements()` and from how the rulebook
describes evidence, metrics, caps and programs. So the same walk goes over the types of any rulebook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from poe_pack.model import round_money
from poe_pack.rulebook import Calendar, ClaimFacts, Requirements, Rulebook, UnknownValue, program_facts, requirements

ID, LOCATION, PARTNER = "walk", "6071245", "Nordanvind IT AB"
AMOUNT = "120.00"

_Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a claim says of itself, on which needs may depend; one of the conditions of a version, or none."""

    conditions: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    expenses: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "+".join((*self.conditions, *self.channels, *self.expenses)) or "plain"


@dataclass(frozen=True, slots=True)
class Complete:
    """A claim with everything that it needs, and the day on which it is handed in. `needs` is what it was made from."""

    claim: _Data
    needs: Requirements
    as_of: date

    def holding(self, claim: _Data) -> Complete:
        """The same with another claim."""
        return Complete(claim, self.needs, self.as_of)


def versions(book: Rulebook) -> Iterator[tuple[str, date, date | None]]:
    """Every activity type with the first and last day of each of its versions (None: still in force)."""
    for id in book.ids("activity_types"):
        days = sorted(map(date.fromisoformat, (book.entry("activity_types", id) or {})["values"]))
        for since, following in zip(days, [*days[1:], None], strict=True):
            yield id, since, None if following is None else following - timedelta(days=1)


def ways(book: Rulebook, type: str, day: date) -> Iterator[Stated]:
    """A plain claim, and one for each condition that the needs of a type depend on."""
    fields = book.value(day, "activity_types", type).fields
    yield Stated()
    asked = dict.fromkeys(_conditions([fields.get("evidence"), fields.get("metrics")]))
    relief = (fields.get("core") or {}).get("relief")
    if relief is not None:
        asked[("condition", relief["condition"])] = None
    for kind, id in asked:
        if kind in ("condition", "no_condition"):
            yield Stated(conditions=(id,))
        elif kind == "channel":
            yield Stated(channels=(id,))
        elif id in (fields.get("expenses") or (id,)):
            yield Stated(expenses=(id,))


def _conditions(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for child in node:
            yield from _conditions(child)
    elif isinstance(node, dict):
        for kind, argument in node.get("when", {}).items():
            if kind in ("condition", "no_condition", "channel", "expense"):
                yield kind, argument
            elif kind == "expense_other_than":
                yield from (("expense", id) for id in argument)
        for key in ("all", "any"):
            yield from _conditions(node.get(key))
        yield from _conditions([node.get("then")])


def complete(book: Rulebook, type: str, since: date, last: date | None, stated: Stated) -> Complete:
    """A claim of the co-op flow, executed in the days of one version, handed in soon after and within its window."""
    day, as_of = _days(book, since, last)
    fixed = requirements(book, type, day, ClaimFacts())
    tactics = _tactics(book, fixed, day)
    channels = stated.channels or book.ids("channels")[:1]
    expense = _expense(book, fixed, day, stated)
    facts = ClaimFacts(
        conditions=frozenset(stated.conditions),
        channels=frozenset(channels),
        expenses=frozenset([expense]),
        tactics=tactics,
    )
    needs = requirements(book, type, day, facts)
    period = Calendar(book).period_of(day)
    claim: _Data = {
        "kind": "claim",
        "id": ID,
        "flow": "co_op_management" if book.entry("calendar", "usage_period") else "direct",
        "activity_type": type,
        "program": _program(book, needs, period.first),
        "location": LOCATION,
        "usage_period": period.label,
        "name": "A complete claim",
        "date": day.isoformat(),
        "currency": "USD",
        "amount": _amount(book, day),
        "channels": list(channels),
        "third_party_invoices": [_invoice(book, needs, day, expense)],
        "proof_documents": list(_proofs(book, needs, day)),
        "metrics": {},
        "status": "editing",
        "history": [
            {
                "at": f"{as_of}T08:00:00Z",
                "by": "user@nordanvind.example",
                "role": _role(book),
                "status": "editing",
            }
        ],
    }
    claim |= dict(_more(book, needs, day, stated, tactics))
    _give_metrics(book, needs, claim)
    return Complete(claim, needs, as_of)


def _days(book: Rulebook, since: date, last: date | None) -> tuple[date, date]:
    """A day of execution in a version, and one soon after it on which the claim window is open and not yet closing."""
    calendar = Calendar(book)
    for later in range(120):
        day = since + timedelta(days=later)
        as_of = day + timedelta(days=10)
        try:
            window, _ = calendar.claim_window(calendar.period_of(day))
        except UnknownValue:
            return day, as_of
        as_of = max(as_of, window.first)
        if day == last or (as_of <= day + timedelta(days=30) and as_of <= window.last - timedelta(days=40)):
            return day, as_of
    raise AssertionError(f"no day near {since} on which a claim can be handed in")


def _tactics(book: Rulebook, needs: Requirements, day: date) -> tuple[str, ...]:
    """Two tactics of a campaign of several, where the type is one; those of which the evidence is known."""
    known = [tactic for tactic in needs.combines if requirements(book, tactic, day, ClaimFacts()).evidence is not None]
    return tuple(known[:2])


def _expense(book: Rulebook, needs: Requirements, day: date, stated: Stated) -> str:
    if stated.expenses:
        return stated.expenses[0]
    banned = {
        id
        for ineligible in needs.ineligible
        for id in book.value(day, "ineligible_expenses", ineligible).fields.get("expenses", ())
    }
    # In the order of the rulebook; an expense on which something depends has a claim of its own.
    fields = needs.activity.fields
    asked = {id for _, id in _conditions([fields.get("evidence"), fields.get("metrics")])}
    order = [id for id in book.ids("expense_categories") if id in (fields.get("expenses") or [id]) and id not in banned]
    return next((id for id in order if id not in asked), order[0])


def _program(book: Rulebook, needs: Requirements, day: date) -> str:
    """The first program that may claim it and earns co-op on that day, or of which nobody says that it does not."""
    found = []
    for id in book.ids("programs"):
        facts = program_facts(book, id, day)
        assert facts is not None
        if needs.open_to(facts.kinds) and not facts.claimed_as and facts.co_op is not False:
            found.append((facts.co_op is None, book.name("programs", id).names["en"]))
    return min(found)[1] if found else book.title


def _amount(book: Rulebook, day: date) -> str:
    """What is paid back of the invoice."""
    try:
        percent = Decimal(book.value(day, "reimbursement").fields["percent"])
    except UnknownValue:
        return AMOUNT
    return str(round_money(Decimal(AMOUNT) * percent / 100, "USD"))


def _payment(book: Rulebook, day: date, vendor: str) -> _Data:
    """The proof of payment, where one is asked for."""
    try:
        kinds = book.value(day, "payment_proof").fields["any"]
    except UnknownValue:
        return {}
    details = {"kind": kinds[0], "holder": PARTNER, "vendor": vendor, "amount": AMOUNT}
    return {"paid_on": day.isoformat(), "payment_proof": "evidence/payment.pdf", "payment_details": details}


def _role(book: Rulebook) -> str:
    return next(id for id in book.ids("roles") if not (book.entry("roles", id) or {}).get("vendor"))


def _invoice(book: Rulebook, needs: Requirements, day: date, expense: str) -> _Data:
    line: _Data = {
        "description": "Work for the activity as ordered",
        "category": expense,
        "quantity": "1",
        "unit_price": AMOUNT,
        "net": AMOUNT,
        "tax": "0.00",
    }
    vendor = "Northgate Media Ltd"
    if _is_the_evidence(book, needs, "third_party_invoices"):
        # What such evidence shows stands on the invoice: whose it is, what was taken and when.
        vendor = f"{book.vendor} Ireland Operations Ltd"
        line |= {"course_code": "AZ-900", "completed_on": day.isoformat()}
    if any("person" in cap.per or cap.limit.people is not None for cap in needs.caps or ()):
        line["person"] = "Anna Lind"
    return {
        "number": "NTM-88213",
        "vendor": {"name": vendor},
        "date": day.isoformat(),
        "currency": "USD",
        "service_period": {"from": day.isoformat(), "to": day.isoformat()},
        "bill_to": PARTNER,
        "lines": [line],
        "total": AMOUNT,
        "file": "evidence/invoice.pdf",
        **_payment(book, day, vendor),
    }


def _is_the_evidence(book: Rulebook, needs: Requirements, claim_field: str) -> bool:
    """Whether a kind of evidence, or the code in a core element, is something that the claim's field holds."""
    kinds = {id for need in needs.evidence or () for id in need.ids}
    in_field = any((book.entry("evidence_kinds", id) or {}).get("claim_field") == claim_field for id in kinds)
    return in_field or any("code" in id for id in needs.core or ())


def _proofs(book: Rulebook, needs: Requirements, day: date) -> Iterator[_Data]:
    """A proof document for each kind that is needed; one of any kind where no source says which."""
    wanted: list[tuple[str, str | None]] = []
    # Where there is a choice, what is needed anyway may have met it already.
    for need in sorted(needs.evidence or (), key=lambda need: len(need.alternatives)):
        if not need.is_met(frozenset(kind for kind, tactic in wanted if tactic == need.tactic)):
            wanted += [(kind, need.tactic) for kind in need.alternatives[0]]
    for number, (kind, tactic) in enumerate(dict.fromkeys(wanted or [(_any_kind(book), None)])):
        proof: _Data = {
            "evidence": kind,
            "note": "What it shows",
            "shows": list(needs.core or ()),
            "captured_on": day.isoformat(),
        }
        if (book.entry("evidence_kinds", kind) or {}).get("personal_data"):
            proof |= {"url": "https://nordanvind.example/kept", "contains_personal_data": True}
        else:
            proof["files"] = [f"evidence/proof-{number}.pdf"]
        yield proof | ({} if tactic is None else {"tactic": tactic})


def _any_kind(book: Rulebook) -> str:
    plain = [
        id
        for id in book.ids("evidence_kinds")
        if (book.entry("evidence_kinds", id) or {}).keys() <= {"names", "meaning"}
    ]
    return plain[-1]


def _more(
    book: Rulebook, needs: Requirements, day: date, stated: Stated, tactics: Sequence[str]
) -> Iterator[tuple[str, Any]]:
    """Fields that only some types or rulebooks ask for."""
    if stated.conditions:
        yield "conditions", list(stated.conditions)
    if tactics:
        yield "tactics", list(tactics)
    if needs.core and book.ids("brand_checks"):
        yield "brand_check", list(book.ids("brand_checks"))
    if any("conference" in cap.per for cap in needs.caps or ()):
        yield "event", {"name": "Ignite", "host": book.vendor, "place": "Göteborg"}
    if needs.pre_approval is not None and needs.pre_approval.stages:
        keys = {"pre_approval": "approved_on", "final_review": "final_review_on"}
        dates = {
            keys[stage]: (day - timedelta(days=9 - n)).isoformat() for n, stage in enumerate(needs.pre_approval.stages)
        }
        yield "pre_approval_id", "PA-20931"
        requested = (day - timedelta(days=30)).isoformat()
        yield "pre_approval", {"requested_on": requested, **dates, "file": "evidence/approval.pdf"}


def _give_metrics(book: Rulebook, needs: Requirements, claim: _Data) -> None:
    values: Mapping[str, Any] = {"count": 96, "text": "96 enquiries", "list": ["Anna Lind"], "money": "120.00"}
    for need in needs.metrics or ():
        for id in need.alternatives[0]:
            entry = book.entry("metrics", id) or {}
            where = claim if "claim_field" in entry else claim["metrics"]
            where[entry.get("claim_field", id)] = values[entry.get("kind", "text")]
