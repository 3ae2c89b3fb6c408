"""Plan, funds, partner and repository documents to nouns."""

from __future__ import annotations

from poe_pack.model.funds import Adjustment, Funds
from poe_pack.model.money import Money
from poe_pack.model.partner import Contact, Location, Partner
from poe_pack.model.plan import Campaign, Plan, PlannedActivity
from poe_pack.model.read import Fields
from poe_pack.model.read_claim import read_cap_rate
from poe_pack.model.read_review import read_history, read_status
from poe_pack.model.settings import PAPERS, RuleOff, Settings


def read_plan(data: object, id: str, file: str) -> Plan:
    """Build a plan from a document's data."""
    f = Fields(data)
    return Plan(
        id=id,
        file=file,
        name=f.words("name"),
        partner_id=f.text("partner_id"),
        program=f.words("program"),
        fund=f.words("fund"),
        program_year=f.words("program_year"),
        market=f.text("market"),
        currency=f.words("currency"),
        limit=f.decimal("limit"),
        plan_id=f.text("plan_id"),
        reviewer_email=f.text("reviewer_email"),
        status=read_status(f.text("status")),
        history=tuple(read_history(item) for item in f.objects("history")),
        campaigns=tuple(_campaign(item) for item in f.objects("campaigns")),
    )


def _campaign(f: Fields) -> Campaign:
    return Campaign(
        id=f.words("id"),
        name=f.words("name"),
        start_date=f.date("start_date"),
        end_date=f.date("end_date"),
        activities=tuple(_activity(item) for item in f.objects("activities")),
    )


def _activity(f: Fields) -> PlannedActivity:
    return PlannedActivity(
        id=f.words("id"),
        name=f.words("name"),
        activity_type=f.words("activity_type"),
        category=f.text("category"),
        countries=f.texts("countries"),
        budget=f.decimal("budget"),
    )


def read_funds(data: object, id: str, file: str) -> Funds:
    """Build a funds account from a document's data."""
    f = Fields(data)
    return Funds(
        id=id,
        file=file,
        program=f.words("program"),
        location=f.words("location"),
        usage_period=f.words("usage_period"),
        currency=f.words("currency"),
        earned=f.decimal("earned"),
        adjustments=tuple(
            Adjustment(a.decimal("amount"), a.date("date"), a.text("reason")) for a in f.objects("adjustments")
        ),
        claimed_outside=f.decimal("claimed_outside"),
        as_of=f.date("as_of"),
        entity=f.text("entity"),
        cap_exchange_rate=read_cap_rate(f.object("cap_exchange_rate")),
    )


def read_partner(data: object, id: str, file: str, folder: str) -> Partner:
    """Build a partner from a document's data."""
    f = Fields(data)
    return Partner(
        id=id,
        file=file,
        folder=folder,
        name=f.words("name"),
        partner_id=f.words("partner_id"),
        tax_id=f.text("tax_id"),
        payout_currency=f.text("payout_currency"),
        profile_complete=f.truth("profile_complete"),
        locations=tuple(Location(n.words("id"), n.words("name"), n.text("country")) for n in f.objects("locations")),
        contacts=tuple(Contact(c.words("role"), c.text("name"), c.text("email")) for c in f.objects("contacts")),
        affiliates=f.texts("affiliates"),
        logo=f.text("logo"),
        market=f.text("market"),
        standing={flag: answer for flag, answer in f.mapping("standing").items() if isinstance(answer, bool)},
    )


def read_settings(data: object) -> Settings:
    """Build the repository's settings from `poe.yaml`; what it does not say keeps its documented default."""
    f = Fields(data)
    limits, rules = f.object("limits") or Fields({}), f.object("rules") or Fields({})
    holidays = frozenset(day for day in (Fields({"d": text}).date("d") for text in f.texts("holidays")) if day)
    default = Settings()
    return Settings(
        rulebook=f.text("rulebook") or default.rulebook,
        timezone=f.text("timezone") or default.timezone,
        languages=f.texts("languages") or default.languages,
        paper=_one_of(f.text("paper"), PAPERS, default.paper),
        evidence_file_megabytes=limits.decimal("evidence_file_megabytes") or default.evidence_file_megabytes,
        evidence_pages=limits.whole("evidence_pages") or default.evidence_pages,
        rules_off=tuple(RuleOff(item.words("rule"), item.words("reason")) for item in rules.objects("switched_off")),
        answer_days=f.whole("answer_days") or default.answer_days,
        holidays=holidays,
        reminder_days=_or(f.whole("reminder_days"), default.reminder_days),
        source_months=_or(f.whole("source_months"), default.source_months),
        second_person_above=_money(f.object("second_person_above")),
        upload_file_megabytes=limits.decimal("upload_file_megabytes") or default.upload_file_megabytes,
        evidence_types=frozenset(limits.texts("evidence_types")) or default.evidence_types,
        min_picture_pixels=_or(limits.whole("min_picture_pixels"), default.min_picture_pixels),
        service_days=_or(f.whole("service_days"), default.service_days),
        generic_descriptions=f.texts("generic_descriptions") or default.generic_descriptions,
    )


def _one_of(text: str | None, known: tuple[str, ...], default: str) -> str:
    """A word that the schema has found fault with already falls back to the default."""
    return text if text in known else default


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _money(f: Fields | None) -> Money | None:
    amount = None if f is None else f.decimal("amount")
    return None if f is None or amount is None else Money(amount, f.words("currency"))
