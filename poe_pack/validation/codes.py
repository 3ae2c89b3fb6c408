"""Every code that a finding can have."""

from __future__ import annotations

from poe_pack.documents.codes import CODES as DOCUMENT_CODES
from poe_pack.documents.fault import Code
from poe_pack.rules.registry import all_rules
from poe_pack.validation import sources, waivers


def all_codes() -> tuple[Code, ...]:
    """Every code with its documentation: reading, schema, rules, waivers and sources, in order."""
    rules = tuple(Code(rule.code, rule.name, rule.severity, rule.doc) for rule in all_rules())
    return tuple(sorted((*DOCUMENT_CODES, *rules, *waivers.CODES, *sources.CODES), key=lambda code: code.code))
