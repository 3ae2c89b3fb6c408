"""The status for other programs: JSON with a schema, and one line per claim for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import poe_pack
from poe_pack.languages import Catalogue, catalogue
from poe_pack.languages.visible import visible
from poe_pack.model import Money
from poe_pack.report.facts import ClaimRow, FundRow, Headline, MixRow, StatusFacts, Total
from poe_pack.report.text import plain_amount

SCHEMA_VERSION = 1

# JSON may hold these as they are; a terminal or an editor that shows the file must not act on them.
_TREACHEROUS = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_COLUMNS = (
    "claim",
    "name",
    "partner",
    "activity_type",
    "program",
    "usage_period",
    "status",
    "state",
    "next_step",
    "date",
    "deadline",
    "advised",
    "amount",
    "claimed",
    "currency",
    "errors",
    "warnings",
    "open",
    "waived",
    "file",
)


def status_json(facts: StatusFacts) -> str:
    """The facts as JSON (`status.schema.json`), texts in English. The same facts give the same text."""
    return as_text(_status(facts))


def as_text(data: Mapping[str, Any]) -> str:
    """JSON that is harmless to whoever shows it, ending in a line break."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _TREACHEROUS.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def status_csv(facts: StatusFacts, *, language: str = "en") -> str:
    """One line per claim after a line of names, as RFC 4180 has it. No cell can act as a formula."""
    words = catalogue(language)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in facts.claims:
        line = _claim(row, words)
        line["claim"] = line.pop("id")
        writer.writerow([_cell(line[name]) for name in _COLUMNS])
    return out.getvalue()


def _cell(value: Any) -> str:
    text = "" if value is None else visible(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _status(facts: StatusFacts) -> dict[str, Any]:
    words, deadline = catalogue("en"), facts.next_deadline
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "poe-pack", "version": poe_pack.__version__},
        "as_of": facts.as_of.isoformat(),
        "commit": facts.commit,
        "rulebooks": [{"id": r.id, "version": r.version, "sha256": r.sha256} for r in facts.rulebooks],
        "partners": [{"name": p.name, "partner_id": p.partner_id} for p in facts.partners],
        "summary": _summary(facts),
        "currencies": [_headline(line) for line in facts.headlines],
        "next_deadline": deadline
        and {"day": deadline.day.isoformat(), "days": deadline.days, "claims": list(deadline.claims)},
        "totals": [
            {"state": total.state.value, "claims": total.count, "sums": _sums(total.sums)} for total in facts.totals
        ],
        "sums": _sums(facts.sums),
        "funds": [_fund(row) for row in facts.funds],
        "mixes": [_mix(row, words) for row in facts.mixes],
        "claims": [_claim(row, words) for row in facts.claims],
    }


def _summary(facts: StatusFacts) -> dict[str, Any]:
    counts = facts.counts
    return {
        "claims": len(facts.claims),
        "errors": counts.errors,
        "warnings": counts.warnings,
        "infos": counts.infos,
        "open": counts.open,
        "waived": counts.waived,
        "unread": counts.unread,
        "rules_off": [{"code": rule.code, "reason": rule.reason} for rule in facts.rules_off],
    }


def _headline(line: Headline) -> dict[str, Any]:
    def total(value: Total) -> Mapping[str, Any]:
        return {"claims": value.count, "amount": _amount(value.amount, line.currency)}

    return {
        "currency": line.currency,
        "claimable": total(line.claimable),
        "at_risk": total(line.at_risk),
        "remaining": _amount(line.remaining, line.currency),
        "usage_periods": list(line.periods),
        "until": line.until and line.until.isoformat(),
    }


def _fund(row: FundRow) -> dict[str, Any]:
    names = ("earned", "available", "approved", "in_review", "drafts", "free", "lapsed", "over")
    return {
        "id": row.id,
        "partner": row.partner,
        "program": row.program,
        "location": row.location,
        "usage_period": row.usage_period,
        "currency": row.currency,
        **{name: _amount(getattr(row, name), row.currency) for name in names},
        "claim_by": row.claim_by and row.claim_by.isoformat(),
        "closed": row.closed,
    }


def _mix(row: MixRow, words: Catalogue) -> dict[str, Any]:
    return {
        "partner": row.partner,
        "name": words.say(row.name),
        "program": row.program,
        "usage_period": row.usage_period,
        "currency": row.currency,
        "total": _amount(row.total, row.currency),
        "shares": [
            {
                "name": words.say(part.name),
                "amount": _amount(part.amount, row.currency),
                "percent": f"{part.share * 100:.1f}",
                "guide_percent": None if part.guide is None else f"{part.guide * 100:.1f}",
            }
            for part in row.shares
        ],
        "source": row.source,
    }


def _claim(row: ClaimRow, words: Catalogue) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "file": row.file,
        "partner": row.partner,
        "activity_type": words.say(row.activity_type),
        "program": row.program,
        "usage_period": row.usage_period,
        "status": row.status and row.status.value,
        "state": row.state.value,
        "turn": row.turn and row.turn.value,
        "next_step": words.say(row.next_step),
        "date": row.day and row.day.isoformat(),
        "deadline": row.deadline and row.deadline.isoformat(),
        "deadline_kind": row.deadline_kind,
        "days": row.days,
        "advised": row.advised and row.advised.isoformat(),
        "amount": _amount(row.amount, row.currency),
        "claimed": _amount(row.claimed, row.currency),
        "currency": row.currency,
        "errors": row.errors,
        "warnings": row.warnings,
        "open": row.open,
        "waived": row.waived,
    }


def _sums(sums: tuple[Money, ...]) -> list[dict[str, Any]]:
    return [{"currency": money.currency, "amount": _amount(money.amount, money.currency)} for money in sums]


def _amount(amount: Decimal | None, currency: str) -> str | None:
    return None if amount is None else plain_amount(amount, currency)
