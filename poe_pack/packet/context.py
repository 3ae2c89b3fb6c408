"""What the packet's templates are given beside the view: sentences and tables that depend on what a claim has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from poe_pack.packet.closing import kept_rows, made_from, money_rows
from poe_pack.packet.cost_text import invoice_fields, lede_of, line_width, remarks_of, report_fields, steps_of
from poe_pack.packet.cover import facts_of, figures_of, in_pairs
from poe_pack.packet.exhibits import Kind
from poe_pack.packet.fields import rows_of
from poe_pack.packet.form import claim_fields, declaration_of, program_fields, signers_of
from poe_pack.packet.particulars import particular_fields, pre_approval_fields
from poe_pack.packet.record import Digest
from poe_pack.packet.room import role_width
from poe_pack.packet.view import PacketView
from poe_pack.validation.result import CheckGroup, CheckState

_COVER_EXHIBITS = 9
_LONG_LABELS = ("fr", "sv")
_FACT_WIDTHS = (("31", "55.5", "2.5", "32"), ("40", "45", "2.5", "36"))
"""Columns of the cover's facts in millimetres, but for the last one: in short labels, and in languages of long ones."""
_CHECK_WIDTHS = (("40.5", "40"), ("37.5", "43"))
"""Columns of requirement and of what was compared, in letters and in Han characters."""


def context_of(view: PacketView, digests: tuple[Digest, ...], tool: str) -> Mapping[str, Any]:
    """Everything that does not depend on page numbers."""
    shown = view.exhibits if len(view.exhibits) <= _COVER_EXHIBITS else view.exhibits[: _COVER_EXHIBITS - 1]
    dated = view.dated
    return {
        "view": view,
        "tool": tool,
        "dated": dated.isoformat() if dated is not None else "",
        "foot": view.foot,
        "figures": figures_of(view),
        "facts": in_pairs(facts_of(view)),
        "fact_widths": _FACT_WIDTHS[view.speech.language in _LONG_LABELS],
        "exhibits_on_cover": shown,
        "program_rows": program_fields(view),
        "claim_rows": claim_fields(view),
        "particular_rows": particular_fields(view),
        "pre_approval_exhibits": tuple(t.exhibit for t in view.exhibits if t.exhibit.kind is Kind.PRE_APPROVAL),
        "pre_approval_rows": pre_approval_fields(view),
        "declaration": declaration_of(view),
        "signers": signers_of(view),
        "cost_lede": lede_of(view),
        "invoice_rows": tuple(rows_of(invoice_fields(view, item)) for item in view.cost.invoices),
        "report_rows": tuple(rows_of(report_fields(view, index)) for index in range(len(view.cost.reports))),
        "cost_widths": tuple(line_width(view, item) for item in view.cost.invoices),
        "steps": steps_of(view),
        "cost_remarks": remarks_of(view),
        "requirements_lede": _requirements_lede(view),
        "group_titles": _group_titles(view),
        "check_widths": _CHECK_WIDTHS[view.speech.gap == ""],
        "role_width": f"{role_width(view):.1f}",
        "money_rows": money_rows(view),
        "kept_rows": kept_rows(view),
        "digests": digests,
        "made_from": rows_of(made_from(view, tool)),
    }


def _requirements_lede(view: PacketView) -> str:
    text, requirements = view.speech.text, view.requirements
    if not requirements.total:
        return text("packet.requirements.none")
    lacking = requirements.count(CheckState.MISSING) + requirements.count(CheckState.OPEN)
    key = "packet.requirements.lacking" if lacking else "packet.requirements.complete"
    return view.speech.told((text(key, count=lacking or requirements.total), text("packet.requirements.lede")))


def _group_titles(view: PacketView) -> dict[CheckGroup, str]:
    text, claim = view.speech.text, view.claim
    dated = "packet.group.activity_on" if claim.date is not None else "packet.group.activity"
    day = view.speech.long_date(claim.date) if claim.date is not None else ""
    return {
        CheckGroup.ACTIVITY: text(dated, type=view.of.activity_type, day=day),
        CheckGroup.COST: text("packet.group.cost"),
        CheckGroup.DATES: text("packet.group.dates"),
    }
