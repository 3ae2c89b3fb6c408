"""Results made by hand, without files and rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from poe_pack.findings import Finding, JudgedBy, Position, Severity
from poe_pack.languages import Words
from poe_pack.model import Approval, Claim, Flow, Funds, Partner, Payment, Period, Settings, Status
from poe_pack.validation.result import (
    CheckGroup,
    ChecklistItem,
    CheckState,
    ClaimResult,
    Deadline,
    FundsResult,
    Mix,
    MixShare,
    Result,
)
from poe_pack.validation.verdict import RulebookStamp

AS_OF = date(2026, 11, 21)
FY27_H1 = Period("FY27 H1", date(2026, 7, 1), date(2026, 12, 31))
FY26_H2 = Period("FY26 H2", date(2026, 1, 1), date(2026, 6, 30))
WINDOWS = {
    "FY27 H1": Period("FY27 H1", date(2026, 8, 16), date(2027, 2, 15)),
    "FY26 H2": Period("FY26 H2", date(2026, 2, 16), date(2026, 8, 15)),
}
PERIODS = {"FY27 H1": FY27_H1, "FY26 H2": FY26_H2}
STAMP = RulebookStamp(
    "microsoft-coop", "2026.1", "Microsoft co-op marketing funds", "Microsoft", "0" * 64, Words(names={"en": "Co-op"})
)

HOSTILE = (
    "<script>alert(1)</script>",
    "\u202egnp.exe\u2066 bidi",
    "line\nbreak\r\x1b[31mred\x9b31m",
    '=HYPERLINK("http://x.example","y")',
    "南京研讨会 \N{ROCKET}\N{ROCKET} 'quoted' \"double\" & {{ 7*7 }}",
    "+1 @cmd |" + "very long " * 40,
    "]]>--><style>*{display:none}</style>",
)


def partner(id: str = "nordanvind", name: str = "Nordanvind IT AB", folder: str = "claims") -> Partner:
    return Partner(
        id=id,
        file=f"{folder}/partner.yaml",
        folder=folder,
        name=name,
        partner_id="6071200",
        tax_id=None,
        payout_currency=None,
        profile_complete=True,
        locations=(),
        contacts=(),
        affiliates=(),
        logo=None,
    )


def claim(id: str, amount: str | None, status: Status | None, **fields: Any) -> Claim:
    values: dict[str, Any] = {
        "id": id,
        "file": f"claims/{id}/claim.yaml",
        "folder": f"claims/{id}",
        "flow": Flow.CO_OP_MANAGEMENT,
        "activity_type": "digital_advertising",
        "program": "Hosting",
        "location": "6071245",
        "usage_period": "FY27 H1",
        "name": id.replace("-", " ").capitalize(),
        "date": date(2026, 9, 17),
        "currency": "USD",
        "amount": None if amount is None else Decimal(amount),
        "metrics": {},
        "status": status,
    }
    nothing = dict.fromkeys(Claim.__struct_fields__)
    lists = dict.fromkeys(
        (
            "tactics channels conditions third_party_invoices certification_service_reports proof_documents "
            "history waivers submissions requests payments"
        ).split(),
        (),
    )
    return Claim(**{**nothing, **lists, **values, **fields})


def finding(severity: Severity, document: str = "x", line: int = 7, **values: Any) -> Finding:
    """A finding whose text is told by a message of the report itself: tests need no rule."""
    return Finding(
        code="POE431",
        name="lump-sum-line",
        severity=severity,
        message="report.rule_off",
        values={"code": "Line 1", "reason": "several things in one line", **values},
        file=f"claims/{document}/claim.yaml",
        position=Position(line, 9, line, 20),
        path="/third_party_invoices/0",
        document=document,
    )


def deadline(day: date, by: str = "partner", *, advised: bool = False, kind: str = "claim_window") -> Deadline:
    return Deadline(kind, day, by, advised, None, Words(names={"en": "Claim window closes"}))


def open_item(name: str, group: CheckGroup = CheckGroup.ACTIVITY) -> ChecklistItem:
    return ChecklistItem(group, Words(names={"en": name}), Words(names={"en": ""}), CheckState.OPEN)


def result_of(
    claim: Claim,
    deadlines: Sequence[Deadline] = (),
    *,
    findings: Sequence[Finding] = (),
    checklist: Sequence[ChecklistItem] = (),
    activity_type: str = "Digital advertising",
    owner: Partner | None = None,
) -> ClaimResult:
    label = claim.usage_period or "FY27 H1"
    return ClaimResult(
        claim=claim,
        partner=owner or partner(),
        plan=None,
        campaign=None,
        activity=None,
        activity_type=Words(names={"en": activity_type}),
        category=None,
        usage_period=PERIODS.get(label),
        claim_window=WINDOWS.get(label),
        keep_until=date(2028, 9, 17),
        rulebook_id="microsoft-coop",
        findings=tuple(findings),
        waived=(),
        checklist=tuple(checklist),
        deadlines=tuple(deadlines),
        files={},
        invoice_shares=(),
        elsewhere={},
        paid=any(payment.status == "Sent" for payment in claim.payments),
    )


def funds_result(id: str, available: str, approved: str, in_review: str, drafts: str, **fields: Any) -> FundsResult:
    """Free, lapsed and over follow from the others, as in the engine."""
    label = fields.get("usage_period", "FY27 H1")
    funds = Funds(
        id=id,
        file=fields.pop("file", f"claims/funds/{id}.yaml"),
        program=fields.pop("program", "Hosting"),
        location=fields.pop("location", "6071245"),
        usage_period=fields.pop("usage_period", label),
        currency=fields.pop("currency", "USD"),
        earned=Decimal(fields.pop("earned", available)),
        adjustments=(),
        claimed_outside=None,
        as_of=None,
    )
    window = WINDOWS.get(label)
    spent = Decimal(approved) + Decimal(in_review) + Decimal(drafts)
    rest = Decimal(available) - spent
    closed = window is not None and window.last < AS_OF
    return FundsResult(
        funds=funds,
        usage_period=PERIODS.get(label),
        claim_window=window,
        available=Decimal(available),
        approved=Decimal(approved),
        in_review=Decimal(in_review),
        drafts=Decimal(drafts),
        free=Decimal(0) if closed else max(rest, Decimal(0)),
        lapsed=max(rest, Decimal(0)) if closed else Decimal(0),
        over=max(-rest, Decimal(0)),
    )


def whole(
    claims: Sequence[ClaimResult] = (),
    funds: Sequence[FundsResult] = (),
    partners: Sequence[Partner] | None = None,
) -> Result:
    findings = [finding for result in claims for finding in result.findings]
    return Result(
        root=Path("/repository/claims"),
        base=Path("/repository"),
        as_of=AS_OF,
        settings=Settings(),
        rulebooks=(STAMP,),
        partners=(partner(),) if partners is None else tuple(partners),
        plans=(),
        claims=tuple(sorted(claims, key=lambda result: result.claim.id)),
        funds=tuple(funds),
        findings=tuple(sorted(findings, key=lambda finding: finding.order)),
        waived=(),
        rules_ran=("POE431",),
        rules_off=(),
        claim_count=len(claims),
        unread=0,
    )


_WINDOW = deadline(date(2027, 2, 15))
_AT = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


def _draft(
    id: str, amount: str, kind: str, program: str = "Hosting", lacks: str = "", advised: date | None = None
) -> ClaimResult:
    days = [_WINDOW, *([deadline(advised, advised=True, kind="advised_claim")] if advised else [])]
    return result_of(
        claim(id, amount, Status.EDITING, program=program),
        days,
        findings=[finding(Severity.OPEN, id)] if lacks else [],
        checklist=[open_item(lacks)] if lacks else [],
        activity_type=kind,
    )


def _handed_in(
    id: str,
    amount: str,
    status: Status,
    kind: str,
    last: date | None,
    by: str = "vendor",
    **fields: Any,
) -> ClaimResult:
    days = [deadline(last, by, kind="review")] if last else []
    return result_of(claim(id, amount, status, **fields), days, activity_type=kind)


def everyday() -> Result:
    """One partner with twelve claims in every state, as of 21 November 2026."""
    seminars = "Customer seminars and boot camps"
    approval = Approval(Decimal("4020.40"), date(2026, 10, 12), ())
    paid = Payment(Decimal("11870.25"), "USD", date(2026, 10, 2), "Sent", None)
    site = _draft("partner-site-azure", "3950.00", "Partner website and search engine", lacks="Statement of work")
    claims = [
        _handed_in(
            "demo-units-azure-local",
            "4500.00",
            Status.ACTION_REQUIRED,
            "Product seeding/demo units",
            date(2026, 11, 23),
            "partner",
        ),
        _draft("azure-search-ads", "6480.00", "Digital advertising", advised=date(2026, 12, 1)),
        _draft("hosting-webinar-series", "2775.50", seminars, advised=date(2026, 12, 12)),
        _draft("copilot-telemarketing", "4180.00", "Telemarketing", "CSP reseller", advised=date(2026, 12, 14)),
        replace(site, deadlines=(deadline(date(2027, 1, 2), kind="plan_claim"),)),
        _draft(
            "ignite-2026",
            "7310.00",
            "Microsoft hosted conferences",
            lacks="Travel itinerary",
            advised=date(2027, 1, 4),
        ),
        _draft("security-customer-offer", "5200.00", "Customer offers", "CSP reseller", lacks="Offer terms"),
        _handed_in(
            "m365-syndicated-content",
            "15600.00",
            Status.UNDER_REVIEW,
            "Microsoft syndicated content",
            date(2026, 11, 23),
            program="CSP reseller",
        ),
        _handed_in("azure-seminar-goteborg", "9141.12", Status.UNDER_REVIEW, seminars, date(2026, 11, 30)),
        _handed_in(
            "azure-seminar-stockholm",
            "4100.40",
            Status.APPROVED,
            seminars,
            date(2026, 12, 15),
            approval=approval,
        ),
        _handed_in(
            "print-hosting-trade",
            "5340.00",
            Status.DISPUTED,
            "Print advertising",
            date(2026, 11, 24),
            usage_period="FY26 H2",
        ),
        _handed_in(
            "spring-roadshow",
            "11870.25",
            Status.APPROVED,
            seminars,
            None,
            usage_period="FY26 H2",
            payments=(paid,),
        ),
    ]
    funds = [
        funds_result("hosting-fy27-h1", "48600.00", "4020.40", "13641.12", "20515.50"),
        funds_result("csp-fy27-h1", "31250.00", "0", "15600.00", "9380.00", program="CSP reseller"),
        funds_result(
            "hosting-fy26-h2",
            "17600.00",
            "11870.25",
            "5340.00",
            "0",
            usage_period="FY26 H2",
            earned="18000.00",
        ),
    ]
    return whole(claims, funds)


def agency(number: int = 300) -> Result:
    """Three partners in two currencies with many claims in many states."""
    owners = [
        partner("nordanvind", "Nordanvind IT AB", "clients/nordanvind"),
        partner("alpenblick", "Alpenblick Systemhaus GmbH & Co. KG", "clients/alpenblick"),
        partner("fjord", "Fjord Nettdrift AS", "clients/fjord"),
    ]
    states = list(Status) + [Status.EDITING] * 3
    claims = []
    for index in range(number):
        owner, status = owners[index % 3], states[index % len(states)]
        by = "partner" if status in (Status.EDITING, Status.ACTION_REQUIRED) else "vendor"
        body = claim(
            f"claim-{index:03d}-{owner.id}",
            f"{1000 + index * 37}.{index % 100:02d}",
            status,
            currency="EUR" if owner.id == "alpenblick" else "USD",
            program=("Hosting", "CSP reseller", "Surface PC & Hub ADD")[index // 3 % 3],
        )
        weights = {0: Severity.ERROR, 1: Severity.OPEN, 2: Severity.WARNING}
        found = [finding(weights[index % 5], body.id, line=index + 1)] if index % 5 in weights else []
        days = [deadline(AS_OF + timedelta(days=index % 87), by, kind="plan_claim")]
        claims.append(result_of(body, days, findings=found, owner=owner))
    funds = [
        funds_result(
            f"{owner.id}-{number}",
            "90000.00",
            f"{10000 + number * 900}.00",
            "22000.00",
            f"{20000 + number * 20000}.00",
            program=program,
            currency="EUR" if owner.id == "alpenblick" else "USD",
            file=f"{owner.folder}/funds/{owner.id}-{number}.yaml",
        )
        for owner in owners
        for number, program in enumerate(("Hosting", "CSP reseller", "Surface PC & Hub ADD"))
    ]
    return whole(claims, funds, owners)


def hostile() -> Result:
    """Text from data that tries to act, in every place where the report shows text."""
    claims = []
    for index, text in enumerate(HOSTILE):
        body = claim(f"{text}", "100.00", Status.EDITING, name=text, program=text, usage_period=text)
        body = replace(body, file=f"claims/{index}/{text}")
        found = [replace(finding(Severity.ERROR, reason=text), file=text)]
        claims.append(result_of(body, [_WINDOW], findings=found, activity_type=text, checklist=[open_item(text)]))
    owners = [partner(str(index), text, f"claims/{index}") for index, text in enumerate(HOSTILE)]
    funds = [
        funds_result(f"f{index}", "5000.00", "100.00", "200.00", "300.00", program=text, file=f"claims/{index}/f.yaml")
        for index, text in enumerate(HOSTILE)
    ]
    return whole(claims, funds, owners)


def mixed() -> Result:
    """The ordinary one with a mix beside a guide."""
    parts = (
        MixShare(Words(names={"en": "Demand generation"}), Decimal("13435.50"), Decimal("0.675"), Decimal("0.40")),
        MixShare(Words("mix.unnamed"), Decimal("6480.00"), Decimal("0.325"), None),
    )
    source = JudgedBy(AS_OF, "Guide for distributors", None)
    name, file = Words(names={"en": "Distributors' mix by category"}), "claims/azure-search-ads/claim.yaml"
    mix = Mix(name, file, "CSP reseller", "FY27 H1", "USD", Decimal("19915.50"), parts, source)
    return replace(everyday(), mixes=(mix,))
